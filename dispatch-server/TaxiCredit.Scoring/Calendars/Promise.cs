namespace TaxiCredit.Scoring.Calendars;

/// <summary>How a promised day stands to today.</summary>
public enum PromiseState
{
    /// <summary>The day is still to come.</summary>
    Running,

    /// <summary>It is today.</summary>
    LastDay,

    /// <summary>It is over.</summary>
    Late,

    /// <summary>The clock stands, and <see cref="Promise.StoppedBecause"/> says why; it is neither late nor in time.</summary>
    Stopped,
}

/// <summary>
/// A day that somebody was promised. It is worked out once, when it is promised, and what is stored is this: a calendar or a rulebook that changes later
/// changes no promise. A clock may be stopped with a reason; when it runs again, the promise moves by the time that it stood.
/// </summary>
/// <param name="On">Last day on which it is kept.</param>
/// <param name="StoppedOn">Since when the clock stands; null while it runs.</param>
/// <param name="StoppedBecause">Why it stands; empty while it runs.</param>
public readonly record struct Promise(DateOnly On, DateOnly? StoppedOn = null, string StoppedBecause = "")
{
    /// <summary>A promise in calendar days, the day after <paramref name="from"/> being the first.</summary>
    /// <param name="from">When the time begins to run.</param>
    /// <param name="days">0 and up.</param>
    public static Promise InCalendarDays(DateOnly from, int days) => new(from.AddDays(days));

    /// <summary>A promise in working days, the first one after <paramref name="from"/> being the first.</summary>
    /// <inheritdoc cref="WorkingCalendar.After"/>
    public static Promise InWorkingDays(DateOnly from, int days, WorkingCalendar calendar) => new(calendar.After(from, days).On);

    /// <summary>How it stands on a day.</summary>
    public PromiseState StateOn(DateOnly today) =>
        StoppedOn is not null ? PromiseState.Stopped
        : today < On ? PromiseState.Running
        : today == On ? PromiseState.LastDay
        : PromiseState.Late;

    /// <summary>Stops the clock.</summary>
    /// <param name="on">Today.</param>
    /// <param name="because">Why, for whoever waits; not blank.</param>
    /// <returns>Null if it stands already, or the day is over: what is late stays late.</returns>
    /// <exception cref="ArgumentException">There is no reason.</exception>
    public Promise? Stop(DateOnly on, string because)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(because);
        return StateOn(on) is PromiseState.Running or PromiseState.LastDay ? this with { StoppedOn = on, StoppedBecause = because } : null;
    }

    /// <summary>Starts the clock of a promise in calendar days; as many are left as were when it was stopped.</summary>
    /// <returns>Null if it runs, or was stopped after that day.</returns>
    public Promise? Resume(DateOnly on) => StoppedOn is { } stopped && on >= stopped ? new(On.AddDays(on.DayNumber - stopped.DayNumber)) : null;

    /// <summary>Starts the clock of a promise in working days; as many are left as were when it was stopped, and at least today or the next.</summary>
    /// <inheritdoc cref="Resume(DateOnly)"/>
    public Promise? Resume(DateOnly on, WorkingCalendar calendar)
    {
        if (StoppedOn is not { } stopped || on < stopped) return null;
        var left = calendar.Between(stopped, On);
        return new(left > 0 ? calendar.After(on, left).On : calendar.IsWorkingDay(on) ? on : calendar.After(on, 1).On);
    }
}
