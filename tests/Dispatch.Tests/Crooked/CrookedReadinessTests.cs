using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Readiness;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using static Dispatch.Tests.Crooked.CrookedCity;

namespace Dispatch.Tests.Crooked;

/// <summary>
/// What waits when a month is to be signed. It is 2018-01-03; 2017-12 is over and not closed, with two undecided cases of 2017-12-28 about d-80. Every count
/// is seen at none and at one, beside something that looks like it and must not count.
/// </summary>
[TestClass]
public class CrookedReadinessTests : CrookedTests
{
    [TestMethod]
    public async Task Undecided_ReportedAfterTheMonth_DoesNotCount()
    {
        Assert.AreEqual(0, await CountAsync("2017-11", Unfinished.Undecided));
        Assert.AreEqual(2, await CountAsync("2017-12", Unfinished.Undecided));

        await DoAsync(async context => await WithdrawCase.HandleAsync(
            await NumberAsync("d-80", "P01"), new(OtherSupervisor, "The reporter took it back."), context, default));
        await RecordAsync();

        Assert.AreEqual(1, await CountAsync("2017-12", Unfinished.Undecided));
        Assert.AreEqual(2, await CountAsync("2018-01", Unfinished.Undecided));
    }

    /// <summary>A case of 28 December is to be decided by 7 January, a complex one by 27 January.</summary>
    [TestMethod]
    public async Task Overdue_FromTheDayAfterTheDeadline_CountsWithoutComplexOnesAndLaterOnes()
    {
        await RecordAsync();
        await DoAsync(async context => await DeclareComplex.HandleAsync(
            await NumberAsync("d-80", "P01"), new(Officer, "The witness is away."), context, default));

        At(new(2018, 1, 7), 12);
        Assert.AreEqual(0, await CountAsync("2017-12", Unfinished.Overdue));
        At(new(2018, 1, 8), 12);
        Assert.AreEqual(1, await CountAsync("2017-12", Unfinished.Overdue));
        At(new(2018, 1, 14), 12);
        Assert.AreEqual(1, await CountAsync("2017-12", Unfinished.Overdue));
        Assert.AreEqual(2, await CountAsync("2018-01", Unfinished.Overdue));
    }

    [TestMethod]
    public async Task Hearings_BegunAndAnswered_CountInBetween()
    {
        var number = await NumberAsync("d-80", "S01");
        Assert.AreEqual(0, await CountAsync("2017-12", Unfinished.Hearings));

        await HearAsync(number);
        await HearAsync(await RecordAsync());
        Assert.AreEqual(1, await CountAsync("2017-12", Unfinished.Hearings));
        Assert.AreEqual(2, await CountAsync("2018-01", Unfinished.Hearings));

        await DoAsync(context => AnswerNotice.HandleAsync(
            number, new(OtherSupervisor, Stance.Disputed, Text: "The road was closed.", HandedInOn: context.Today), context, null, default));
        Assert.AreEqual(0, await CountAsync("2017-12", Unfinished.Hearings));
        Assert.AreEqual(2, await CountAsync("2017-12", Unfinished.Undecided));
    }

    [TestMethod]
    public async Task Objections_RuledOnOrToADecisionOfTheMonthAfter_DoNotCount()
    {
        Assert.AreEqual((0, 0), await ObjectionsAsync("2017-12"));
        var refusal = await NumberAsync("d-80", "S02");
        await ObjectAsync(refusal);
        Assert.AreEqual((1, 0), await ObjectionsAsync("2017-12"));
        await ObjectAsync(await NumberAsync("d-10", "T01"));
        Assert.AreEqual((1, 1), await ObjectionsAsync("2017-12"));
        Assert.AreEqual((0, 0), await ObjectionsAsync("2017-10"));

        var january = await NumberAsync("d-80", "S01");
        await DoAsync(context => DemoHearing.DecideAsync(january, new(OtherSupervisor, Verdict.Upheld, "The meter shows it."), context, default));
        await ObjectAsync(january);
        Assert.AreEqual((1, 1), await ObjectionsAsync("2017-12"));
        Assert.AreEqual((2, 1), await ObjectionsAsync("2018-01"));

        await DoAsync(context => RuleOnObjection.HandleAsync(refusal, new(Officer, Ruling.Confirmed, "The video shows it."), context, default));
        Assert.AreEqual((0, 1), await ObjectionsAsync("2017-12"));
    }

    [TestMethod]
    public async Task Repairs_DecidedOrAskedForAfterTheMonth_DoNotCount()
    {
        Assert.AreEqual(0, await CountAsync("2017-12", Unfinished.Repairs));

        var repair = await DoAsync(context => AskRepair.HandleAsync("d-60", new(OtherOfficer, "R01", "Course 17.", null, new(2017, 12, 30)), context, default));
        await DoAsync(context => AskRepair.HandleAsync("d-40", new(OtherOfficer, "R01", "Course 18.", null, new(2018, 1, 2)), context, default));
        Assert.AreEqual(1, await CountAsync("2017-12", Unfinished.Repairs));
        Assert.AreEqual(2, await CountAsync("2018-01", Unfinished.Repairs));
        Assert.AreEqual(0, await CountAsync("2017-11", Unfinished.Repairs));

        await DoAsync(context => DecideRepair.HandleAsync(repair.Number, new(Supervisor, RepairOutcome.Refused, "No such course."), context, default));
        Assert.AreEqual(0, await CountAsync("2017-12", Unfinished.Repairs));
    }

    [TestMethod]
    public async Task Corrections_OfAnEarlierPublishedMonth_Count()
    {
        var january = await NumberAsync("d-80", "S01");
        var decided = await DoAsync(context => DemoHearing.DecideAsync(january, new(OtherSupervisor, Verdict.Upheld, "The meter shows it."), context, default));
        await ReverseAsync(decided.LedgerSequence!.Value);
        Assert.AreEqual(0, await CountAsync("2017-12", Unfinished.Corrections), "what no close has read is no correction");

        await ReverseAsync(await City.SequenceOfAsync("d-60", "S01"));

        var line = (await ReadAsync("2017-12")).Lines.Single(line => line.Kind == Unfinished.Corrections);
        Assert.AreEqual((1, "/bureau/months/2017-09"), (line.Count, line.Page));
        Assert.AreEqual(0, await CountAsync("2017-09", Unfinished.Corrections), "its own revision takes it along");
    }

    [TestMethod]
    public async Task Shifts_LongerThan16HoursWithADayInTheMonth_AreInDoubt()
    {
        foreach (var driver in await City.WithDbAsync(db => db.Shifts.Where(s => s.OffAt == null).Select(s => s.Driver.Code).ToListAsync()))
            await DoAsync(context => SignOff.HandleAsync(new(driver, driver), context, default));

        await DriveAsync(new(2018, 2, 10), TimeSpan.FromHours(16));
        Assert.AreEqual(0, await CountAsync("2018-02", Unfinished.DoubtfulShifts));
        await DriveAsync(new(2018, 2, 12), TimeSpan.FromHours(16) + TimeSpan.FromMilliseconds(1));
        Assert.AreEqual(1, await CountAsync("2018-02", Unfinished.DoubtfulShifts));
        await DriveAsync(new(2018, 3, 5), TimeSpan.FromHours(24));
        Assert.AreEqual(1, await CountAsync("2018-02", Unfinished.DoubtfulShifts));

        At(new(2018, 3, 10), 6);
        await DoAsync(context => SignOn.HandleAsync(new("d-10", "d-10", "cab-9"), context, default));
        Assert.AreEqual(1, await CountAsync("2018-03", Unfinished.DoubtfulShifts));
        City.Time.Advance(TimeSpan.FromHours(17));
        Assert.AreEqual(2, await CountAsync("2018-03", Unfinished.DoubtfulShifts), "one that is still open");
    }

    [TestMethod]
    public async Task Displays_OutOfReachWithADriver_Count()
    {
        var away = Twin.Of(TaxiCredit.Dispatch.Wire.RatingKind.Rated, 4, "11111", "showing", online: false);
        var parkedAway = Twin.Of(TaxiCredit.Dispatch.Wire.RatingKind.Vacant, null, "00000", "vacant", online: false);

        Assert.AreEqual(0, await CountAsync("2017-12", Unfinished.UnreachableDisplays, Twin.OnShift, Twin.Parked, parkedAway));
        Assert.AreEqual(1, await CountAsync("2017-12", Unfinished.UnreachableDisplays, Twin.OnShift, Twin.Parked, parkedAway, away));
    }

    [TestMethod]
    public async Task Readiness_HoweverMuchWaits_TakesSixQueries()
    {
        var few = await QueriesAsync("2017-10");
        for (var i = 0; i < 20; i++)
            await RecordAsync();

        Assert.AreEqual((6, 6), (few, await QueriesAsync("2018-01")));
    }

    [TestMethod]
    public async Task Api_ByAMonth_TellsTheSameAsThePageReads()
    {
        using var client = await City.StartAsync();
        await ReverseAsync(await City.SequenceOfAsync("d-60", "S01"));

        var told = await client.GetFromJsonAsync<JsonElement>("months/2017-12/readiness");

        var read = await ReadAsync("2017-12");
        Assert.AreEqual(("2017-12", false), (told.GetProperty("period").GetString(), told.GetProperty("isReady").GetBoolean()));
        CollectionAssert.AreEqual(
            read.Lines.Select(l => $"{Camel(l.Kind)} {l.Count} {Camel(l.IfClosed)} {l.Page}").ToList(),
            told.GetProperty("lines").EnumerateArray().Select(l =>
                    $"{l.GetProperty("kind").GetString()} {l.GetProperty("count").GetInt32()} {l.GetProperty("ifClosed").GetString()} "
                    + l.GetProperty("page").GetString())
                .ToList());
        Assert.AreEqual(HttpStatusCode.NotFound, (await client.GetAsync("months/2017-13/readiness")).StatusCode);
    }

    private static string Camel<T>(T name) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName($"{name}");

    private async Task<int> QueriesAsync(string period)
    {
        var before = City.Count.Queries;
        _ = await City.InContextAsync(context => MonthReadiness.OfAsync(Month.Parse(period), null, [], context, default));
        return City.Count.Queries - before;
    }

    private async Task<int?> CountAsync(string period, Unfinished kind, params TwinSnapshot[] twins) =>
        (await ReadAsync(period, twins)).Lines.Single(line => line.Kind == kind).Count;

    private async Task<(int?, int?)> ObjectionsAsync(string period) =>
        (await CountAsync(period, Unfinished.StayedObjections), await CountAsync(period, Unfinished.CountingObjections));

    private Task<MonthReadiness> ReadAsync(string period, params TwinSnapshot[] twins) => City.InContextAsync(async context =>
        await MonthReadiness.OfAsync(
            Month.Parse(period), await City.Server.Services.GetRequiredService<RevisionsDue>().FindAsync(context, default),
            twins.Select(twin => new StandingTwin(twin, StandingRule.Of(twin, Twin.Up, Twin.Heartbeat, Twin.Signed + TimeSpan.FromMinutes(1)))),
            context, default));

    private async Task<T> DoAsync<T>(Func<OperationContext, Task<Outcome<T>>> operation) => (await City.InContextAsync(operation)).Value;

    private void At(DateOnly day, int hour) => City.Time.SetUtcNow(BureauTime.BeginOf(day).AddHours(hour));

    /// <summary>The newest case about a driver under a code.</summary>
    private Task<string> NumberAsync(string driver, string code) => City.WithDbAsync(db =>
        db.Cases.Where(c => c.Driver.Code == driver && c.Code == code).OrderByDescending(c => c.Id).Select(c => c.Number).FirstAsync());

    private async Task<string> RecordAsync() => (await DoAsync(context => RecordCase.HandleAsync(
        new(Officer, CaseKind.Complaint, "d-30", "S10", context.Today, "Harbour Road", "Dirty."), context, default))).Number;

    private async Task HearAsync(string number) =>
        Assert.IsNull(await City.InContextAsync(context => DemoHearing.BeginAsync(number, OtherOfficer, context, default)));

    private Task<TaxiCredit.Dispatch.Data.Ledger.LedgerRow> ReverseAsync(long sequence) =>
        DoAsync(async context => await ReverseEntry.HandleAsync(sequence, new(await ReverserAsync(sequence), "The witness took it back."), context, default));

    /// <summary>The detour of September was decided by the one supervisor, that of December by the other.</summary>
    private async Task<string> ReverserAsync(long sequence) => await City.WithDbAsync(db =>
        db.Cases.Where(c => c.LedgerSequence == sequence).Select(c => c.DecidedBy).SingleAsync()) == Supervisor ? OtherSupervisor : Supervisor;

    private async Task ObjectAsync(string number)
    {
        await DoAsync(context => ServeDecision.HandleAsync(number, new(OtherOfficer, ServiceMeans.Paper, context.Today, "Signed."), context, default));
        await DoAsync(context => ObjectToDecision.HandleAsync(
            number, new(OtherOfficer, "The road was closed.", HandedInOn: context.Today), context,
            City.Server.Services.GetRequiredService<BureauCalendar>(), null, default));
    }

    private async Task DriveAsync(DateOnly day, TimeSpan length)
    {
        At(day, 5);
        await DoAsync(context => SignOn.HandleAsync(new("d-10", "d-10", "cab-9"), context, default));
        City.Time.Advance(length);
        await DoAsync(context => SignOff.HandleAsync(new("d-10", "d-10"), context, default));
    }
}
