using System.Text;
using TaxiCredit.Dispatch.Features.Archive;

namespace TaxiCredit.Dispatch.CommandLine;

/// <summary>A passphrase from a file or from the keyboard; never from the command line, which everybody on the machine can read.</summary>
internal static class Passphrase
{
    /// <param name="isNew">It will seal something: it has a least length, and is asked for twice.</param>
    /// <exception cref="InvalidDataException">There is none, it is too short, or the second one differs.</exception>
    public static string Read(string? file, bool isNew)
    {
        if (file is not null)
            return PassphraseFile.Read(file, isNew);
        var given = Ask("Passphrase: ");
        if (!isNew)
            return given;
        return Ask("Again: ") == PassphraseFile.Checked(given) ? given : throw new InvalidDataException("The two passphrases differ.");
    }

    private static string Ask(string prompt)
    {
        if (Console.IsInputRedirected)
            throw new InvalidDataException("The keys take a passphrase, and nobody is at the keyboard: name a file by --passphrase-file.");
        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (key.KeyChar != '\0')
                typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
