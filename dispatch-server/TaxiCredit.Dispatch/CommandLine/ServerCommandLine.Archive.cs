using System.CommandLine;

namespace TaxiCredit.Dispatch.CommandLine;

internal static partial class ServerCommandLine
{
    private static readonly Option<string?> PassphraseFile = new("--passphrase-file")
    {
        Description = "file whose first line is the passphrase that seals the keys; without it the passphrase is asked for",
    };

    private static Command Archive()
    {
        var file = new Argument<string>("file") { Description = "made anew; see docs/operations.md" };
        var keys = new Option<bool>("--keys") { Description = "with the key ring and the log's keys, sealed with a passphrase" };
        var command = new Command("archive", "write the whole city into one file, of one moment, beside a running server") { file, keys, PassphraseFile };
        command.SetAction((parsed, stop) => Commands.ArchiveAsync(
            Installation.Read(parsed), Path.GetFullPath(parsed.GetRequiredValue(file)), parsed.GetValue(keys), parsed.GetValue(PassphraseFile), stop));
        return command;
    }

    private static Command Restore()
    {
        var file = new Argument<string>("file") { Description = "that archive wrote" };
        var without = new Option<bool>("--without-keys") { Description = "leave the keys out that are in it" };
        var command = new Command("restore", "fill an empty data folder and database from an archive; all of it or nothing") { file, without, PassphraseFile };
        command.SetAction((parsed, stop) => Commands.RestoreAsync(
            Installation.Read(parsed), Path.GetFullPath(parsed.GetRequiredValue(file)), !parsed.GetValue(without), parsed.GetValue(PassphraseFile), stop));
        return command;
    }
}
