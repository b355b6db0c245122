using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// Stores when sessions were last used, beside the requests that use them: a page that only reads must not wait for those who write. What a fault
/// loses, the next request brings again. Thread-safe.
/// </summary>
internal sealed partial class SeenSessions(IServiceScopeFactory scopes, ILogger<SeenSessions> log) : BackgroundService
{
    private const int MaxWaiting = 10_000;

    private readonly Channel<Guid> _next = Channel.CreateBounded<Guid>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.Wait });
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _unsaved = new();

    public void Note(Guid session, DateTimeOffset at)
    {
        if (_unsaved.TryAdd(session, at) && !_next.Writer.TryWrite(session))
            _unsaved.TryRemove(session, out _);
    }

    /// <summary>When it was last used, whether that is stored yet or not.</summary>
    public DateTimeOffset Of(Session session) => _unsaved.TryGetValue(session.Id, out var at) && at > session.SeenAt ? at : session.SeenAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var id in _next.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                var at = _unsaved[id];
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<DispatchContext>().Set<Session>().Where(s => s.Id == id && s.SeenAt < at)
                    .ExecuteUpdateAsync(row => row.SetProperty(s => s.SeenAt, at), stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogUnsaved(fault);
            }
            finally
            {
                _unsaved.TryRemove(id, out _);
            }
        }
    }

    [LoggerMessage(1251, LogLevel.Warning, "Failed to store when a session was last used; its next request tries again")]
    private partial void LogUnsaved(Exception fault);
}
