namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>A passphrase that a file has in its first line.</summary>
internal static class PassphraseFile
{
    /// <param name="isNew">It will seal something: it has a least length.</param>
    /// <exception cref="InvalidDataException">There is none, or it is too short.</exception>
    public static string Read(string file, bool isNew)
    {
        if (!File.Exists(file) || File.ReadLines(file).FirstOrDefault() is not { Length: > 0 } line)
            throw new InvalidDataException($"{file} has no passphrase in its first line.");
        return isNew ? Checked(line) : line;
    }

    /// <exception cref="InvalidDataException">It is too short to seal something.</exception>
    public static string Checked(string passphrase) => passphrase.Length >= KeyBox.MinPassphrase
        ? passphrase
        : throw new InvalidDataException($"The passphrase has {passphrase.Length} characters; it takes at least {KeyBox.MinPassphrase}.");
}
