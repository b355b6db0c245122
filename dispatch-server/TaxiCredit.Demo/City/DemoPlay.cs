using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Recognition;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Demo.City;

/// <summary>Plays days of the synthetic city through the operations that people use. A refusal here is a fault of the demo and throws.</summary>
internal sealed class DemoPlay(OperationContext context, BureauTime bureau, DemoClose close, SyntheticCity city)
{
    private const int Honoured = 10;

    /// <summary>Numbers of the cases that this play has recorded and not decided yet.</summary>
    private readonly Dictionary<SyntheticCase, string> _recorded = new(ReferenceEqualityComparer.Instance);

    private DispatchContext Db => context.Db;

    /// <summary>
    /// Settles the city and plays 2017, with each month closed on the 2nd of the one after; everything dated up to 2018-01-02 has then happened.
    /// </summary>
    public async Task YearAsync(CancellationToken stop)
    {
        await SettleAsync(stop);
        var day = SyntheticRates.First.FirstDay;
        for (var month = SyntheticRates.First; month.Next.FirstDay < DemoCity.Ends; month = month.Next)
        {
            await DaysAsync(day, ClosingDay(month), stop);
            await DoAsync(close.RunAsync(month, stop));
            day = ClosingDay(month).AddDays(1);
        }

        await HonourAsync(Month.Of(DemoCity.Ends).Previous, stop);
    }

    /// <summary>From the day after the bureau's date to the day on which its month can be closed.</summary>
    public Task RestOfMonthAsync(CancellationToken stop) => DaysAsync(context.Today.AddDays(1), ClosingDay(Month.Of(context.Today)), stop);

    private static DateOnly ClosingDay(Month month) => month.Next.FirstDay.AddDays(1);

    private async Task SettleAsync(CancellationToken stop)
    {
        Db.Settings.Add(new Setting { Name = Setting.Synthetic, Value = "true" });
        Db.Actors.AddRange(DemoActors.All);
        await bureau.SetAsync(Db, SyntheticRates.OnShiftSince, stop);
        foreach (var team in city.Roster.Teams)
            await DoAsync(AddTeam.HandleAsync(new(DemoActors.Admin, team.Code, team.Name), context, stop));
        foreach (var driver in city.Roster.Drivers)
        {
            await DoAsync(AddCab.HandleAsync(new(DemoActors.Admin, driver.Cab, driver.Plate, driver.Team.Code), context, stop));
            await DoAsync(AddDriver.HandleAsync(new(DemoActors.Admin, driver.Code, driver.Name, driver.Cab), context, stop));
            await DoAsync(SignOn.HandleAsync(new(DemoActors.Officers[0], driver.Code, driver.Cab), context, stop));
        }

        foreach (var team in city.Roster.Teams)
            await DoAsync(AppointLeader.HandleAsync(team.Code, new(DemoActors.Supervisors[0], team.Leader.Code), context, stop));
    }

    private async Task DaysAsync(DateOnly first, DateOnly last, CancellationToken stop)
    {
        var cases = city.SubmittedThrough(Month.Of(last)).Where(c => c.Decision.On >= first).ToList();
        var submitted = cases.ToLookup(c => c.SubmittedOn);
        var decided = cases.ToLookup(c => c.Decision.On);
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            await bureau.SetAsync(Db, day, stop);
            foreach (var report in submitted[day])
                _recorded[report] = await RecordAsync(report, stop);
            foreach (var report in decided[day])
                await DecideAsync(report, stop);
        }
    }

    private async Task<string> RecordAsync(SyntheticCase report, CancellationToken stop)
    {
        var number = (await DoAsync(RecordCase.HandleAsync(Command(report), context, stop))).Number;
        if (context.Today < DemoCity.Ends && await DemoHearing.BeginAsync(number, report.Decision.By, context, stop) is { } refused)
            throw new InvalidOperationException($"{refused.Code}: {refused.Detail}");
        Db.ChangeTracker.Clear();
        if (report.Decision.IsComplex)
            await DoAsync(DeclareComplex.HandleAsync(number, new(report.RecordedBy, SyntheticTexts.Complexity), context, stop));
        return number;
    }

    private static RecordCase Command(SyntheticCase report) => new(
        report.RecordedBy, report.Kind, report.Driver, report.Code, report.ConductOn, report.Place, report.Account,
        report.ConductHour, report.Reporter, report.PropertyFen);

    /// <summary>Decides the case unless somebody at the wall was faster.</summary>
    private async Task DecideAsync(SyntheticCase report, CancellationToken stop)
    {
        if (!_recorded.Remove(report, out var number))
            number = await UndecidedAsync(report, stop);
        if (number is null)
            return;

        var decision = report.Decision;
        // In a city of an earlier version an officer may have recorded what the same officer is to decide.
        var by = await Db.Cases.AnyAsync(c => c.Number == number && c.SubmittedBy == decision.By, stop) ? DemoActors.OtherOfficer(decision.By) : decision.By;
        await DoAsync(
            DemoHearing.DecideAsync(number, new(by, decision.Verdict, decision.Reason, Corroboration: decision.Corroboration), context, stop));
    }

    /// <summary>The number under which an earlier play has recorded the case; null if it is decided.</summary>
    private Task<string?> UndecidedAsync(SyntheticCase report, CancellationToken stop) => Db.Cases
        .Where(c => c.SubmittedOn == report.SubmittedOn && CaseLife.Open.Contains(c.Status)
            && c.Driver.Code == report.Driver && c.Code == report.Code && c.Account == report.Account)
        .OrderBy(c => c.Id).Select(c => c.Number).FirstOrDefaultAsync(stop);

    private async Task HonourAsync(Month month, CancellationToken stop)
    {
        var shortlist = (await Shortlist.OfAsync(month.ToString(), context, stop)).Value;
        foreach (var entry in shortlist.Take(Honoured))
        {
            var referral = new ReferDriver(DemoActors.Officers[1], entry.Driver, month.ToString(), $"{month.Year}年度服务之星推荐，候选名单第{entry.Rank}名。");
            await DoAsync(ReferDriver.HandleAsync(referral, context, stop));
        }
    }

    /// <summary>Waits for an operation that must not be refused, and forgets what it loaded: the next one is another visit to the bureau.</summary>
    private async Task<T> DoAsync<T>(Task<Outcome<T>> operation)
    {
        var done = (await operation).Value;
        Db.ChangeTracker.Clear();
        return done;
    }
}
