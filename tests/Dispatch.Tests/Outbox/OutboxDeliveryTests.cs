using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Outbox;

namespace Dispatch.Tests.Outbox;

[TestClass]
public class OutboxDeliveryTests
{
    private OutboxCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync() => _city = await OutboxCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Deliver_ManyToSeveralRecipients_KeepsTheOrderOfEach()
    {
        var texts = Enumerable.Range(0, 50).Select(n => $"{n}").ToList();
        for (var r = 0; r < 20; r++)
            await _city.AddAsync($"r{r}", r < 2 ? texts : texts.Take(1));

        await _city.DeliverAsync();

        foreach (var to in new[] { "r0:", "r1:" })
            CollectionAssert.AreEqual(texts, (from one in _city.Channel.Received where one.StartsWith(to, StringComparison.Ordinal) select one[3..]).ToList());
        Assert.HasCount(118, _city.Channel.Received);
        Assert.AreEqual(118, await _city.WithDbAsync(db => db.Set<OutboxMessage>().CountAsync(m => m.Status == OutboxStatus.Delivered && m.SettledAt != null)));
    }

    [TestMethod]
    public async Task Deliver_Again_SendsNothing()
    {
        await _city.AddAsync("a", "1");
        await _city.DeliverAsync();

        await _city.DeliverAsync();

        Assert.HasCount(1, _city.Channel.Received);
    }

    [TestMethod]
    public async Task Deliver_OneRecipientFails_ItsLaterOnesWaitAndOthersDoNot()
    {
        await _city.AddAsync("bad", "1", "2");
        await _city.AddAsync("good", "1", "2");
        _city.Channel.FailFor("bad");

        await _city.DeliverAsync();

        CollectionAssert.AreEqual(new[] { "good:1", "good:2" }, _city.Channel.Received.ToList());
        Assert.AreEqual("Pending 1 refused, Pending 0, Delivered 0, Delivered 0", await _city.StatesAsync());
    }

    [TestMethod]
    [DataRow(4_999, 1)]
    [DataRow(5_000, 2)]
    [DataRow(5_001, 2)]
    public async Task Deliver_MillisecondsAfterAFailure_IsRetriedAfterFiveSeconds(int milliseconds, int attempts)
    {
        await _city.AddAsync("bad", "1");
        _city.Channel.FailFor("bad");
        await _city.DeliverAsync();
        _city.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        await _city.DeliverAsync();

        Assert.AreEqual($"Pending {attempts} refused", await _city.StatesAsync());
    }

    [TestMethod]
    public async Task Deliver_WorksAgain_SendsWhatWaitedInOrder()
    {
        await _city.AddAsync("a", "1", "2");
        _city.Channel.FailFor("a");
        await _city.DeliverAsync();
        await _city.AddAsync("a", "3");
        _city.Channel.FailFor("nobody");
        await _city.DeliverAsync();
        Assert.IsEmpty(_city.Channel.Received);
        _city.Time.Advance(TimeSpan.FromSeconds(5));

        await _city.DeliverAsync();

        CollectionAssert.AreEqual(new[] { "a:1", "a:2", "a:3" }, _city.Channel.Received.ToList());
    }

    [TestMethod]
    public async Task Deliver_ChannelThrows_KeepsTheTypeAlone()
    {
        await _city.AddAsync("secret-recipient", "secret-payload");
        _city.Channel.Act = (_, _) => throw new InvalidOperationException("Authorization: secret-token");

        await _city.DeliverAsync();

        Assert.AreEqual("Pending 1 InvalidOperationException", await _city.StatesAsync());
        var line = _city.Log.Lines.Single(one => one.Contains("InvalidOperationException", StringComparison.Ordinal));
        StringAssert.Contains(line, "attempt 1");
        Assert.IsFalse(_city.Log.Lines.Any(one => one.Contains("secret", StringComparison.Ordinal)), string.Join('\n', _city.Log.Lines));
    }

    [TestMethod]
    public async Task Deliver_ChannelHangs_IsCutOffAfterTenSeconds()
    {
        await _city.AddAsync("hangs", "1");
        await _city.AddAsync("good", "1");
        var hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _city.Channel.Act = async (message, stop) =>
        {
            if (message.Recipient != "hangs")
                return null;
            hangs.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return null;
        };

        var delivery = Task.Run(() => _city.DeliverAsync());
        await hangs.Task;
        _city.Time.Advance(TimeSpan.FromSeconds(9.999));
        Assert.IsFalse(delivery.IsCompleted);
        _city.Time.Advance(TimeSpan.FromSeconds(0.001));
        await delivery;

        Assert.AreEqual("Pending 1 timeout, Delivered 0", await _city.StatesAsync());
    }

    [TestMethod]
    public async Task Deliver_ServerStopsMeanwhile_RecordsWhatWasSentAndBlamesNobody()
    {
        await _city.AddAsync("a", "1", "2");
        using var stop = new CancellationTokenSource();
        _city.Channel.Act = async (message, token) =>
        {
            if (message.Payload != "\"2\"")
                return null;
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            return null;
        };

        await Assert.ThrowsAsync<OperationCanceledException>(() => _city.DeliverAsync(stop.Token));

        Assert.AreEqual("Delivered 0, Pending 0", await _city.StatesAsync());
    }

    [TestMethod]
    public async Task Deliver_ChannelThatNobodyHasPluggedIn_Waits()
    {
        await _city.AddAsync("a", "1");
        await _city.WithDbAsync(db => db.Database.ExecuteSqlAsync($"""UPDATE "Outbox" SET "Channel" = 'mail' """));

        await _city.DeliverAsync();

        Assert.AreEqual("Pending 1 channel-not-plugged-in", await _city.StatesAsync());
    }

    /// <summary>The longest pause is an hour: a time beyond it was written by a clock that was ahead.</summary>
    [TestMethod]
    [DataRow(3_600, 0)]
    [DataRow(3_601, 1)]
    public async Task Deliver_NextAttemptIsSecondsAhead_IsSentAtOnceBeyondAnHour(int seconds, int received)
    {
        await _city.AddAsync("a", "1");
        var ahead = _city.Time.GetUtcNow().AddSeconds(seconds);
        await _city.WithDbAsync(db => db.Set<OutboxMessage>().ExecuteUpdateAsync(row => row.SetProperty(m => m.NextAttemptAt, ahead)));

        await _city.DeliverAsync();

        Assert.HasCount(received, _city.Channel.Received);
    }

    [TestMethod]
    public async Task Deliver_WhileAnotherServerHasTheLease_SendsNothing()
    {
        await using var other = _city.Second();
        await other.DeliverAsync();
        await _city.AddAsync("a", "1");

        await _city.DeliverAsync();

        Assert.IsEmpty(_city.Channel.Received);
    }

    /// <summary>A server is stopped in the middle of sending for longer than its lease, and wakes up after another has delivered.</summary>
    [TestMethod]
    public async Task Deliver_LeaseIsLostWhileSending_TheOthersRecordHoldsAndTheDuplicateHasTheSameId()
    {
        await using var other = _city.Second();
        await _city.AddAsync("a", "1", "2");
        _city.Channel.Act = async (message, _) =>
        {
            if (message.Payload == "\"1\"")
            {
                _city.Time.Advance(TimeSpan.FromSeconds(30));
                await other.DeliverAsync(CancellationToken.None);
            }

            return null;
        };

        await Assert.ThrowsExactlyAsync<JobLeaseLostException>(() => _city.DeliverAsync());

        CollectionAssert.AreEqual(new[] { "a:1", "a:2" }, other.Channel.Received.ToList());
        Assert.AreEqual("a:1", _city.Channel.Received[0]);
        Assert.AreEqual(other.Channel.Ids[0], _city.Channel.Ids[0]);
        Assert.AreEqual("Delivered 0, Delivered 0", await _city.StatesAsync());
    }
}
