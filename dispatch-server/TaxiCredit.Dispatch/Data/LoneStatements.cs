using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace TaxiCredit.Dispatch.Data;

/// <summary>
/// On SQLite a single statement that writes outside of a transaction takes the same lock as every other writer, and its driver sleeps on a thread
/// until it has it: it waits at the <see cref="WriteGate"/> too.
/// </summary>
internal sealed class LoneStatements(WriteGate gate) : DbCommandInterceptor
{
    private static readonly string[] Writing = ["INSERT", "UPDATE", "DELETE", "REPLACE"];

    private readonly ConcurrentDictionary<Guid, IDisposable> _turns = new();

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await EnterAsync(command, eventData, cancellationToken);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Leave(eventData.CommandId);
        return ValueTask.FromResult(result);
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await EnterAsync(command, eventData, cancellationToken);
        return result;
    }

    /// <summary>By now the reader has come to the end of what an INSERT … RETURNING returns, which is where SQLite commits it.</summary>
    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        Leave(eventData.CommandId);
        return result;
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        if (_turns.ContainsKey(eventData.CommandId) && Outages.Of(eventData.Exception) == Outage.Busy)
            gate.LockedElsewhere();
        Leave(eventData.CommandId);
        return Task.CompletedTask;
    }

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(eventData.CommandId);
        return Task.CompletedTask;
    }

    private async ValueTask EnterAsync(DbCommand command, CommandEventData happening, CancellationToken stop)
    {
        if (command is SqliteCommand { Transaction: null } && Writes(command.CommandText))
            _turns[happening.CommandId] = await gate.EnterAsync(stop);
    }

    private void Leave(Guid command)
    {
        if (_turns.TryRemove(command, out var turn))
            turn.Dispose();
    }

    private static bool Writes(string sql)
    {
        var start = sql.AsSpan().TrimStart();
        foreach (var word in Writing)
        {
            if (start.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
