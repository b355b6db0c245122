using System.Globalization;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>Nothing may be signed by the system clock; see <see cref="SigningClock"/>.</summary>
internal sealed class ClockLeaptException() : Exception("The system clock has leapt.");

/// <summary>
/// The time that is signed for cabs. A wall clock that leaps against the monotonic clock is not signed: a minute ahead of the truth would make every
/// windscreen stale. It is signed again once it is back, or when it has stood for <see cref="SettledAfter"/> where it leapt to, as that of a machine
/// that slept does. Thread-safe.
/// </summary>
internal sealed partial class SigningClock(TimeProvider time, ILogger<SigningClock> log)
{
    /// <summary>What an NTP client that steps a well-kept clock does not exceed.</summary>
    public static readonly TimeSpan MaxLeap = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan SettledAfter = TimeSpan.FromMinutes(15);

    private readonly Lock _gate = new();
    private Course? _signed;
    private Course? _leapt;

    /// <summary>What the clock has leapt, as last seen; zero while it is signed.</summary>
    public TimeSpan Leap { get; private set; }

    /// <summary>Reads the clock.</summary>
    /// <param name="now">System time, to be signed or not.</param>
    /// <returns>False when nothing may be signed.</returns>
    public bool TryRead(out DateTimeOffset now)
    {
        lock (_gate)
        {
            var seen = new Course(now = time.GetUtcNow(), time.GetTimestamp());
            var off = _signed is null ? TimeSpan.Zero : seen.Off(_signed, time);
            if (off.Duration() <= MaxLeap)
            {
                if (_leapt is not null)
                    LogReturned();
                (_signed, _leapt, Leap) = (seen, null, TimeSpan.Zero);
                return true;
            }
            if (_leapt is null || seen.Off(_leapt, time).Duration() > MaxLeap)
            {
                (_leapt, Leap) = (seen, off);
                LogLeapt(off.ToString("c", CultureInfo.InvariantCulture), (int)SettledAfter.TotalMinutes);
                return false;
            }
            if (time.GetElapsedTime(_leapt.Stamp, seen.Stamp) < SettledAfter)
                return false;
            LogSettled(off.ToString("c", CultureInfo.InvariantCulture));
            (_signed, _leapt, Leap) = (seen, null, TimeSpan.Zero);
            return true;
        }
    }

    [LoggerMessage(4011, LogLevel.Error,
        "The system clock leapt by {Leap}: nothing is signed for cabs until it is back, or has stood for {Minutes} minutes. Check the machine's clock")]
    private partial void LogLeapt(string leap, int minutes);

    [LoggerMessage(4012, LogLevel.Warning, "The system clock is back on its course; signing for cabs again")]
    private partial void LogReturned();

    [LoggerMessage(4013, LogLevel.Warning, "The system clock has stood where it leapt to, {Leap} off its course; signing for cabs again by it")]
    private partial void LogSettled(string leap);

    /// <summary>A wall time and the monotonic time at which it was read.</summary>
    private sealed record Course(DateTimeOffset Wall, long Stamp)
    {
        /// <summary>How far this one is ahead of where the clock of <paramref name="earlier"/> would be by now.</summary>
        public TimeSpan Off(Course earlier, TimeProvider time) => Wall - earlier.Wall - time.GetElapsedTime(earlier.Stamp, Stamp);
    }
}
