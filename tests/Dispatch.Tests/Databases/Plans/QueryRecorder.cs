using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dispatch.Tests.Databases.Plans;

/// <summary>Keeps every command that Entity Framework runs, of all databases, until it is disposed.</summary>
internal sealed class QueryRecorder : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentDictionary<(string Database, string Text), IReadOnlyList<DbParameter>> _commands = new();
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];

    public QueryRecorder() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>Each command of a database once, with parameters to run it again.</summary>
    public IEnumerable<(string Text, IReadOnlyList<DbParameter> Parameters)> Of(DbConnection connection) =>
        _commands.Where(c => c.Key.Database == NameOf(connection)).Select(c => (c.Key.Text, c.Value)).OrderBy(c => c.Text, StringComparer.Ordinal);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
            _subscriptions.Add(value.Subscribe(this, name => name == RelationalEventId.CommandExecuted.Name));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not CommandExecutedEventData { Command: { Connection: { } connection } command })
            return;
        _commands.GetOrAdd(
            (NameOf(connection), command.CommandText),
            _ => [.. command.Parameters.Cast<DbParameter>().Select(p => (p as ICloneable)?.Clone() as DbParameter ?? p)]);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
    }

    private static string NameOf(DbConnection connection) => $"{connection.DataSource} {connection.Database}";
}
