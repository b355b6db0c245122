namespace TaxiCredit.Scoring.Calendars;

/// <summary>The day by which something is due.</summary>
/// <param name="On">Last day on which it is in time.</param>
/// <param name="IsAssumed">Part of the way leads beyond the calendar's end, where Monday to Friday were counted.</param>
public readonly record struct DueDay(DateOnly On, bool IsAssumed);

/// <summary>
/// Which days are worked: Monday to Friday, but for public holidays, and on the weekend days that make up for them. It knows the years for which somebody
/// has entered what was published; outside of these it counts Monday to Friday and says so. Thread-safe.
/// </summary>
public sealed class WorkingCalendar
{
    /// <summary>Most working days that are counted in one step.</summary>
    public const int MaxDays = 366;

    private readonly HashSet<DateOnly> _off;
    private readonly HashSet<DateOnly> _on;

    internal WorkingCalendar(IReadOnlyList<CalendarSpan> spans, HashSet<DateOnly> off, HashSet<DateOnly> on) => (Spans, _off, _on) = (spans, off, on);

    /// <summary>Where it knows every day, earliest first, with at least a day between two.</summary>
    public IReadOnlyList<CalendarSpan> Spans { get; }

    /// <summary>Whether what was published of this day is known.</summary>
    public bool Covers(DateOnly day) => EndOf(day) is not null;

    /// <summary>Last day that is known without a gap from <paramref name="day"/> on; null where not even that day is known.</summary>
    public DateOnly? EndOf(DateOnly day)
    {
        foreach (var span in Spans)
        {
            if (day >= span.From && day <= span.Through) return span.Through;
        }

        return null;
    }

    /// <summary>Whether the day is worked; Monday to Friday where the calendar does not know.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        !_off.Contains(day) && (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) || _on.Contains(day));

    /// <summary>The last of so many working days after a day, which is not counted itself.</summary>
    /// <param name="day">When the time begins to run; need not be worked.</param>
    /// <param name="workingDays">1 to <see cref="MaxDays"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Of <paramref name="workingDays"/>, or the calendar of .NET ends on the way.</exception>
    public DueDay After(DateOnly day, int workingDays)
    {
        if (workingDays is < 1 or > MaxDays)
            throw new ArgumentOutOfRangeException(nameof(workingDays), workingDays, $"1 to {MaxDays} working days are counted.");

        var isAssumed = false;
        for (var left = workingDays; left > 0;)
        {
            day = day.AddDays(1);
            isAssumed |= !Covers(day);
            if (IsWorkingDay(day)) left--;
        }

        return new(day, isAssumed);
    }

    /// <summary>Working days after one day up to another; 0 if the second is not later.</summary>
    public int Between(DateOnly after, DateOnly through)
    {
        var count = 0;
        for (var day = after; day < through;)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day)) count++;
        }

        return count;
    }
}

/// <summary>Days that a calendar knows without a gap.</summary>
/// <param name="From">First of them.</param>
/// <param name="Through">Last of them.</param>
/// <param name="Sources">What was published, and where, for people.</param>
public sealed record CalendarSpan(DateOnly From, DateOnly Through, IReadOnlyList<string> Sources);
