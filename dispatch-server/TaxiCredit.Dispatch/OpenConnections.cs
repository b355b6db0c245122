using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TaxiCredit.Dispatch;

/// <summary>
/// Connections of browsers. A live page keeps its own open for as long as somebody looks at it; when the server stops, those that have not ended by
/// themselves within a moment are ended, so that what must stop in order still has the time.
/// </summary>
internal sealed class OpenConnections
{
    /// <summary>For requests that are being answered.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);

    private readonly ConcurrentDictionary<ConnectionContext, bool> _open = new();

    public void Watch(ListenOptions listen) => listen.Use(next => async connection =>
    {
        _open[connection] = true;
        try
        {
            await next(connection);
        }
        finally
        {
            _open.TryRemove(connection, out _);
        }
    });

    public void EndWithin(IHostApplicationLifetime host) => host.ApplicationStopping.Register(() => _ = EndAsync(host.ApplicationStopped));

    private async Task EndAsync(CancellationToken stopped)
    {
        // Of the machine's time, as the host's own patience is.
        await Task.Delay(Grace, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var connection in _open.Keys)
            connection.Abort(new ConnectionAbortedException("The server stops."));
    }
}
