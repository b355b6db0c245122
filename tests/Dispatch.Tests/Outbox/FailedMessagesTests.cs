using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Outbox;

namespace Dispatch.Tests.Outbox;

[TestClass]
public class FailedMessagesTests
{
    private OutboxCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync()
    {
        _city = await OutboxCity.BuildAsync();
        await _city.AddAsync("bad", "1", "2");
        _city.Channel.FailFor("bad");
    }

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    /// <summary>Three attempts: at once, after 5 s and after 10 s more.</summary>
    [TestMethod]
    public async Task Failed_AttemptsAreUsedUp_IsATaskAndHoldsUpItsRecipient()
    {
        await ExhaustAsync();

        var failed = (await FailedAsync()).Single();
        Assert.AreEqual("test bad told 3 refused 1", $"{failed.Channel} {failed.Recipient} {failed.Kind} {failed.Attempts} {failed.Fault} {failed.Waiting}");
        StringAssert.Contains(_city.Log.Lines[^1], "failed for good on channel test after 3 attempts: refused");
        _city.Channel.FailFor("nobody");
        _city.Time.Advance(TimeSpan.FromDays(1));
        await _city.DeliverAsync();
        Assert.AreEqual("Failed 3 refused, Pending 0", await _city.StatesAsync());
    }

    [TestMethod]
    public async Task Failed_RefusedForGood_IsATaskAtOnce()
    {
        _city.Channel.FailFor("bad", isFinal: true);

        await _city.DeliverAsync();

        Assert.AreEqual("Failed 1 refused, Pending 0", await _city.StatesAsync());
    }

    [TestMethod]
    public async Task Retry_Failed_IsDeliveredBeforeWhatWaits()
    {
        await ExhaustAsync();
        _city.Channel.FailFor("nobody");

        Assert.IsNull(await RetryAsync());
        await _city.DeliverAsync();

        CollectionAssert.AreEqual(new[] { "bad:1", "bad:2" }, _city.Channel.Received.ToList());
        Assert.AreEqual("admin-a retry-message test told", await LastAuditAsync());
    }

    [TestMethod]
    public async Task Retry_FailsAgain_HasAllItsAttemptsAnew()
    {
        await ExhaustAsync();
        await RetryAsync();

        await _city.DeliverAsync();

        Assert.AreEqual("Pending 1 refused, Pending 0", await _city.StatesAsync());
    }

    [TestMethod]
    public async Task Discard_Failed_TheNextFollows()
    {
        await ExhaustAsync();
        _city.Channel.FailFor("nobody");

        Assert.IsNull(await DiscardAsync(await FailedIdAsync()));
        await _city.DeliverAsync();

        CollectionAssert.AreEqual(new[] { "bad:2" }, _city.Channel.Received.ToList());
        Assert.AreEqual("Discarded 3 refused, Delivered 0", await _city.StatesAsync());
        Assert.AreEqual("admin-a discard-message test told: Told by telephone.", await LastAuditAsync());
    }

    [TestMethod]
    public async Task Decide_NotFailed_IsRefusedAndNotAudited()
    {
        await _city.DeliverAsync();
        var pending = await _city.WithDbAsync(db => db.Set<OutboxMessage>().MinAsync(m => m.Id));

        Assert.AreEqual("message-not-failed", await RetryAsync(pending));
        Assert.AreEqual("message-unknown", await DiscardAsync(999));

        Assert.IsNull(await LastAuditAsync());
    }

    [TestMethod]
    [DataRow(30, 3)]
    [DataRow(31, 2)]
    public async Task Retention_DaysAfterDelivery_ErasesWhatIsSettled(int days, int left)
    {
        await _city.AddAsync("good", "1");
        await _city.DeliverAsync();
        _city.Time.Advance(TimeSpan.FromDays(days));
        var job = _city.Services.GetServices<Job>().Single(job => job.Name == OutboxFeature.RetentionJob);

        await using (var scope = _city.Services.CreateAsyncScope())
            await job.RunAsync(new(scope.ServiceProvider, null), CancellationToken.None);

        Assert.AreEqual(left, await _city.WithDbAsync(db => db.Set<OutboxMessage>().CountAsync()));
    }

    private async Task ExhaustAsync()
    {
        foreach (var seconds in new[] { 0, 5, 10 })
        {
            _city.Time.Advance(TimeSpan.FromSeconds(seconds));
            await _city.DeliverAsync();
        }
    }

    private Task<List<FailedMessage>> FailedAsync() => _city.WithDbAsync(db => db.FailedMessagesAsync(CancellationToken.None));

    private async Task<long> FailedIdAsync() => (await FailedAsync()).Single().Id;

    /// <returns>Code of the refusal; null if it was done.</returns>
    private async Task<string?> RetryAsync(long? id = null)
    {
        var failed = id ?? await FailedIdAsync();
        return (await _city.InContextAsync(context => RetryMessage.HandleAsync(failed, new(Acting.AtServer(SmallCity.Admin)), context, default))).Refusal?.Code;
    }

    /// <inheritdoc cref="RetryAsync"/>
    private async Task<string?> DiscardAsync(long id) => (await _city.InContextAsync(context =>
        DiscardMessage.HandleAsync(id, new(Acting.AtServer(SmallCity.Admin), "Told by telephone."), context, default))).Refusal?.Code;

    private Task<string?> LastAuditAsync() => _city.WithDbAsync(db => db.Set<AuditEntry>()
        .Where(entry => entry.Operation.EndsWith("-message")).Select(entry => $"{entry.Actor} {entry.Operation} {entry.Detail}").SingleOrDefaultAsync());
}
