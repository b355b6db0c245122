using System.Threading.Channels;
using TaxiCredit.Dispatch.Mqtt;

namespace Dispatch.Tests.Mqtt;

[TestClass]
public sealed class SendWindowTests
{
    private readonly Channel<TaskCompletionSource> _begun = Channel.CreateUnbounded<TaskCompletionSource>();

    [TestMethod]
    public async Task Window_SlowMessage_TakesOnePlaceAndDelaysNoOther()
    {
        var sending = SendAsync(200);
        var slow = await _begun.Reader.ReadAsync();
        for (var n = 1; n < 200; n++)
            (await _begun.Reader.ReadAsync()).SetResult();

        Assert.IsFalse(sending.IsCompleted);
        slow.SetResult();
        await sending;
    }

    [TestMethod]
    [DataRow(63, 63)]
    [DataRow(64, 64)]
    [DataRow(65, 64)]
    public async Task Window_NothingAcknowledged_HasAtMost64OnTheirWay(int messages, int begun)
    {
        var sending = SendAsync(messages);

        Assert.AreEqual(begun, _begun.Reader.Count);
        for (var n = 0; n < messages; n++)
            (await _begun.Reader.ReadAsync()).SetResult();
        await sending;
    }

    [TestMethod]
    public async Task Window_FailedMessage_BeginsNoOtherAndThrowsWhenTheRestHasEnded()
    {
        var sending = SendAsync(70);
        (await _begun.Reader.ReadAsync()).SetException(new IOException("The link is gone."));
        for (var n = 1; n < 64; n++)
            (await _begun.Reader.ReadAsync()).SetResult();

        await Assert.ThrowsExactlyAsync<IOException>(() => sending);
        Assert.AreEqual(0, _begun.Reader.Count);
    }

    [TestMethod]
    public async Task Window_GuardThrows_BeginsNoOther()
    {
        var guards = 0;
        var sending = SendWindow.SendAsync(
            Enumerable.Range(0, 10), Send, () => ++guards == 4 ? throw new InvalidOperationException("Another server leads.") : ValueTask.CompletedTask,
            CancellationToken.None);
        Assert.AreEqual(3, _begun.Reader.Count);
        for (var n = 0; n < 3; n++)
            (await _begun.Reader.ReadAsync()).SetResult();

        await Assert.ThrowsExactlyAsync<InvalidOperationException>(() => sending);
    }

    private Task SendAsync(int messages) =>
        SendWindow.SendAsync(Enumerable.Range(0, messages), Send, () => ValueTask.CompletedTask, CancellationToken.None);

    private Task Send(int n)
    {
        var message = new TaskCompletionSource();
        Assert.IsTrue(_begun.Writer.TryWrite(message));
        return message.Task;
    }
}
