using System.Threading.Channels;
using Dispatch.Tests.Databases;
using TaxiCredit.Dispatch;

namespace Dispatch.Tests;

/// <summary>
/// Waits for what another thread does. It is looked at when that thread announces something, never in a loop; a test that waits in vain is cancelled.
/// </summary>
internal static class Until
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="subscribe">Takes what is to be called each time that <paramref name="isSo"/> may have come true.</param>
    public static async Task SoAsync(Func<bool> isSo, Action<Action> subscribe)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        subscribe(Look);
        Look();
        await seen.Task.WaitAsync(Patience);

        void Look()
        {
            if (!seen.Task.IsCompleted && isSo())
                seen.TrySetResult();
        }
    }

    /// <summary>Looks after every write of a server of this process to the database of these options.</summary>
    /// <param name="options">Of a server with <see cref="QuickServices"/>, which announce what it writes.</param>
    /// <param name="isSo">Asks the database.</param>
    public static async Task StoredAsync(DispatchOptions options, Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        // One announcement is enough, however many writes it stands for.
        var written = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        Writes.All.Written += Announce;
        try
        {
            while (!await isSo())
                await written.Reader.ReadAsync(patience.Token);
        }
        finally
        {
            Writes.All.Written -= Announce;
        }

        void Announce(string connection)
        {
            if (connection.Contains(options.Data, StringComparison.Ordinal))
                written.Writer.TryWrite(true);
        }
    }
}
