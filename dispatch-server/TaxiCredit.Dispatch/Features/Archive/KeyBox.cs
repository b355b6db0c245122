using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>
/// The key files of a data folder under a passphrase: PBKDF2 with HMAC-SHA-256 makes of it a key for AES-256-GCM, bound to the city's name. They open the
/// displays' root keys and the contacts in the rows, and sign the log.
/// </summary>
internal static partial class KeyBox
{
    /// <summary>Shorter ones are guessed.</summary>
    public const int MinPassphrase = 12;

    // As OWASP advises for this function; bounded where a file says it, so that a foreign one cannot keep this program busy for hours.
    private const int Iterations = 600_000, MinIterations = 100_000, MaxIterations = 10_000_000;
    private const int SaltBytes = 16, NonceBytes = 12, TagBytes = 16, KeyBytes = 32;

    private sealed record Box(string Kdf, int Iterations, byte[] Salt, byte[] Nonce, byte[] Tag, byte[] Sealed);

    private const string Kdf = "PBKDF2-HMAC-SHA256, AES-256-GCM";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    /// <summary>The key files that there are, by their name in the folder.</summary>
    public static SortedDictionary<string, byte[]> Read(DataFolder folder)
    {
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        if (Directory.Exists(folder.Keys))
        {
            foreach (var file in Directory.EnumerateFiles(folder.Keys, "*.xml"))
                files["keys/" + Path.GetFileName(file)] = File.ReadAllBytes(file);
        }

        if (File.Exists(folder.LogKey))
            files["log.key"] = File.ReadAllBytes(folder.LogKey);
        return files;
    }

    public static byte[] Seal(SortedDictionary<string, byte[]> files, string passphrase, string city)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(files, Json);
        var (salt, nonce) = (RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(NonceBytes));
        var (cipher, tag) = (new byte[plain.Length], new byte[TagBytes]);
        using var aes = new AesGcm(KeyOf(passphrase, salt, Iterations), TagBytes);
        aes.Encrypt(nonce, plain, cipher, tag, Bound(city));
        CryptographicOperations.ZeroMemory(plain);
        return JsonSerializer.SerializeToUtf8Bytes(new Box(Kdf, Iterations, salt, nonce, tag, cipher), Json);
    }

    /// <exception cref="InvalidDataException">The passphrase is another one, or the box was changed or is of another city.</exception>
    public static SortedDictionary<string, byte[]> Open(byte[] stored, string passphrase, string city)
    {
        try
        {
            var box = JsonSerializer.Deserialize<Box>(stored, Json)!;
            if (box.Kdf != Kdf || box.Iterations is < MinIterations or > MaxIterations
                || (box.Salt.Length, box.Nonce.Length, box.Tag.Length) != (SaltBytes, NonceBytes, TagBytes))
                throw new InvalidDataException($"Its {ArchiveForm.Keys} is sealed in a way that this version does not know.");
            var plain = new byte[box.Sealed.Length];
            using var aes = new AesGcm(KeyOf(passphrase, box.Salt, box.Iterations), TagBytes);
            aes.Decrypt(box.Nonce, box.Sealed, box.Tag, plain, Bound(city));
            var files = JsonSerializer.Deserialize<SortedDictionary<string, byte[]>>(plain, Json)!;
            return files.Keys.FirstOrDefault(name => !Name().IsMatch(name)) is { } stray
                ? throw new InvalidDataException($"Its {ArchiveForm.Keys} has a file '{stray}', which is no key file.")
                : files;
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new InvalidDataException("The passphrase is not the one that its keys were sealed with.");
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"Its {ArchiveForm.Keys} is damaged: {malformed.Message}");
        }
    }

    private static byte[] KeyOf(string passphrase, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(passphrase), salt, iterations, HashAlgorithmName.SHA256, KeyBytes);

    private static byte[] Bound(string city) => Encoding.UTF8.GetBytes($"{ArchiveForm.Product}\n{city}\n");

    [GeneratedRegex(@"^(log\.key|keys/[A-Za-z0-9][A-Za-z0-9.-]*\.xml)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
