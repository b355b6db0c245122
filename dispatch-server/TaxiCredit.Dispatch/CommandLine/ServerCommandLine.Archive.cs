using System.CommandLine;
using TaxiCredit.Dispatch.Features.Archive;

namespace TaxiCredit.Dispatch.CommandLine;

internal static partial class ServerCommandLine
{
    private static readonly Option<string?> PassphraseFile = new("--passphrase-file")
    {
        Description = "file whose first line is the passphrase that seals the keys; without it the passphrase is asked for",
    };

    private static Command Archive() =>
        Archive("archive", ArchiveKind.Archive, "write the whole city into one file for another place, without what lets people in, beside a running server");

    private static Command Backup() =>
        Archive("backup", ArchiveKind.Backup, "write the whole city into one file for this place, with passwords and second factors, beside a running server");

    private static Command Archive(string name, ArchiveKind kind, string description)
    {
        var file = new Argument<string>("file") { Description = "made anew; see docs/operations.md" };
        var keys = new Option<bool>("--keys") { Description = "with the key ring and the log's keys, sealed with a passphrase" };
        var command = new Command(name, description) { file, keys, PassphraseFile };
        command.SetAction((parsed, stop) => Commands.ArchiveAsync(
            Installation.Read(parsed), kind, Path.GetFullPath(parsed.GetRequiredValue(file)), parsed.GetValue(keys), parsed.GetValue(PassphraseFile),
            stop));
        return command;
    }

    private static Command Restore()
    {
        var file = new Argument<string>("file") { Description = "that archive or backup wrote" };
        var without = new Option<bool>("--without-keys") { Description = "leave the keys out that are in it" };
        var command = new Command("restore", "fill an empty data folder and database from an archive or a backup; all of it or nothing")
        {
            file, without, PassphraseFile,
        };
        command.SetAction((parsed, stop) => Commands.RestoreAsync(
            Installation.Read(parsed), Path.GetFullPath(parsed.GetRequiredValue(file)), !parsed.GetValue(without), parsed.GetValue(PassphraseFile), stop));
        return command;
    }
}
