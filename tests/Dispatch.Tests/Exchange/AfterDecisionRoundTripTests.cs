using System.Text.Json;
using Dispatch.Tests.MonthClose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Exchange;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Exchange;

/// <summary>What drivers did about decisions, taken to another city by files: objections of every outcome, and repairs.</summary>
[TestClass]
public class AfterDecisionRoundTripTests : CityTests
{
    private static readonly DateOnly Last = new(2017, 9, 2);

    [TestMethod]
    public async Task ObjectionsAndRepairs_ExportedAndImported_AreTheSameAndMonthsCloseToTheLastPoint()
    {
        await PlayAsync();
        await using var imported = await EmptyCity.BuildAsync();

        await CarryAsync(imported, Last);

        foreach (var period in new[] { "2017-05", "2017-06", "2017-07", "2017-08" })
        {
            await imported.InContextAsync(
                context => PreviewMonth.HandleAsync(period, new(SmallCity.Officer), context, imported.CloseSettings, CancellationToken.None));
            await imported.SignAndPublishAsync(period);
        }

        var published = await City.WithDbAsync(RatingsAsync);
        Assert.HasCount(12, published);
        CollectionAssert.AreEqual(published, await imported.WithDbAsync(RatingsAsync));
        CollectionAssert.AreEqual(
            new[]
            {
                "c-000001 Repaired", "c-000002 Repaired", "c-000003 Confirmed", "c-000004 Lapsed", "c-000005 Overturned", "c-000006 Confirmed",
                "c-000007 Objected", "c-000008 Dismissed", "c-000009 Submitted",
            },
            await imported.WithDbAsync(StatesAsync));
        CollectionAssert.AreEqual(
            new[] { "r-000001 Granted 0", "r-000002 Refused 0", "r-000003  0", "r-000004 Granted 0", "r-000005 Refused 1", "r-000006  0" },
            await imported.WithDbAsync(db => db.Repairs.OrderBy(r => r.Id)
                .Select(r => $"r-{r.Id:D6} {r.Outcome} {(r.ReadAt == null ? 0 : 1)}").ToListAsync()));
    }

    [TestMethod]
    public async Task Repaired_ThenReversed_ComesInReversedWithItsRepair()
    {
        await UpheldAsync("d-2", "S01", new(2017, 5, 12));
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        await AskAsync("d-2", "R02");
        await DecideRepairAsync("r-000001", "granted");
        await City.PostAsync("ledger/1/reversal", new { actor = SmallCity.Supervisor, reason = "Misread." });
        await using var imported = await EmptyCity.BuildAsync();

        await CarryAsync(imported, new(2017, 8, 15));

        CollectionAssert.AreEqual(new[] { "c-000001 Reversed" }, await imported.WithDbAsync(StatesAsync));
        // Put in force again, it is repaired again.
        await imported.InContextAsync(context => ReverseEntry.HandleAsync(
            2, new(Acting.AtServer(SmallCity.Supervisor), "Read rightly."), context, default));
        CollectionAssert.AreEqual(new[] { "c-000001 Repaired" }, await imported.WithDbAsync(StatesAsync));
    }

    [TestMethod]
    [DataRow(1, "Reversed")]
    [DataRow(2, "Upheld")]
    [DataRow(3, "Reversed")]
    public async Task RuledOn_ThenReversedSoManyTimes_ComesInAsItStands(int times, string state)
    {
        var number = await UpheldAsync("d-2", "S01", new(2017, 5, 12));
        await ObjectAsync("d-2", number);
        await RuleAsync(number, new { actor = SmallCity.OtherOfficer, outcome = "amended", reason = "The receipt.", code = "S10" });
        for (var sequence = 3; sequence < 3 + times; sequence++)
            await City.PostAsync($"ledger/{sequence}/reversal", new { actor = SmallCity.Supervisor, reason = $"Reversal {sequence}." });
        await using var imported = await EmptyCity.BuildAsync();

        await CarryAsync(imported, new(2017, 5, 12), sameLedger: times == 1);

        CollectionAssert.AreEqual(new[] { $"c-000001 {state}" }, await imported.WithDbAsync(StatesAsync));
    }

    /// <summary>Through the files; what they say is the same when it goes out again, and what is stored passes verification.</summary>
    private async Task CarryAsync(EmptyCity imported, DateOnly today, bool sameLedger = true)
    {
        var files = new CityFiles(imported.Folder);
        _ = (await City.InContextAsync(context => ExportCity.HandleAsync(files.Export, context, CancellationToken.None))).Value;
        await imported.AddActorsAsync();
        await imported.WithDbAsync(async db =>
        {
            await imported.Server.Services.GetRequiredService<BureauTime>().SetAsync(db, today, CancellationToken.None);
            return 0;
        });

        var report = (await imported.ImportAsync(files.Import)).Value;

        Assert.IsEmpty(report.Faults, string.Join('\n', report.Faults));
        var again = files with { Ending = "-again" };
        _ = (await imported.ExportAsync(again)).Value;
        Assert.AreEqual(files.Read(), again.Read());
        if (sameLedger)
            CollectionAssert.AreEqual(await City.WithDbAsync(EntriesAsync), await imported.WithDbAsync(EntriesAsync));
        var (same, lines) = await imported.WithDbAsync(Verified.RunAsync);
        Assert.IsTrue(same, string.Join('\n', lines));
    }

    /// <summary>Spring and summer of three drivers.</summary>
    private async Task PlayAsync()
    {
        var day = new DateOnly(2017, 5, 12);
        await UpheldAsync("d-2", "S01", day);
        var amended = await UpheldAsync("d-3", "S01", day);
        var confirmed = await UpheldAsync("d-1", "T01", day, "infringement");
        var lapsed = await UpheldAsync("d-3", "S02", day);
        var overturned = await UpheldAsync("d-3", "S03", day);
        var stayed = await UpheldAsync("d-1", "S02", day);
        await City.SetTodayAsync(new DateOnly(2017, 5, 15));
        foreach (var (driver, number) in new[] { ("d-3", amended), ("d-1", confirmed), ("d-3", lapsed), ("d-3", overturned), ("d-1", stayed) })
            await ObjectAsync(driver, number);
        await City.SetTodayAsync(new DateOnly(2017, 5, 16));
        await RuleAsync(amended, new { actor = SmallCity.Supervisor, outcome = "amended", reason = "The receipt.", code = "S10" });
        await RuleAsync(confirmed, new { actor = SmallCity.Supervisor, outcome = "confirmed", reason = "Borne out." });
        await RuleAsync(overturned, new { actor = SmallCity.Supervisor, outcome = "overturned", reason = "Another cab." });
        await RuleAsync(stayed, new { actor = SmallCity.Supervisor, outcome = "confirmed", reason = "Borne out, \"again\"." });
        await CloseOnAsync(new(2017, 6, 2), "2017-05", () => City.InContextAsync(context => LapseObjections.RunAsync(context, CancellationToken.None)));
        await CloseOnAsync(new(2017, 7, 2), "2017-06");
        await CloseOnAsync(new(2017, 8, 2), "2017-07");
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        await RepairAsync();
        await CloseOnAsync(Last, "2017-08");
    }

    private async Task RepairAsync()
    {
        await AskAsync("d-2", "R02");
        await DecideRepairAsync("r-000001", "granted");
        await AskAsync("d-2", "R01", "Certificate 17.");
        await DecideRepairAsync("r-000002", "refused");
        await AskAsync("d-2", "R01", "Certificate 18.");
        await City.PostAsync("drivers/d-3/repairs", new { actor = SmallCity.OtherOfficer, rule = "R01", proof = "证书19号", handedInOn = "2017-08-10" });
        await DecideRepairAsync("r-000004", "granted");
        await AskAsync("d-1", "R01", "Certificate 20.");
        await DecideRepairAsync("r-000005", "refused");
        var id = await City.WithDbAsync(db => db.Drivers.Where(d => d.Code == "d-1").Select(d => d.Id).SingleAsync());
        await City.InContextAsync(async context =>
        {
            await ReadRepairs.HandleAsync("d-1", id, context, CancellationToken.None);
            return 0;
        });
        await AskAsync("d-1", "R02");
        // Decided after those months were asked for, and of conduct within them.
        var open = await UpheldAsync("d-1", "S10", new(2017, 8, 15), on: "2017-08-14");
        await ObjectAsync("d-1", open);
        var dismissed = Text(await City.RecordAsync("d-1", "S02", "2017-08-14"), "number");
        await City.DecideAsync(dismissed, new { actor = SmallCity.Officer, verdict = "dismissed", reason = "Nothing shows it." });
        await City.RecordAsync("d-1", "S02", "2017-08-14");
    }

    private async Task<string> UpheldAsync(string driver, string code, DateOnly decided, string kind = "complaint", string on = "2017-05-10")
    {
        await City.SetTodayAsync(decided);
        var number = Text(await City.RecordAsync(driver, code, on, kind), "number");
        await City.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        return number;
    }

    private Task<JsonElement> ObjectAsync(string driver, string number) =>
        City.PostAsync($"cases/{number}/objection", new { actor = driver, statement = "=The road, \"closed\",\nwas not marked." });

    private Task<JsonElement> RuleAsync(string number, object ruling) => City.PostAsync($"cases/{number}/objection/ruling", ruling);

    private Task<JsonElement> AskAsync(string driver, string rule, string? proof = null) =>
        City.PostAsync($"drivers/{driver}/repairs", new { actor = driver, rule, proof });

    private Task<JsonElement> DecideRepairAsync(string number, string outcome) =>
        City.PostAsync($"repairs/{number}/decision", new { actor = SmallCity.Officer, outcome, reason = "As the rulebook says." });

    private async Task CloseOnAsync(DateOnly day, string period, Func<Task>? before = null)
    {
        await City.SetTodayAsync(day);
        if (before is not null)
            await before();
        await City.CloseAsync(period);
    }

    private static Task<List<string>> StatesAsync(DispatchContext db) =>
        db.Cases.AsNoTracking().OrderBy(c => c.Id).Select(c => c.Number + " " + c.Status).ToListAsync();

    private static async Task<List<string>> EntriesAsync(DispatchContext db) =>
    [
        .. (await db.Ledger.AsNoTracking().ToListAsync()).Select(
            e => $"{e.Driver} {e.Case} {e.Kind} {e.Code} {e.Points} {e.MaxStars} {e.ConductOn:O} {e.DecidedOn:O}").Order(StringComparer.Ordinal),
    ];

    private static async Task<List<string>> RatingsAsync(DispatchContext db) => await (
        from rating in db.Ratings
        join close in db.Closes on rating.CloseId equals close.Id
        join driver in db.Drivers on rating.DriverId equals driver.Id
        orderby close.Period, driver.Code
        select close.Period + " " + driver.Code + " " + rating.Points + " " + rating.Stars).ToListAsync();

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
