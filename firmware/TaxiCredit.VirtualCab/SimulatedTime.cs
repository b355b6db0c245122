using System;

namespace TaxiCredit.VirtualCab;

/// <summary>Time that advances only when told to.</summary>
internal sealed class SimulatedTime(DateTimeOffset begin) : TimeProvider
{
    private long _milliseconds;

    public override long TimestampFrequency => 1000;

    public double Seconds => _milliseconds / 1000.0;

    public override long GetTimestamp() => _milliseconds;

    public override DateTimeOffset GetUtcNow() => begin.AddMilliseconds(_milliseconds);

    public void Advance(long milliseconds) => _milliseconds += milliseconds;
}
