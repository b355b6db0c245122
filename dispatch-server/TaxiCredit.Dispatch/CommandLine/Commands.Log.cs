using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.CommandLine;

internal static partial class Commands
{
    /// <summary>Prints the public keys of the logs, after adding or retiring one if that is asked for. Exit code 2: it cannot be.</summary>
    public static Task<int> LogKeyAsync(DispatchOptions options, bool rotate, string? retire) => WithDatabaseAsync(options, async (services, db) =>
    {
        var keys = services.GetRequiredService<LogKeyFile>();
        var origin = services.GetRequiredService<IOptions<AnchorSettings>>().Value.OriginOf(await db.CityAsync(CancellationToken.None));
        if (rotate)
            keys.Add(origin);
        if (retire is not null && !keys.Retire(retire))
            return Fail($"There is no key {retire}, or it is the only one: rotate first.");
        foreach (var signer in keys.SignersOf(origin))
            Console.WriteLine(signer.Verifier.Text);
        return 0;
    });

    /// <summary>Writes the city's log for an auditor's tools. Exit code 1: it could not be written; 2: nothing is signed yet.</summary>
    public static Task<int> LogExportAsync(DispatchOptions options, string folder) => WithFilesAsync("log-export", options, async services =>
    {
        var db = services.GetRequiredService<DispatchContext>();
        if (await LogExport.WriteAsync(folder, db, services.GetRequiredService<CityTree>(), CancellationToken.None) is not { } leaves)
            return Fail("No checkpoint is signed yet; a running server signs the first within a day.");
        Console.WriteLine($"wrote {leaves} leaves to {folder}");
        return 0;
    });

    /// <summary>
    /// Whether an earlier checkpoint is the beginning of the log as the rows have it today. Exit code 1: it is not; 2: the file is none of ours.
    /// </summary>
    public static Task<int> VerifyCheckpointAsync(DispatchOptions options, string file, IReadOnlyList<string> trusted) =>
        WithReadOnlyAsync(options, async (services, db) =>
        {
            if (!File.Exists(file))
                return Fail($"There is no file {file}.");
            var (origin, keys) = await TrustOfAsync(services, db, trusted);
            if (Open(await File.ReadAllTextAsync(file), keys, out var signed) is { } fault)
                return Fail($"{file}: {fault}");

            var tree = signed!.Origin == origin ? LogTree.City : LogTree.Audit;
            if (signed.Origin != CheckpointSigning.OriginOf(tree, origin))
                return Fail($"{file} is of the log '{signed.Origin}'; this city's is '{origin}'.");
            return await CompareAsync(db, tree, new($"checkpoint in {Path.GetFileName(file)}", signed.Size, signed.Root));
        });

    /// <summary>Whether a credit report is as it was downloaded and its lines are in the log. Needs no database if keys and log are named.</summary>
    public static Task<int> VerifyReportAsync(DispatchOptions options, string file, IReadOnlyList<string> trusted, string? origin) =>
        trusted.Count > 0 && origin is not null
            ? ReportAsync(file, origin, trusted)
            : WithReadOnlyAsync(options, async (services, db) =>
            {
                var here = await TrustOfAsync(services, db, trusted);
                return await ReportAsync(file, origin ?? here.Origin, here.Keys);
            });

    /// <summary>Name of this city's log, and the keys that whoever asks trusts; those of the database where none are named.</summary>
    private static async Task<(string Origin, IReadOnlyList<string> Keys)> TrustOfAsync(
        IServiceProvider services, DispatchContext db, IReadOnlyList<string> trusted) => (
        services.GetRequiredService<IOptions<AnchorSettings>>().Value.OriginOf(await db.CityAsync(CancellationToken.None)),
        trusted.Count > 0 ? trusted : await db.LogKeys.Select(k => k.Verifier).ToListAsync());

    private static async Task<int> ReportAsync(string file, string origin, IReadOnlyList<string> trusted)
    {
        if (!File.Exists(file))
            return Fail($"There is no file {file}.");
        IReadOnlyList<NoteVerifier> keys;
        try
        {
            keys = [.. trusted.Select(NoteVerifier.Parse)];
        }
        catch (FormatException malformed)
        {
            return Fail(malformed.Message);
        }

        var fault = SignedReport.FindFault(await File.ReadAllTextAsync(file), origin, keys, out var proven, out var unproven);
        Console.WriteLine(fault is null
            ? $"verified: signed as it is; {proven} entries are in the log, {unproven} were decided after its newest public checkpoint"
            : $"DIFFERS {Path.GetFileName(file)}: {fault}\nnot verified");
        return fault is null ? 0 : 1;
    }

    /// <returns>Why the note is no checkpoint that one of the keys has signed; null if it is.</returns>
    private static string? Open(string note, IReadOnlyList<string> keys, out Checkpoint? signed)
    {
        signed = null;
        try
        {
            var fault = SignedNote.TryOpen(note, [.. keys.Select(NoteVerifier.Parse)], out var text);
            if (fault is null)
                signed = Checkpoint.Parse(text);
            return fault;
        }
        catch (FormatException malformed)
        {
            return malformed.Message;
        }
    }

    private static async Task<int> CompareAsync(DispatchContext db, LogTree tree, Anchored signed)
    {
        List<Anchored> all = [.. await LogWatch.SignedAsync(db, tree, CancellationToken.None), signed];
        var fault = tree == LogTree.City
            ? await LogCheck.OfCityAsync(db, all, CancellationToken.None)
            : await LogCheck.OfAuditAsync(db, all, CancellationToken.None);
        Console.WriteLine(fault is null
            ? $"verified: the first {signed.Size} leaves of the {tree} log are as they were signed, by {all.Count} checkpoints"
            : $"DIFFERS {tree} log: {fault}\nnot verified");
        return fault is null ? 0 : 1;
    }
}
