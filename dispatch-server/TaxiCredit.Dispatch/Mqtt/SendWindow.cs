namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>
/// Sends many messages with a bounded number unacknowledged. A sliding window: the next goes out when any one is acknowledged, so that a slow one
/// takes one place and delays no other.
/// </summary>
internal static class SendWindow
{
    /// <summary>Messages unacknowledged at once. A broker may refuse more than a thousand.</summary>
    public const int Max = 64;

    /// <summary>Returns when all are acknowledged. After a fault nothing more is begun, and the first fault is thrown when what was begun has ended.</summary>
    /// <param name="guard">Awaited before each message, one at a time; what it throws ends the sending like a fault.</param>
    public static async Task SendAsync<T>(IEnumerable<T> messages, Func<T, Task> send, Func<ValueTask> guard, CancellationToken stop)
    {
        using var places = new SemaphoreSlim(Max);
        var begun = new List<Task>();
        var failed = false;
        try
        {
            foreach (var message in messages)
            {
                await places.WaitAsync(stop);
                if (Volatile.Read(ref failed))
                    break;
                begun.RemoveAll(task => task.IsCompletedSuccessfully);
                await guard();
                begun.Add(InPlaceAsync(message));
            }
        }
        finally
        {
            await Task.WhenAll(begun);
        }

        async Task InPlaceAsync(T message)
        {
            try
            {
                await send(message);
            }
            catch
            {
                // Before the place is free: whoever takes it must see this.
                Volatile.Write(ref failed, true);
                throw;
            }
            finally
            {
                places.Release();
            }
        }
    }
}
