using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>Keys of one display and one epoch, derived from its root key as <c>firmware/PROTOCOL.md</c> says.</summary>
/// <param name="Epoch">1 to 65,535, or <see cref="LostEpoch"/>.</param>
/// <param name="Down">Signs what the server sends; 32 bytes.</param>
/// <param name="Up">Signs what the cab sends; 32 bytes.</param>
/// <param name="PasswordSha256">SHA-256 of the broker password; 32 bytes.</param>
internal sealed record DisplayKeys(int Epoch, byte[] Down, byte[] Up, byte[] PasswordSha256)
{
    public const int RootKeyBytes = 32;

    /// <summary>Epoch of a unit that has lost its memory: it asks under these keys for the epoch to use, and they are never rotated.</summary>
    public const int LostEpoch = 0;

    public static DisplayKeys Derive(ReadOnlySpan<byte> rootKey, int epoch) => new(
        epoch, DeriveKey(rootKey, "down", epoch), DeriveKey(rootKey, "up", epoch), HashPassword(DerivePassword(rootKey, epoch)));

    /// <summary>HMAC-SHA256(root, purpose | epoch).</summary>
    public static byte[] DeriveKey(ReadOnlySpan<byte> rootKey, string purpose, int epoch) =>
        HMACSHA256.HashData(rootKey, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{purpose}|{epoch}")));

    /// <summary>43 characters, base64url without padding.</summary>
    public static string DerivePassword(ReadOnlySpan<byte> rootKey, int epoch) => Base64Url.EncodeToString(DeriveKey(rootKey, "mqtt", epoch));

    public static byte[] HashPassword(string password) => SHA256.HashData(Encoding.UTF8.GetBytes(password));
}

/// <summary>
/// Seals root keys for the database with a key ring that lies outside it: a copy of the database alone is not enough to sign for
/// a display or to log on as one.
/// </summary>
internal sealed class RootKeySeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("TaxiCredit.Displays.RootKey.v1");

    public byte[] Seal(byte[] rootKey) => _protector.Protect(rootKey);

    /// <exception cref="CryptographicException">The key ring does not belong to this database.</exception>
    public byte[] Open(Display display)
    {
        try
        {
            return _protector.Unprotect(display.SealedRootKey);
        }
        catch (CryptographicException wrongRing)
        {
            throw new CryptographicException(
                $"The key ring cannot open the root key of display {display.Code}: restore the key ring that was saved with this database.", wrongRing);
        }
    }

    /// <summary>False where the key ring does not belong to this database.</summary>
    public bool TryOpen(Display display, [NotNullWhen(true)] out byte[]? rootKey)
    {
        try
        {
            rootKey = Open(display);
            return true;
        }
        catch (CryptographicException)
        {
            rootKey = null;
            return false;
        }
    }
}
