using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Ledger;

namespace Benchmarks.Scale;

/// <summary>
/// A province: drivers in cabs of their own, and a ledger whose entries were all decided within the last twelve months, so that none of them can be
/// passed over. The seed is fixed. Hashes are numbers and not a chain: a close does not look at them.
/// </summary>
internal static class ScaleCity
{
    public const string Officer = "officer-a";
    public const string Supervisor = "supervisor-a";

    private const int Seed = 20180102;
    private const int Batch = 10_000;
    private static readonly (string Code, int Points, int? MaxStars)[] Conducts =
        [
            ("S01", -5_000, null), ("S10", -500, null), ("T01", -2_500, null), ("S13", -1_000, null), ("T07", -10_000, 1), ("M01", 1_500, null),
            ("M07", 500, null), ("M03", 1_000, null),
        ];

    public static async Task FillAsync(DispatchContext db, int drivers, int entries)
    {
        var stop = CancellationToken.None;
        db.Actors.AddRange(new Actor { Name = Officer, Role = Role.Officer }, new Actor { Name = Supervisor, Role = Role.Supervisor });
        await using var write = await db.BeginWriteAsync(stop);
        await db.SaveChangesAsync(stop);
        var keys = await SuspendedKeys.OfAsync(db, ["Ledger"], stop);
        await InsertAsync(Enumerable.Range(1, (drivers / Team.MaxCabs) + 1).Select(n => new Team { Id = n, Code = $"t-{n}", Name = $"Team {n}" }));
        await InsertAsync(
            Enumerable.Range(1, drivers).Select(n => new Cab { Id = n, Code = $"cab-{n:D6}", Plate = $"P{n:D6}", TeamId = 1 + (n / Team.MaxCabs) }));
        await InsertAsync(Enumerable.Range(1, drivers).Select(n => new Driver { Id = n, Code = $"d-{n:D6}", Name = $"Driver {n}", HomeCabId = n }));
        await InsertAsync(Enumerable.Range(1, drivers).Select(
            n => new Membership { Id = n, DriverId = n, TeamId = 1 + (n / Team.MaxCabs), CabId = n, JoinedOn = Membership.Always }));
        await InsertAsync(
            Enumerable.Range(1, drivers).Select(n => new Shift { Id = n, DriverId = n, CabId = n, OnAt = DateTimeOffset.UnixEpoch, OnDay = new(2017, 1, 1) }));
        await InsertAsync(Entries(drivers, entries));
        await keys.RestoreAsync(stop);
        await Identities.CatchUpAsync(db, ["Teams", "Cabs", "Drivers", "Memberships", "Shifts"], stop);
        await write.SaveAsync(stop);

        async Task InsertAsync<T>(IEnumerable<T> rows)
            where T : class
        {
            await using var table = BulkInsert<T>.Into(db);
            foreach (var batch in rows.Chunk(Batch))
                await table.WriteAsync(batch, stop);
        }
    }

    private static IEnumerable<LedgerRow> Entries(int drivers, int entries)
    {
        var random = new Random(Seed);
        for (var n = 1; n <= entries; n++)
        {
            var driver = 1 + random.Next(drivers);
            var (code, points, maxStars) = Conducts[random.Next(Conducts.Length)];
            var decided = new DateOnly(2017, 3, 1).AddDays((int)(305L * n / entries));
            yield return new LedgerRow
            {
                Sequence = n, DriverId = driver, Driver = $"d-{driver:D6}", Kind = EntryKind.Decision, Code = code, Points = points, MaxStars = maxStars,
                ConductOn = decided.AddDays(-5), DecidedOn = decided, Case = $"c-{n:D6}", Reverses = null, DetailsCommitment = $"{7L * n:x64}",
                Hash = $"{n:x64}", PreviousHash = $"{n - 1:x64}",
            };
        }
    }
}
