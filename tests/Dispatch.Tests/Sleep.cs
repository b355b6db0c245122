using Microsoft.Extensions.Time.Testing;

namespace Dispatch.Tests;

/// <summary>Long times. <see cref="FakeTimeProvider.Advance"/> lets every timer fire as often as it would, which for a week of seconds takes minutes.</summary>
internal static class Sleep
{
    private static readonly TimeSpan Awake = TimeSpan.FromMinutes(1);

    /// <summary>Time passes as for a machine that slept: the clock jumps, and timers run again for the last minute of <paramref name="span"/>.</summary>
    /// <param name="span">A minute or more.</param>
    public static void Pass(this FakeTimeProvider time, TimeSpan span)
    {
        time.AdjustTime(time.GetUtcNow() + span - Awake);
        time.Advance(Awake);
    }
}
