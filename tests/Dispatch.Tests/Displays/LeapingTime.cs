using Microsoft.Extensions.Time.Testing;

namespace Dispatch.Tests.Displays;

/// <summary>A clock whose wall time can leap, as an operator or a time server makes it; timers and timestamps do not notice.</summary>
internal sealed class LeapingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    public TimeSpan Leap { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Leap;

    /// <summary>The base takes its timestamps, in ticks, from the wall time.</summary>
    public override long GetTimestamp() => base.GetTimestamp() - Leap.Ticks;
}
