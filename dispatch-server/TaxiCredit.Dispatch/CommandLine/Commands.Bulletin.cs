using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.Verification;

namespace TaxiCredit.Dispatch.CommandLine;

internal static partial class Commands
{
    /// <summary>
    /// Whether the figures of a bulletin follow from the database, the database is whole, and the checkpoint that the bulletin carries is one of it. Exit code
    /// 1: a difference; 2: the file is no bulletin.
    /// </summary>
    public static Task<int> VerifyBulletinAsync(DispatchOptions options, string file, IReadOnlyList<string> trusted) =>
        WithReadOnlyAsync(options, async (services, db) =>
        {
            if (!File.Exists(file))
                return Fail($"There is no file {file}.");
            KeptBulletin kept;
            try
            {
                kept = BulletinCheck.Read(await File.ReadAllTextAsync(file));
            }
            catch (FormatException malformed)
            {
                return Fail($"{file}: {malformed.Message}");
            }

            var proven = await VerifyCity.RunAsync(db, Console.WriteLine, CancellationToken.None);
            var findings = new Findings(db, Console.WriteLine);
            var key = $"{kept.Period}/{kept.Edition}";
            await findings.RunAsync("Bulletin", key, () => new BulletinCheck(db, findings).RunAsync(kept, CancellationToken.None), CancellationToken.None);
            if (kept.Checkpoint is { } note && await FindFaultAsync(note, trusted, services, db) is { } fault)
                findings.Differs("Bulletin", key, "anchor.checkpoint", "one of this city's log", fault);
            findings.End();
            var holds = proven is not null && findings.Differences == 0;
            Console.WriteLine(holds
                ? $"verified: every figure of the bulletin of {kept.Period}, edition {kept.Edition}, follows from the database"
                    + (kept.Checkpoint is null ? "; it carries no checkpoint" : ", and its checkpoint is one of its log")
                : "not verified");
            return holds ? 0 : 1;
        });

    private static async Task<string?> FindFaultAsync(string note, IReadOnlyList<string> trusted, IServiceProvider services, DispatchContext db)
    {
        var (origin, keys) = await TrustOfAsync(services, db, trusted);
        if (Open(note, keys, out var signed) is { } fault)
            return fault;
        return signed!.Origin != origin
            ? $"one of the log '{signed.Origin}'"
            : await LogCheck.OfCityAsync(db, [new("the bulletin's checkpoint", signed.Size, signed.Root)], CancellationToken.None);
    }
}
