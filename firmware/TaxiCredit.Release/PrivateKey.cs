using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Release;

/// <summary>
/// The maker's key: <c>NAME</c> with its seed, <c>NAME.used</c> with the indexes that are gone, both for their owner alone, and <c>NAME.pub</c> for the units.
/// A copy of the first two is a danger and no backup: signed with both, an index is used twice.
/// </summary>
internal sealed class PrivateKey
{
    /// <summary>Levels of the tree: 1,024 signatures.</summary>
    public const int Height = 10;

    private static readonly Dictionary<string, int> Heights = new()
    {
        ["LMS_SHA256_M32_H5, LMOTS_SHA256_N32_W4"] = 5,
        ["LMS_SHA256_M32_H10, LMOTS_SHA256_N32_W4"] = Height,
    };

    private readonly string _path;
    private readonly int _count;
    private readonly string _identifier;
    private readonly LmsTree _tree;

    private PrivateKey(string path, byte[] identifier, byte[] seed, int height)
    {
        _path = path;
        _count = 1 << height;
        _identifier = Convert.ToHexStringLower(identifier);
        _tree = new LmsTree(identifier, seed, height);
    }

    public byte[] PublicKey => _tree.PublicKey;

    public static string UsedOf(string path) => path + ".used";

    public static string PublicOf(string path) => path + ".pub";

    /// <summary>Makes a key and its three files, of which none may exist.</summary>
    public static PrivateKey Make(string path, int height = Height)
    {
        foreach (string file in new[] { path, UsedOf(path), PublicOf(path) })
        {
            if (File.Exists(file)) throw new ReleaseException($"{file}: exists already, and is never written over");
        }

        byte[] identifier = RandomNumberGenerator.GetBytes(LmsKey.IdentifierSize);
        byte[] seed = RandomNumberGenerator.GetBytes(Sha256.Size);
        var key = new PrivateKey(path, identifier, seed, height);
        string publicKey = Convert.ToHexStringLower(key.PublicKey);
        var stored = new Stored(Heights.Single(scheme => scheme.Value == height).Key, key._identifier, Convert.ToHexStringLower(seed), publicKey);

        // The key last: one without its indexes could never sign.
        DurableFile.Create(UsedOf(path), Encoding.Latin1.GetBytes(UsedIndexes.HeaderOf(key._identifier)), isSecret: true);
        DurableFile.Create(PublicOf(path), Encoding.Latin1.GetBytes(publicKey + "\n"), isSecret: false);
        DurableFile.Create(path, JsonSerializer.SerializeToUtf8Bytes(stored, JsonSerializerOptions.Web), isSecret: true);
        return key;
    }

    /// <exception cref="ReleaseException">It is no key, or others may read it.</exception>
    public static PrivateKey Read(string path)
    {
        if (!File.Exists(path)) throw new ReleaseException($"{path}: no such file");
        const UnixFileMode others = (UnixFileMode)0b111_111;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & others) != 0)
            throw new ReleaseException($"{path}: others than its owner may read it; whoever has read it can sign");
        try
        {
            Stored? stored = JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(path), JsonSerializerOptions.Web);
            byte[] identifier = Convert.FromHexString(stored?.Id ?? "");
            byte[] seed = Convert.FromHexString(stored?.Seed ?? "");
            bool isKnown = Heights.TryGetValue(stored?.Scheme ?? "", out int height);
            if (!isKnown || identifier.Length != LmsKey.IdentifierSize || seed.Length != Sha256.Size) throw new FormatException(stored?.Scheme);
            var key = new PrivateKey(path, identifier, seed, height);
            if (Convert.ToHexStringLower(key.PublicKey) == stored!.Public) return key;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new ReleaseException($"{path}: not a private key of this command");
        }

        throw new ReleaseException($"{path}: damaged: seed and public key do not belong together");
    }

    /// <summary>Uses up an index, whatever happens afterwards, and then signs.</summary>
    /// <param name="message">What is signed.</param>
    /// <param name="what">What it is, for the list of used indexes.</param>
    public (int Index, byte[] Signature) Sign(byte[] message, string what)
    {
        using DurableFile file = DurableFile.Open(UsedOf(_path));
        int index = new UsedIndexes(file, _identifier, _count).Take(what);
        return (index, _tree.Sign(index, message));
    }

    /// <param name="Scheme">Parameters of the tree.</param>
    /// <param name="Id">Identifier, hex.</param>
    /// <param name="Seed">All one-time keys are derived from it, hex.</param>
    /// <param name="Public">Public key, hex.</param>
    private sealed record Stored(string Scheme, string Id, string Seed, string Public);
}
