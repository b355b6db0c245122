using Microsoft.Extensions.Time.Testing;

namespace Dispatch.Tests.Displays;

/// <summary>A clock whose wall time can leap, as an operator or a time server makes it; timers and timestamps do not notice.</summary>
internal sealed class LeapingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Lock _gate = new();

    public TimeSpan Leap
    {
        get
        {
            lock (_gate)
                return field;
        }

        set
        {
            lock (_gate)
                field = value;
        }
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Leap;

    /// <summary>The base takes its timestamps, in ticks, from the wall time; it does not leap between that and the subtraction.</summary>
    public override long GetTimestamp()
    {
        lock (_gate)
            return base.GetTimestamp() - Leap.Ticks;
    }
}
