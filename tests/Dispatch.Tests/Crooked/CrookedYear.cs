using Dispatch.Tests.Exchange;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Exchange;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using static Dispatch.Tests.Crooked.CrookedCity;

namespace Dispatch.Tests.Crooked;

/// <summary>What happens in <see cref="CrookedCity"/>, from 2017-07-01 on, in the order of the days. An operation that is refused throws.</summary>
internal sealed class CrookedYear(CrookedCity city)
{
    public static readonly DateOnly Begin = new(2017, 7, 1);

    private const int LiveEntries = 204;
    private const int Deductions = 14;

    private const string Roster = EmptyCity.RosterHeader + """

        d-80,Bo,cab-7,P-7,t-9,Ninth,2017-07-01,,
        d-20,An,cab-7,P-7,t-9,Ninth,,,
        d-60,Wu,cab-3,P-3,t-9,Ninth,,2017-07-01,cab-3
        d-40,Lu,cab-2,P-2,t-9,Ninth,,2017-07-01,cab-2
        d-30,Yu,cab-5,P-5,t-1,First,2017-06-01,2017-06-01,cab-5
        d-70,Hu,cab-1,P-1,t-1,First,,2017-07-01,cab-1

        """;

    private const string OldCases = EmptyCity.CasesHeader + """

        R/93,complaint,d-60,S02,2017-06-01,9,Harbour,Refused.,,,2017-06-02,officer-an,dismissed,2017-06-05,supervisor-bai,,The cab was taken.,,,
        R/51,complaint,d-30,S10,2017-06-10,,Harbour,Dirty.,,,2017-06-11,supervisor-bai,upheld,2017-06-20,officer-an,,The photo shows it.,,,
        R/07,complaint,d-70,S10,2017-06-29,,Harbour,Dirty.,,,2017-06-30,officer-wei,submitted,,,,,,,

        """;

    private readonly Dictionary<string, string> _numbers = [];

    public async Task PlayAsync()
    {
        await SettleAsync();
        await AtAsync(7, 20, 12, SignOff("d-50"));
        await AtAsync(8, 1, 12, Appoint("t-9", "d-60"));
        await AtAsync(8, 20, 12, context => RemoveLeader.HandleAsync("t-1", new(Supervisor), context, default));
        for (var day = 1; day <= 30; day++)
            await SeptemberAsync(day);
        await OctoberAsync();
        await NovemberAsync();
        await DecemberAsync();
    }

    private async Task SettleAsync()
    {
        _ = await city.InContextAsync(context => FirstAdmin.InviteAsync(context, default));
        // The second of each role is the first by name.
        foreach (var (name, role) in new[]
        {
            (Supervisor, Role.Supervisor), (OtherSupervisor, Role.Supervisor), (Officer, Role.Officer), (OtherOfficer, Role.Officer),
        })
            _ = (await city.InContextAsync(context => Invite.HandleAsync(new(Admin, name, role, null), context, default))).Value;
        var (roster, cases) = (Path.Combine(city.Options.Data, "roster.csv"), Path.Combine(city.Options.Data, "cases.csv"));
        await File.WriteAllTextAsync(roster, Roster);
        await File.WriteAllTextAsync(cases, OldCases);
        var imported = (await city.InContextAsync(context =>
            ImportCity.HandleAsync(new(roster, cases), context, new ImportProgress(TextWriter.Null, TimeProvider.System), default))).Value;
        Assert.IsEmpty(imported.Faults, string.Join('\n', imported.Faults));

        await AtAsync(7, 1, 13, context => AddTeam.HandleAsync(new(OtherOfficer, "t-5", "Fifth"), context, default));
        await AtAsync(7, 1, 13, context => AddCab.HandleAsync(new(OtherOfficer, "cab-9", "P-9", "t-5"), context, default));
        await AtAsync(7, 1, 13, context => AddCab.HandleAsync(new(OtherOfficer, "cab-4", "P-4", "t-1"), context, default));
        await AtAsync(7, 1, 13, AddDriver("d-10", "cab-9"), AddDriver("d-50", "cab-3"));
        await AtAsync(7, 1, 13, Appoint("t-5", "d-10"));
        await AtAsync(7, 1, 14, SignOn("d-10", "cab-9"), SignOn("d-50", "cab-4"));
    }

    private async Task SeptemberAsync(int day)
    {
        if (day > 1)
            await AtAsync(9, day, 6, SignOff("d-20"));
        await AtAsync(9, day, 6, SignOn("d-80", "cab-7"));
        await AtAsync(9, day, 10, SignOff("d-80"));
        await AtAsync(9, day, 12, SignOn("d-80", "cab-7"));
        await (day switch
        {
            3 => AtAsync(9, day, 13, Record("detour", Officer, CaseKind.Complaint, "d-60", "S01", hour: 9)),
            4 => AtAsync(9, day, 13,
                Record("quarrel", OtherOfficer, CaseKind.PeerReport, "d-60", "P01", reporter: "d-80"),
                Record("absence", "d-60", CaseKind.PeerReport, "d-40", "P05", reporter: "d-60")),
            5 => AtAsync(9, day, 13, Decide("quarrel", OtherSupervisor, Verdict.Upheld, "A second witness at the rank.")),
            6 => AtAsync(9, day, 13, Decide("detour", Supervisor), Decide("absence", Officer, Verdict.Dismissed)),
            8 => AtAsync(9, day, 13, Record("wallet", "d-60", CaseKind.Merit, "d-20", "M02")),
            9 => AtAsync(9, day, 13, Decide("wallet", OtherOfficer)),
            10 => AtAsync(9, day, 13, [.. Many().Select(n => n < Deductions
                ? Record($"many {n}", SubmitterOf(n), CaseKind.Complaint, "d-40", "S11")
                : Record($"many {n}", SubmitterOf(n), CaseKind.Merit, "d-40", "M07"))]),
            12 => AtAsync(9, day, 13, [.. Many().Reverse().Select(n => Decide($"many {n}", SubmitterOf(n + 1)))]),
            _ => Task.CompletedTask,
        });
        if (day == 5)
            await AtAsync(9, day, 14, SignOff("d-70"));
        await AtAsync(9, day, 18, SignOff("d-80"));
        await AtAsync(9, day, 18, SignOn("d-20", "cab-7"));
    }

    private async Task OctoberAsync()
    {
        await AtAsync(10, 1, 6, SignOff("d-20"));
        await AtAsync(10, 1, 7, Appoint("t-9", "d-80"));
        await AtAsync(10, 1, 7, SignOn("d-80", "cab-7"));
        await AtAsync(10, 1, 20, SignOn("d-20", "cab-1"));
        await AtAsync(10, 2, 12, Preview("2017-09", OtherOfficer));
        await SignAndPublishAsync("2017-09", [Supervisor, Officer], OtherSupervisor);
        await AtAsync(10, 10, 12, Record("brawl", Officer, CaseKind.Complaint, "d-30", "S08"));
        await AtAsync(10, 12, 12, Decide("brawl", Supervisor));
        await AtAsync(10, 15, 12, AddDriver("d-90", "cab-1"));
        await AtAsync(10, 20, 12, Record("phone", Officer, CaseKind.Infringement, "d-10", "T01"));
        await AtAsync(10, 21, 12, context => DeclareComplex.HandleAsync(_numbers["phone"], new(OtherOfficer, "The police are asked."), context, default));
        await AtAsync(10, 22, 12, context => TakeUpCase.HandleAsync(_numbers["phone"], new(OtherSupervisor), context, default));
    }

    private async Task NovemberAsync()
    {
        await AtAsync(11, 2, 12, Preview("2017-10", Supervisor));
        await SignAndPublishAsync("2017-10", [OtherOfficer, OtherSupervisor], Officer);
        await AtAsync(11, 5, 12, Record("refusal", Supervisor, CaseKind.Complaint, "d-80", "S02"));
        await AtAsync(11, 7, 12, Decide("refusal", OtherSupervisor));
        await AtAsync(11, 8, 12, Decide("phone", Supervisor));
        _numbers["old"] = "R/07";
        await AtAsync(11, 20, 12, Decide("old", OtherOfficer, Verdict.Dismissed));
    }

    private async Task DecemberAsync()
    {
        await AtAsync(12, 2, 12, Preview("2017-11", OtherSupervisor));
        await SignAndPublishAsync("2017-11", [Officer, Supervisor], OtherOfficer);
        var brawl = await city.SequenceOfAsync("d-30", "S08");
        await AtAsync(12, 5, 12, context => ReverseEntry.HandleAsync(brawl, new(OtherSupervisor, "The witness took it back."), context, default));
        await AtAsync(12, 6, 12, context => ReviseMonth.HandleAsync("2017-10", new(Officer, "The brawl was reversed."), context, SmallBatches, default));
        await SignAndPublishAsync("2017-10", [Supervisor, OtherOfficer], OtherSupervisor);
        await AtAsync(12, 28, 12, Record("last", Officer, CaseKind.Complaint, "d-80", "S01", hour: 19));
        await AtAsync(12, 28, 12, Record("shouting", "d-40", CaseKind.PeerReport, "d-80", "P01", reporter: "d-40"));
        await AtAsync(12, 29, 12, context => TakeUpCase.HandleAsync(_numbers["shouting"], new(OtherOfficer), context, default));
    }

    private static IEnumerable<int> Many() => Enumerable.Range(0, LiveEntries);

    private static string SubmitterOf(int n) => n % 2 == 0 ? Officer : OtherOfficer;

    private static Func<OperationContext, Task<Outcome<Driver>>> AddDriver(string driver, string cab) =>
        context => TaxiCredit.Dispatch.Features.Roster.AddDriver.HandleAsync(new(OtherOfficer, driver, $"Driver {driver}", cab), context, default);

    private static Func<OperationContext, Task<Outcome<Leadership>>> Appoint(string team, string driver) =>
        context => AppointLeader.HandleAsync(team, new(OtherSupervisor, driver), context, default);

    private static Func<OperationContext, Task<Outcome<Shift>>> SignOn(string driver, string cab) =>
        context => TaxiCredit.Dispatch.Features.Roster.SignOn.HandleAsync(new(driver, driver, cab), context, default);

    private static Func<OperationContext, Task<Outcome<Shift>>> SignOff(string driver) =>
        context => TaxiCredit.Dispatch.Features.Roster.SignOff.HandleAsync(new(driver, driver), context, default);

    private static Func<OperationContext, Task<Outcome<Close>>> Preview(string period, string by) =>
        context => PreviewMonth.HandleAsync(period, new(by), context, SmallBatches, default);

    private Func<OperationContext, Task<Outcome<Case>>> Record(
        string name, string by, CaseKind kind, string driver, string code, int? hour = null, string? reporter = null) => async context =>
    {
        var recorded = await RecordCase.HandleAsync(
            new(by, kind, driver, code, context.Today, "Harbour Road", $"Of the {name}.", hour, reporter), context, default);
        _numbers[name] = recorded.Value.Number;
        return recorded;
    };

    private Func<OperationContext, Task<Outcome<Case>>> Decide(string name, string by, Verdict verdict = Verdict.Upheld, string? corroboration = null) =>
        context => DemoHearing.DecideAsync(_numbers[name], new(by, verdict, $"Looked into: {name}.", Corroboration: corroboration), context, default);

    private async Task SignAndPublishAsync(string period, string[] signers, string publisher)
    {
        foreach (var signer in signers)
        {
            _ = (await city.InContextAsync(async context =>
            {
                var close = (await OpenCloses.NewestAsync(period, context.Db, default)).Value;
                return await SignMonth.HandleAsync(period, new(Acting.AtServer(signer), close.Digest), context, default);
            })).Value;
        }

        _ = (await city.InContextAsync(context => PublishMonth.HandleAsync(period, new(Acting.AtServer(publisher)), context, default))).Value;
    }

    /// <summary>Operations at an hour of a day of 2017, committed together where there are several.</summary>
    private async Task AtAsync<T>(int month, int day, int hour, params Func<OperationContext, Task<Outcome<T>>>[] operations)
    {
        var now = BureauTime.BeginOf(new DateOnly(2017, month, day)).AddHours(hour);
        if (now > city.Time.GetUtcNow())
            city.Time.SetUtcNow(now);
        if (operations.Length == 1)
        {
            _ = (await city.InContextAsync(operations[0])).Value;
            return;
        }

        _ = await city.InContextAsync(async context =>
        {
            await using var batch = await context.BeginAsync(default);
            foreach (var operation in operations)
                _ = (await operation(context)).Value;
            await batch.CommitAsync(default);
            return 0;
        });
    }
}
