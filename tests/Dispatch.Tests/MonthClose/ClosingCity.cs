using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.MonthClose;

/// <summary>What the tests of interrupted closes have in common: seven drivers with cases of every kind, rated two at a time, and 2017-12 to close.</summary>
internal static class ClosingCity
{
    public const string Period = "2017-12";
    public const int Drivers = 7;
    public const int BatchDrivers = 2;

    private static readonly string[] Codes = ["S01", "S10", "T01", "S08", "M01", "M05"];

    public static CloseSettings SmallBatches { get; } = new() { BatchDrivers = BatchDrivers };

    public static void InSmallBatches(IServiceCollection services) => services.AddSingleton(SmallBatches);

    /// <summary>Fills an empty city; 2017-11 is published, and another month of cases is decided.</summary>
    public static async Task FillAsync(this EmptyCity city)
    {
        await city.AddActorsAsync();
        var roster = string.Concat(Enumerable.Range(1, Drivers).Select(n => $"d-{n},Driver {n},cab-{n},P{n},t-1,T,,2017-01-01,cab-{n}\r\n"));
        var cases = string.Concat(Enumerable.Range(1, 40).Select(Case));
        var report = (await city.ImportTextAsync(EmptyCity.CasesHeader + "\r\n" + cases, EmptyCity.RosterHeader + "\r\n" + roster)).Value;
        Assert.IsEmpty(report.Faults, string.Join('\n', report.Faults));
        await city.InContextAsync(context => PreviewMonth.HandleAsync("2017-11", new(SmallCity.Officer), context, city.CloseSettings, CancellationToken.None));
        await city.SignAndPublishAsync("2017-11");
    }

    public static Task<int> AddActorsAsync(this EmptyCity city) => city.WithDbAsync(db =>
    {
        db.Actors.AddRange(
            new Actor { Name = SmallCity.Officer, Role = Role.Officer }, new Actor { Name = SmallCity.Supervisor, Role = Role.Supervisor },
            new Actor { Name = SmallCity.Admin, Role = Role.Admin });
        return db.SaveChangesAsync();
    });

    /// <summary>What is left to do of a close: signatures and publication.</summary>
    public static async Task SignAndPublishAsync(this EmptyCity city, string period)
    {
        foreach (var actor in new[] { SmallCity.Officer, SmallCity.Supervisor })
        {
            await city.InContextAsync(async context =>
            {
                var close = await context.Db.Closes.AsNoTracking().Include(c => c.Signatures).SingleAsync(c => c.Period == period && c.Revision == 1);
                return close.Signatures.Any(s => s.Actor == actor)
                    ? close
                    : (await SignMonth.HandleAsync(period, new(Acting.AtServer(actor), close.Digest), context, CancellationToken.None)).Value;
            });
        }

        await city.InContextAsync(async context => await context.Db.Closes.AnyAsync(c => c.Period == period && c.Status == CloseStatus.Published)
            ? null
            : (await PublishMonth.HandleAsync(period, new(Acting.AtServer(SmallCity.Officer)), context, CancellationToken.None)).Value);
    }

    /// <summary>
    /// Everything that a close leaves behind but the instants, the ids that PostgreSQL hands out and the digests, a line each: they cover the ledger's hashes,
    /// which rest on random salts, and are held against what is stored.
    /// </summary>
    public static Task<string> ResultAsync(this EmptyCity city) => city.WithDbAsync(async db =>
    {
        var closes = await db.Closes.AsNoTracking().Include(c => c.Signatures).OrderBy(c => c.Id).ToListAsync();
        foreach (var close in closes)
            Assert.AreEqual(close.Digest, await CloseDigest.OfAsync(db, close, CancellationToken.None), $"{close.Period} {close.Revision}");
        var periods = closes.ToDictionary(c => c.Id, c => $"{c.Period} {c.Revision}");
        var ratings = await db.Ratings.AsNoTracking().OrderBy(r => r.CloseId).ThenBy(r => r.DriverId).ToListAsync();
        var done = await db.Audit.AsNoTracking().Where(a => a.Operation.EndsWith("-month")).OrderBy(a => a.Id).ToListAsync();
        return string.Join('\n', (string[])
        [
            .. closes.Select(c =>
                $"{c.Period} {c.Revision} {c.Status} {c.LedgerSequence} {c.RulebookHash} {c.PreviewedBy} {c.PublishedBy} "
                + $"{c.DriversThrough} {c.TalliedThrough} {(c.BuildsOnId is { } before ? periods[before] : null)} "
                + $"{string.Join('+', c.Signatures.Select(s => s.Actor).Order())}"),
            .. ratings.Select(r => $"{periods[r.CloseId]} {r.DriverId} {r.Points} {r.Stars} {r.DaysOnShift} {r.PreviousStars}"),
            .. done.Select(a => $"{a.Actor} {a.Operation} {a.Subject} {WithoutDigests(a.Detail)}"),
        ]);

        string WithoutDigests(string detail) => closes.Aggregate(detail, (told, c) => told.Replace(c.Digest, c.Period, StringComparison.Ordinal));
    });

    private static string Case(int n)
    {
        var (driver, code, month) = (1 + (n * n % (Drivers - 1)), Codes[n % Codes.Length], n % 2 == 0 ? "11" : "12");
        var kind = code[0] switch { 'S' => "complaint", 'T' => "infringement", _ => "merit" };
        var reversed = n % 9 == 0 ? "2017-12-28,误判" : ",";
        return $"c-{n:D6},{kind},d-{driver},{code},2017-{month}-05,14,成山大道,绕道,,,2017-{month}-06,officer-a,upheld,2017-{month}-08,officer-b,,属实,,{reversed}\r\n";
    }
}
