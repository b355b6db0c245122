using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Notices;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Outbox;

namespace Dispatch.Tests.Notices;

/// <summary>What drivers are told by messages: that there is something, when it is theirs to know, and nothing of what. It is 15 August 2017.</summary>
[TestClass]
public class DriverNoticesTests
{
    private SmallCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync() => _city = await SmallCity.BuildAsync(services => services.AddSingleton(Options.Create(new NoticeSettings
    {
        Drivers = "nowhere:phone-of-{driver}", PublicAddress = "https://credit.example.org/", Language = "en",
    })));

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Driver_FromTheNoticeToTheRepair_IsToldOnceOfEachStep()
    {
        await _city.SetTodayAsync(new DateOnly(2017, 5, 12));
        var number = await RecordAsync();
        await AssertToldAsync("", "a report is nobody's news");
        await _city.HearAsync(number);
        await AssertToldAsync("phone-of-d-2", "notice");
        await _city.PostAsync($"cases/{number}/decision", new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        await AssertToldAsync("", "ten seconds");
        await _city.FinishAsync(number);
        await AssertToldAsync("phone-of-d-2", "decision");
        await _city.PostAsync($"cases/{number}/objection", new { actor = "d-2", statement = "The road was closed." });
        await AssertToldAsync("", "their own objection");
        await _city.PostAsync(
            $"cases/{number}/objection/ruling", new { actor = SmallCity.Supervisor, outcome = "amended", code = "S02", reason = "Not a detour." });
        await AssertToldAsync("phone-of-d-2", "ruling");
        await _city.SetTodayAsync(new DateOnly(2017, 8, 15));
        await _city.PostAsync("drivers/d-2/repairs", new { actor = "d-2", rule = "R01", proof = "None." });
        await AssertToldAsync("", "their own asking");
        await _city.PostAsync("repairs/r-000001/decision", new { actor = SmallCity.Officer, outcome = "refused", reason = "No certificate." });
        await AssertToldAsync("phone-of-d-2", "repair refused");
        await _city.PostAsync("drivers/d-2/repairs", new { actor = "d-2", rule = "R02" });
        await _city.PostAsync("repairs/r-000002/decision", new { actor = SmallCity.Officer, outcome = "granted", reason = "Clean." });
        await AssertToldAsync("phone-of-d-2", "repair granted");
    }

    [TestMethod]
    public async Task Reversal_AndReversalOfIt_AreTold()
    {
        var sequence = await _city.UpholdAsync("d-2", "S01", "2017-08-10");
        await AssertToldAsync("phone-of-d-2", "decision");

        await _city.PostAsync($"ledger/{sequence}/reversal", new { actor = SmallCity.Supervisor, reason = "Misread." });
        await AssertToldAsync("phone-of-d-2", "reversal");
        await _city.PostAsync("ledger/2/reversal", new { actor = SmallCity.Supervisor, reason = "Read rightly." });
        await AssertToldAsync("phone-of-d-2", "in force again");
    }

    [TestMethod]
    public async Task Move_AndUndoingIt_AreTold()
    {
        await _city.PostAsync("drivers/d-2/team", new { actor = SmallCity.Officer, cab = "cab-3", reason = "Moved house." });
        await AssertToldAsync("phone-of-d-2", "another team");
        await _city.PostAsync("drivers/d-2/memberships/undoing", new { actor = SmallCity.Officer, reason = "The wrong driver." });
        await AssertToldAsync("phone-of-d-2", "the old one again");
        await _city.PostAsync("drivers/d-2/leaving", new { actor = SmallCity.Officer, reason = "Retires." });
        await AssertToldAsync("", "who cannot sign in is told by the desk");
    }

    [TestMethod]
    public async Task Lapse_OfAnObjection_IsTold()
    {
        var sequence = await _city.UpholdAsync("d-2", "S01", "2017-08-10");
        await AssertToldAsync("phone-of-d-2", "decision");
        await _city.PostAsync("cases/c-000001/objection", new { actor = "d-2", statement = "The road was closed." });
        await _city.SetTodayAsync(new DateOnly(2017, 8, 30));

        Assert.AreEqual(1, await _city.InContextAsync(context => LapseObjections.RunAsync(context, CancellationToken.None)), $"entry {sequence}");

        await AssertToldAsync("phone-of-d-2", "lapse");
    }

    [TestMethod]
    [DataRow("withdrawal")]
    [DataRow("reassignment")]
    public async Task End_WithoutADecision_IsToldIfThereWasANotice(string end)
    {
        object body = end == "withdrawal"
            ? new { actor = SmallCity.Officer, reason = "Another plate." }
            : new { actor = SmallCity.Officer, reason = "Another plate.", driver = "d-3" };
        var (unheard, heard) = (await RecordAsync(), await RecordAsync());
        await _city.PostAsync($"cases/{unheard}/{end}", body);
        await AssertToldAsync("", "nobody had told them of it");
        Assert.IsNull(await _city.InContextAsync(context => DemoHearing.BeginAsync(heard, SmallCity.Supervisor, context, CancellationToken.None)));
        await AssertToldAsync("phone-of-d-2", "notice");

        await _city.PostAsync($"cases/{heard}/{end}", body);

        await AssertToldAsync("phone-of-d-2", end);
    }

    [TestMethod]
    public async Task Withdrawal_ByThePassengersReceipt_IsToldIfThereWasANotice()
    {
        var (unheard, heard) = (await RecordAsync(), await RecordAsync());
        var (first, second) = (await ReceiptOfAsync(unheard), await ReceiptOfAsync(heard));
        await WithdrawAsync(first);
        await AssertToldAsync("", "nobody had told them of it");
        Assert.IsNull(await _city.InContextAsync(context => DemoHearing.BeginAsync(heard, SmallCity.Supervisor, context, CancellationToken.None)));
        await AssertToldAsync("phone-of-d-2", "notice");

        await WithdrawAsync(second);

        await AssertToldAsync("phone-of-d-2", "withdrawn");

        async Task WithdrawAsync(string receipt) => Assert.IsNull(
            (await _city.InContextAsync(context => WithdrawReport.HandleAsync(new(receipt), context, CancellationToken.None))).Refusal);

        Task<string> ReceiptOfAsync(string number) => _city.WithDbAsync(async db =>
        {
            var report = new PassengerReport
            {
                Receipt = ShortCode.New(), Submission = Guid.NewGuid(), Kind = CaseKind.Complaint, CabId = 2, ConductOn = new(2017, 8, 10), Place = "P",
                Account = "A", ReceivedAt = DateTimeOffset.UnixEpoch, SubmittedOn = new(2017, 8, 15),
            };
            Assert.IsNull(report.Move(ReportSignal.Assign));
            report.Became(await db.Cases.SingleAsync(c => c.Number == number));
            db.Add(report);
            await db.SaveChangesAsync();
            return report.Receipt;
        });
    }

    [TestMethod]
    public async Task Dismissal_BeforeAHearing_IsNotTold()
    {
        var number = await RecordAsync();
        await _city.PostAsync($"cases/{number}/decision", new { actor = SmallCity.Officer, verdict = "dismissed", reason = "Nonsense." });
        await _city.FinishAsync(number);

        await AssertToldAsync("", "dismissed unheard");
    }

    [TestMethod]
    public async Task Message_ThatWaits_TellsOfWhatFollowsTooAndSaysNothing()
    {
        await _city.UpholdAsync("d-2", "S01", "2017-08-10");
        await _city.UpholdAsync("d-2", "S02", "2017-08-11");
        await _city.UpholdAsync("d-3", "S02", "2017-08-11");

        var told = await _city.WithDbAsync(db => db.Set<OutboxMessage>().AsNoTracking().OrderBy(m => m.Id).ToListAsync());
        Assert.AreEqual("phone-of-d-2 phone-of-d-3", string.Join(' ', told.Select(m => m.Recipient)));
        Assert.AreEqual(
            """{"subject":"TaxiCredit: there is something for you","text":"There is something for you at TaxiCredit: https://credit.example.org/me"}""",
            told.Select(m => m.Payload).Distinct().Single());
    }

    [TestMethod]
    public async Task Badge_OfAllPages_CountsWhatTheDriverHasNotOpened()
    {
        var number = await RecordAsync();
        using var driver = await _city.EnterDriverAsync("d-2");
        Assert.DoesNotContain("data-testid=\"news\"", (await driver.GoAsync("/months")).Html);
        Assert.IsNull(await _city.InContextAsync(context => DemoHearing.BeginAsync(number, SmallCity.Supervisor, context, CancellationToken.None)));
        StringAssert.Contains((await driver.GoAsync("/months")).Html, "data-testid=\"news\">1<");
        await _city.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "Borne out." });
        await _city.UpholdAsync("d-2", "S02", "2017-08-11");
        StringAssert.Contains((await driver.GoAsync("/months")).Html, "data-testid=\"news\">2<");

        await driver.GoAsync("/me/decisions/2017-000001");
        StringAssert.Contains((await driver.GoAsync("/months")).Html, "data-testid=\"news\">1<");
        await driver.GoAsync("/me/decisions/2017-000002");
        Assert.DoesNotContain("data-testid=\"news\"", (await driver.GoAsync("/months")).Html);
    }

    [TestMethod]
    [DataRow(null, null)]
    [DataRow("mail:{driver}@drivers.example.org", null)]
    [DataRow("webhook:https://gateway.example.org/{driver}", null)]
    [DataRow("mail:desk@example.org", "Notices:Drivers is 'mail'; channel:recipient with {driver} in it, as in mail:{driver}@example.org.")]
    [DataRow("mail", "Notices:Drivers is 'mail'; channel:recipient with {driver} in it, as in mail:{driver}@example.org.")]
    [DataRow(":{driver}", "Notices:Drivers is ''; channel:recipient with {driver} in it, as in mail:{driver}@example.org.")]
    [DataRow("sms:{driver}", "Notices:Drivers is 'sms', but the server knows no telephone numbers; let a gateway at a webhook find them by the driver's code.")]
    public void Settings_OfDrivers_AreTold(string? drivers, string? fault) => Assert.AreEqual(fault, new NoticeSettings { Drivers = drivers }.FindFault());

    private async Task<string> RecordAsync() => (await _city.RecordAsync("d-2", "S01", "2017-05-10")).GetProperty("number").GetString()!;

    /// <summary>Who was told since the last time; the messages count as delivered then.</summary>
    private async Task AssertToldAsync(string expected, string why)
    {
        var told = await _city.WithDbAsync(async db =>
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            var waiting = await db.Set<OutboxMessage>().Where(m => m.Kind == DriverNotices.Kind && m.Status == OutboxStatus.Pending)
                .OrderBy(m => m.Id).ToListAsync();
            waiting.ForEach(m => m.Deliver(DateTimeOffset.UnixEpoch));
            await write.SaveAsync(CancellationToken.None);
            return string.Join(' ', waiting.Select(m => m.Recipient));
        });
        Assert.AreEqual(expected, told, why);
    }
}
