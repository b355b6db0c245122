using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests.Databases;

/// <summary>Where the writers of a process queue.</summary>
[TestClass]
public sealed class WriteGateTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WriteGate _gate;

    public WriteGateTests() => _gate = new(_time);

    [TestMethod]
    public async Task Writers_InAQueue_GoInTheOrderOfTheirComing()
    {
        var turn = await _gate.EnterAsync(default);
        var waiting = Enumerable.Range(0, 5).Select(_ => _gate.EnterAsync(default).AsTask()).ToList();

        foreach (var next in waiting)
        {
            turn.Dispose();
            turn = await next;
            Assert.IsFalse(waiting.Skip(waiting.IndexOf(next) + 1).Any(later => later.IsCompleted));
        }

        turn.Dispose();
        (await _gate.EnterAsync(default)).Dispose();
        Assert.AreEqual(7L, _gate.Waits.Read().Buckets[^1].Count);
    }

    [TestMethod]
    public async Task Writer_WhoLeavesTheQueue_KeepsNobodyBehind()
    {
        var turn = await _gate.EnterAsync(default);
        using var left = new CancellationTokenSource();
        var leaving = _gate.EnterAsync(left.Token).AsTask();
        var behind = _gate.EnterAsync(default).AsTask();

        await left.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => leaving);
        turn.Dispose();

        (await behind).Dispose();
        Assert.AreEqual((0, 0L), (_gate.Waiting, _gate.SentAway));
    }

    [TestMethod]
    [DataRow(199, false)]
    [DataRow(200, true)]
    [DataRow(201, true)]
    public async Task Writer_BeyondTwoHundred_IsSentAway(int waiting, bool isSentAway)
    {
        using var turn = await _gate.EnterAsync(default);
        var before = Enumerable.Range(0, Math.Min(waiting, 200)).Select(_ => _gate.EnterAsync(default).AsTask()).ToList();

        if (isSentAway)
            await Assert.ThrowsExactlyAsync<WritersBusyException>(() => _gate.EnterAsync(default).AsTask());
        else
            Assert.IsFalse(_gate.EnterAsync(default).AsTask().IsCompleted);

        Assert.IsTrue(before.TrueForAll(one => !one.IsCompleted));
    }

    [TestMethod]
    [DataRow(9_999, false)]
    [DataRow(10_000, true)]
    [DataRow(10_001, true)]
    public async Task Writer_WhoWaitedTenSeconds_IsSentAway(int milliseconds, bool isSentAway)
    {
        var turn = await _gate.EnterAsync(default);
        var waiting = _gate.EnterAsync(default).AsTask();

        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        if (isSentAway)
        {
            await Assert.ThrowsExactlyAsync<WritersBusyException>(() => waiting);
            Assert.AreEqual(1L, _gate.SentAway);
            turn.Dispose();
        }
        else
        {
            turn.Dispose();
            turn = await waiting;
            turn.Dispose();
        }

        (await _gate.EnterAsync(default)).Dispose();
    }

    [TestMethod]
    public async Task Writers_BehindALockOfAnotherProcess_AreSentAwayTogether()
    {
        using var turn = await _gate.EnterAsync(default);
        var waiting = Enumerable.Range(0, 3).Select(_ => _gate.EnterAsync(default).AsTask()).ToList();

        _gate.LockedElsewhere();

        foreach (var one in waiting)
            await Assert.ThrowsExactlyAsync<WritersBusyException>(() => one);
    }

    [TestMethod]
    public async Task Gate_ClosedAndOpened_LetsNobodyInBetween()
    {
        var turn = await _gate.EnterAsync(default);
        var waiting = _gate.EnterAsync(default).AsTask();

        _gate.Close("the file is gone");

        await Assert.ThrowsExactlyAsync<DatabaseGoneException>(() => waiting);
        await Assert.ThrowsExactlyAsync<DatabaseGoneException>(() => _gate.EnterAsync(default).AsTask());
        turn.Dispose();
        _gate.Open();
        (await _gate.EnterAsync(default)).Dispose();
    }

    [TestMethod]
    public async Task Turn_DisposedTwice_LetsOneIn()
    {
        var turn = await _gate.EnterAsync(default);
        var (first, second) = (_gate.EnterAsync(default).AsTask(), _gate.EnterAsync(default).AsTask());

        turn.Dispose();
        turn.Dispose();

        (await first).Dispose();
        (await second).Dispose();
    }
}
