using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Machine;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>
/// The private keys that sign checkpoints: from the configuration, or from a file of the data folder that its owner alone may read, one on a line. Every
/// key signs, so that during a rotation whoever knows either one can check. The file is made when the first checkpoint is signed.
/// </summary>
internal sealed class LogKeyFile(DataFolder folder, IOptions<AnchorSettings> settings)
{

    private static readonly Lock Gate = new();

    /// <summary>The keys, newest last; made if there is none yet.</summary>
    /// <param name="origin">Name of the log, and of a key that is made.</param>
    /// <exception cref="InvalidDataException">Others can read the file, it holds no key, or none of that name; the message says what to do.</exception>
    public IReadOnlyList<NoteSigner> SignersOf(string origin)
    {
        var signers = Read() ?? [Add(origin)];
        return signers.Any(signer => signer.Verifier.Name == origin)
            ? signers
            : throw new InvalidDataException(
                $"No key of the log is named '{origin}', as the log is now ({AnchorSettings.Section}:Origin). Make one: log-key --rotate.");
    }

    /// <summary>The keys that there are; null if the file is not made yet.</summary>
    /// <inheritdoc cref="SignersOf"/>
    public IReadOnlyList<NoteSigner>? Read()
    {
        if (settings.Value.Key is { } configured)
            return Parse(configured, $"{AnchorSettings.Section}:Key");
        lock (Gate)
        {
            if (!File.Exists(folder.LogKey))
                return null;
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(folder.LogKey) is var mode && (mode & ~PrivateFile.OwnerOnly) != 0)
            {
                throw new InvalidDataException(
                    $"{folder.LogKey} can be read or used by others (mode {Convert.ToString((int)mode, 8)}). Whoever read it can forge the log: rotate the key "
                    + "(chmod 600, then log-key --rotate and log-key --retire), and tell who checks checkpoints.");
            }

            return Parse(File.ReadAllText(folder.LogKey), folder.LogKey);
        }
    }

    /// <summary>Adds a new key behind those that there are.</summary>
    /// <exception cref="InvalidDataException">The keys come from the configuration, which this does not write.</exception>
    public NoteSigner Add(string origin)
    {
        var signers = Read() ?? [];
        var made = NoteSigner.Create(origin);
        Write([.. signers, made]);
        return made;
    }

    /// <summary>Takes a key away; what it has signed can still be checked.</summary>
    /// <param name="id">Eight hex digits.</param>
    /// <returns>False if no such key is in the file, or it is the only one.</returns>
    public bool Retire(string id)
    {
        var signers = Read() ?? [];
        var left = signers.Where(signer => signer.Verifier.IdHex != id).ToList();
        if (left.Count == 0 || left.Count == signers.Count)
            return false;
        Write(left);
        return true;
    }

    private void Write(IEnumerable<NoteSigner> signers)
    {
        if (settings.Value.Key is not null)
            throw new InvalidDataException($"The keys come from {AnchorSettings.Section}:Key; change them where that is set.");
        lock (Gate)
            PrivateFile.Replace(folder.LogKey, System.Text.Encoding.ASCII.GetBytes(string.Concat(signers.Select(signer => signer.SecretText + "\n"))));
    }

    private static List<NoteSigner> Parse(string text, string where)
    {
        try
        {
            var signers = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(NoteSigner.Parse).ToList();
            return signers.Count > 0 ? signers : throw new FormatException("It holds no key.");
        }
        catch (FormatException fault)
        {
            throw new InvalidDataException($"{where}: {fault.Message}", fault);
        }
    }
}
