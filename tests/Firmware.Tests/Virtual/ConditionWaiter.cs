namespace Firmware.Tests.Virtual;

/// <summary>Waits for conditions, which are looked at again whenever something happens: nothing polls.</summary>
internal sealed class ConditionWaiter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<(Func<bool> IsMet, TaskCompletionSource Done)> _waiting = [];

    /// <summary>Something happened, on any thread.</summary>
    public void Notify()
    {
        lock (_lock)
        {
            foreach ((Func<bool> isMet, TaskCompletionSource done) in _waiting)
            {
                if (isMet()) done.TrySetResult();
            }

            _waiting.RemoveAll(waiting => waiting.Done.Task.IsCompleted);
        }
    }

    /// <summary>Waits until <paramref name="isMet"/> says so; at most 60 s.</summary>
    public async Task UntilAsync(Func<bool> isMet, string what)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _waiting.Add((isMet, done));
        Notify();
        try
        {
            await done.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"waited 60 s for: {what}");
        }
    }
}
