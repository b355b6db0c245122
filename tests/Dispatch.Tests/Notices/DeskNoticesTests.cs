using System.Globalization;
using Dispatch.Tests.Exchange;
using Dispatch.Tests.MonthClose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Notices;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Outbox;

namespace Dispatch.Tests.Notices;

/// <summary>What the desk is told of what waits: once, by every channel that was chosen, and nothing of what it is about.</summary>
[TestClass]
public class DeskNoticesTests
{
    private EmptyCity _city = null!;

    [TestInitialize]
    public async Task FillAsync()
    {
        var settings = new NoticeSettings { Desk = ["wecom:desk", "mail:desk@example.org"], PublicAddress = "https://credit.example.org/", Language = "en" };
        _city = await EmptyCity.BuildAsync(null, services =>
        {
            ClosingCity.InSmallBatches(services);
            services.AddSingleton(Options.Create(settings));
        });
        await _city.FillAsync();
    }

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Nothing_Waiting_TellsNothing()
    {
        await RunAsync();

        Assert.IsEmpty(await ToldAsync());
    }

    [TestMethod]
    public async Task Revision_WaitingLongerThanAWorkingDay_IsToldOnceToEverybody()
    {
        await ReverseAsync();
        await RunAsync();
        Assert.IsEmpty(await ToldAsync(), "it may wait until Wednesday the 3rd");
        await SetTodayAsync(new(2018, 1, 4));

        await RunAsync();
        await RunAsync();

        var told = await ToldAsync();
        CollectionAssert.AreEqual(new[] { "mail desk@example.org", "wecom desk" }, told.Select(m => $"{m.Channel} {m.Recipient}").Order().ToList());
        foreach (var message in told)
        {
            StringAssert.Contains(message.Payload, "There is something for you at TaxiCredit: https://credit.example.org/bureau\"");
            Assert.DoesNotContain("d-1", message.Payload);
        }
    }

    [TestMethod]
    public async Task Message_Failed_IsToldOnceAndItsOwnFailureNever()
    {
        await FailAsync("told");
        await RunAsync();
        Assert.HasCount(2, await ToldAsync());
        StringAssert.Contains((await ToldAsync())[0].Payload, "https://credit.example.org/outbox");

        await FailAsync(DeskNotices.Kind);
        await RunAsync();

        Assert.HasCount(3, await ToldAsync(), "the two and the one that failed");
    }

    /// <summary>It is Tuesday, 2 January 2018; two working days later it is Thursday.</summary>
    [TestMethod]
    [DataRow("2018-01-03", 2)]
    [DataRow("2018-01-04", 2)]
    [DataRow("2018-01-05", 0)]
    public async Task Ruling_DueInTwoWorkingDays_IsToldOnce(string ruleBy, int messages)
    {
        await _city.WithDbAsync(async db =>
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            db.Add(new Objection
            {
                CaseId = await db.Set<Case>().OrderBy(c => c.Id).Select(c => c.Id).FirstAsync(), Statement = "S", On = new(2017, 12, 20),
                At = DateTimeOffset.UnixEpoch, RuleBy = DateOnly.ParseExact(ruleBy, "yyyy-MM-dd", CultureInfo.InvariantCulture), StaySequence = 1,
            });
            await write.SaveAsync(CancellationToken.None);
            return 0;
        });

        await RunAsync();
        await RunAsync();

        var told = await ToldAsync();
        Assert.HasCount(messages, told);
        Assert.IsTrue(told.TrueForAll(m => m.Payload.Contains("https://credit.example.org/bureau\"", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Repair_ThatWaits_IsToldOnce()
    {
        await _city.WithDbAsync(async db =>
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            var report = await db.Set<Case>().OrderBy(c => c.Id).FirstAsync();
            db.Add(new Repair
            {
                Id = 1, DriverId = report.DriverId, CaseId = report.Id, Rule = "R01", Proof = "P", On = new(2018, 1, 2), At = DateTimeOffset.UnixEpoch,
            });
            await write.SaveAsync(CancellationToken.None);
            return 0;
        });

        await RunAsync();
        await RunAsync();

        Assert.HasCount(2, await ToldAsync());
        StringAssert.Contains((await ToldAsync())[0].Payload, "https://credit.example.org/bureau/repairs");
    }

    [TestMethod]
    public async Task Calendar_Ending_IsTold()
    {
        await SetTodayAsync(new(2018, 11, 2));

        await RunAsync();

        Assert.HasCount(2, await ToldAsync());
    }

    [TestMethod]
    [DataRow("zh-Hans", "https://a.example", "wecom:desk", null)]
    [DataRow("en", null, "mail:a@example.org", null)]
    [DataRow("fr", null, "wecom:desk", "Notices:Language is 'fr'; zh-Hans or en.")]
    [DataRow("en", "a.example", "wecom:desk", "Notices:PublicAddress is 'a.example'; an address like https://credit.example.org.")]
    [DataRow("en", null, "wecom", "Notices:Desk has 'wecom'; channel:recipient, as in wecom:desk.")]
    [DataRow("en", null, ":desk", "Notices:Desk has ''; channel:recipient, as in wecom:desk.")]
    public void Settings_Ranges_AreTold(string language, string? address, string desk, string? fault) =>
        Assert.AreEqual(fault, new NoticeSettings { Language = language, PublicAddress = address, Desk = [desk] }.FindFault());

    /// <summary>Takes back an entry of November, which is published, so that its driver would have other points. It is Tuesday, 2 January.</summary>
    private async Task ReverseAsync()
    {
        var entry = await _city.WithDbAsync(db => db.Ledger.AsNoTracking()
            .Where(e => e.Reverses == null && e.DecidedOn < new DateOnly(2017, 12, 1) && !db.Ledger.Any(r => r.Reverses == e.Sequence))
            .Where(e => e.Points < 0).OrderBy(e => e.Sequence).FirstAsync());
        var reversed = await _city.InContextAsync(context => ReverseEntry.HandleAsync(
            entry.Sequence, new(Acting.AtServer(SmallCity.Supervisor), "The meter was read wrongly."), context, CancellationToken.None));
        Assert.IsNull(reversed.Refusal, reversed.Refusal?.Detail);
    }

    private Task<int> SetTodayAsync(DateOnly today) => _city.WithDbAsync(async db =>
    {
        await _city.Server.Services.GetRequiredService<BureauTime>().SetAsync(db, today, CancellationToken.None);
        return 0;
    });

    private Task<long> FailAsync(string kind) => _city.WithDbAsync(async db =>
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        var message = db.AddToOutbox("webhook", "https://far.example.org", kind, "{}", DateTimeOffset.UnixEpoch);
        message.FailAttempt(new("refused", IsFinal: true), 20, 1, DateTimeOffset.UnixEpoch);
        await write.SaveAsync(CancellationToken.None);
        return message.Id;
    });

    private async Task RunAsync()
    {
        var job = _city.Server.Services.GetServices<Job>().Single(one => one.Name == DeskNotices.JobName);
        await using var scope = _city.Server.Services.CreateAsyncScope();
        var (db, time) = (scope.ServiceProvider.GetRequiredService<DispatchContext>(), scope.ServiceProvider.GetRequiredService<TimeProvider>());
        var lease = await db.AcquireAsync(job.LeaseName, "test", time.GetUtcNow(), job.LeaseTerm, CancellationToken.None);
        await job.RunAsync(new(scope.ServiceProvider, new(lease!, job.LeaseTerm, time)), CancellationToken.None);
        await db.ReleaseAsync(lease!, CancellationToken.None);
    }

    private Task<List<OutboxMessage>> ToldAsync() => _city.WithDbAsync(db =>
        db.Set<OutboxMessage>().AsNoTracking().Where(m => m.Kind == DeskNotices.Kind).OrderBy(m => m.Id).ToListAsync());
}
