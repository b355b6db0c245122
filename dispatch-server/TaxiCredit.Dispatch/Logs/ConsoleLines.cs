using System.Diagnostics;
using System.Globalization;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Logs;

/// <summary>
/// Writes the log to the console, a line an event: instant (UTC), level, event id, category, message, and the trace id where a request is its reason. What
/// repeats itself is counted, see <see cref="Repeats"/>; an outage of the database is one line and no stack, for nothing in this program is its reason.
/// </summary>
internal sealed class ConsoleLines : ILoggerProvider
{
    private readonly TextWriter _out;
    private readonly TimeProvider _time;
    private readonly Repeats _repeats = new();
    private readonly Lock _writing = new();
    private readonly ITimer _tell;

    /// <param name="time">The machine's: a log tells when something happened, whatever day it is at the bureau.</param>
    public ConsoleLines(TextWriter output, TimeProvider time)
    {
        (_out, _time) = (output, time);
        _tell = time.CreateTimer(_ => Tell(), null, Repeats.Window, Repeats.Window);
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        _tell.Dispose();
        Tell(all: true);
    }

    private void Write(LogLevel level, EventId id, string category, string message, Exception? fault)
    {
        var now = _time.GetUtcNow();
        var outage = Outages.Of(fault);
        if (level >= LogLevel.Warning)
        {
            // Whoever noticed an outage, it is the same; of everything else the words tell what it is about.
            var kind = outage is null ? $"{category} {id.Id} {message} {fault?.GetType().Name}" : $"{category} {id.Id} {outage}";
            if (!_repeats.IsNew(kind, $"{Name(level)} {id.Id} {Short(category)}", now))
                return;
        }

        var root = fault?.GetBaseException();
        var reason = root is null ? "" : outage is null ? $"\n{fault}" : $" | {root.GetType().Name}: {OneLine(root.Message)}";
        var trace = Activity.Current is { } activity ? $" trace {activity.TraceId}" : "";
        Put($"{Stamp(now)} {Name(level)} {id.Id} {Short(category)}: {message}{trace}{reason}");
    }

    private void Tell(bool all = false)
    {
        var now = _time.GetUtcNow();
        foreach (var (what, times) in _repeats.Take(now, all))
            Put($"{Stamp(now)} {what}: {times} more like the last of these");
    }

    private void Put(string line)
    {
        lock (_writing)
        {
            _out.WriteLine(line);
            _out.Flush();
        }
    }

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Short(string category) => category.StartsWith("TaxiCredit.Dispatch.", StringComparison.Ordinal) ? category[20..] : category;

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit",
        LogLevel.Error => "fail",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "debg",
    };

    private sealed class Logger(ConsoleLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Write(logLevel, eventId, category, formatter(state, exception), exception);
    }
}
