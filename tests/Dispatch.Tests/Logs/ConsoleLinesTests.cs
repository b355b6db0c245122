using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Logs;

namespace Dispatch.Tests.Logs;

/// <summary>What the log says, and how often.</summary>
[TestClass]
public sealed class ConsoleLinesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 4, 5, 6, 789, TimeSpan.Zero));
    private readonly StringWriter _out = new();
    private readonly ConsoleLines _lines;

    public ConsoleLinesTests() => _lines = new(_out, _time);

    private string[] Lines => _out.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    public void Dispose() => _lines.Dispose();

    [TestMethod]
    public void Line_HasInstantLevelNumberAndCategory()
    {
        Log(LogLevel.Warning, "Broker lost");

        Assert.AreEqual("2026-11-30T04:05:06.789Z warn 17 Mqtt.Broker: Broker lost", Lines.Single());
    }

    [TestMethod]
    public void Outage_FoundByMany_IsOneLineWithoutAStack()
    {
        foreach (var job in Enumerable.Range(0, 500))
            Log(LogLevel.Error, $"Job {job} failed", new InvalidOperationException("outer", new DatabaseGoneException("the file\nis gone")));

        Assert.AreEqual("2026-11-30T04:05:06.789Z fail 17 Mqtt.Broker: Job 0 failed | DatabaseGoneException: the file is gone", Lines.Single());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.AreEqual("2026-11-30T04:06:06.789Z fail 17 Mqtt.Broker: 499 more like the last of these", Lines[1]);
    }

    [TestMethod]
    public void Fault_ThatIsNoOutage_KeepsItsStackAndItsSubject()
    {
        Log(LogLevel.Error, "Display a failed", new InvalidOperationException("planted"));
        Log(LogLevel.Error, "Display b failed", new InvalidOperationException("planted"));
        Log(LogLevel.Error, "Display a failed", new InvalidOperationException("planted"));

        Assert.AreEqual(2, Lines.Count(line => line.Contains(" fail ", StringComparison.Ordinal)));
        Assert.AreEqual(2, Lines.Count(line => line == "System.InvalidOperationException: planted"));
    }

    [TestMethod]
    public void Information_Repeated_IsEachTimeALine()
    {
        Log(LogLevel.Information, "Became the leader");
        Log(LogLevel.Information, "Became the leader");

        Assert.HasCount(2, Lines);
    }

    [TestMethod]
    [DataRow(59, 1)]
    [DataRow(60, 2)]
    [DataRow(61, 2)]
    public void Fault_ThatComesAgainAfterItsWindow_IsToldAnew(int seconds, int told)
    {
        Log(LogLevel.Error, "Failed");
        _time.Advance(TimeSpan.FromSeconds(seconds));
        Log(LogLevel.Error, "Failed");

        Assert.HasCount(told, Lines);
    }

    private void Log(LogLevel level, string message, Exception? fault = null) =>
        _lines.CreateLogger("TaxiCredit.Dispatch.Mqtt.Broker").Log(level, new EventId(17), message, fault, (text, _) => text);
}
