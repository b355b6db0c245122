using System.Security.Cryptography;
using System.Text;

namespace TaxiCredit.Firmware.Logic.Wire;

/// <summary>
/// The root key and the keys derived from it. During a rotation the announced epoch and the previous one are both valid
/// for messages from the server, until a message of the announced epoch has been seen.
/// </summary>
internal sealed class Keyring
{
    public const int KeySize = 32;
    public const int LastEpoch = 65535;

    /// <summary>
    /// Epoch of a unit that has lost its memory and with it the epoch that it was in. Its keys are never rotated, so that nothing but a question and its
    /// answer goes under them.
    /// </summary>
    public const int Lost = 0;

    private byte[]? _root;
    private byte[]? _down;
    private byte[]? _downBefore;
    private byte[]? _up;
    private byte[]? _downLost;
    private byte[]? _upLost;

    /// <summary>Key epoch in use: what the cab signs with.</summary>
    public int Epoch { get; private set; }

    /// <summary>False while the epoch before <see cref="Epoch"/> is still valid.</summary>
    public bool Confirmed { get; private set; }

    public bool IsEmpty => _root == null;

    /// <summary>Root key; only where the ring is not empty.</summary>
    public byte[] Root => _root!;

    /// <param name="root">32 bytes; kept, not copied.</param>
    /// <param name="epoch">1 to 65,535.</param>
    /// <param name="confirmed">Whether the previous epoch is no longer valid.</param>
    public void Set(byte[] root, int epoch, bool confirmed)
    {
        _root = root;
        Epoch = epoch;
        Confirmed = confirmed || epoch == 1;
        _down = Derive(root, "down", epoch);
        _up = Derive(root, "up", epoch);
        _downLost = Derive(root, "down", Lost);
        _upLost = Derive(root, "up", Lost);
        _downBefore = Confirmed ? null : Derive(root, "down", epoch - 1);
    }

    /// <summary>A message of <see cref="Epoch"/> has been seen: the previous epoch is no longer valid.</summary>
    public void Confirm() => Set(_root!, Epoch, true);

    /// <summary>Key that the cab signs with.</summary>
    public byte[] Up => _up!;

    /// <summary>Key that a cab signs its question with that does not know its epoch.</summary>
    public byte[] UpLost => _upLost!;

    /// <summary>Key of the server for an epoch that is valid now, or null.</summary>
    public byte[]? Down(int epoch) => epoch == Epoch ? _down : epoch == Lost ? _downLost : epoch == Epoch - 1 ? _downBefore : null;

    /// <summary>Key of the server for any epoch; for messages that were accepted while it was valid.</summary>
    public byte[] DownOf(int epoch) => Derive(_root!, "down", epoch);

    /// <summary>The broker password of an epoch.</summary>
    public string Password(int epoch) => Base64Url.Encode(Derive(_root!, "mqtt", epoch));

    public static byte[] Derive(byte[] root, string purpose, int epoch) =>
        HMACSHA256.HashData(root, Encoding.UTF8.GetBytes(purpose + "|" + epoch.ToString()));
}
