using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>
/// The date at the bureau: dates conduct, decisions and months, in the city's zone (Asia/Shanghai, UTC+8, no summer time).
/// It follows the system's clock unless a demo has set it; sign-in, the wire and the cabs always keep system time.
/// </summary>
internal sealed class BureauTime(TimeProvider time)
{
    private static readonly TimeZoneInfo City = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private DateOnly? _set;

    public DateOnly Today => _set ?? DayOf(time.GetUtcNow());

    /// <summary>The bureau's date is the calendar's, so that instants and the bureau's days can be compared.</summary>
    public bool IsCalendar => Today == DayOf(time.GetUtcNow());

    /// <summary>The city's calendar day of an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(InCity(instant).DateTime);

    /// <summary>An instant as the city's clocks show it.</summary>
    public static DateTimeOffset InCity(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, City);

    /// <summary>The instant at which a day of the city begins.</summary>
    public static DateTimeOffset BeginOf(DateOnly day) => new(day.ToDateTime(default), City.GetUtcOffset(day.ToDateTime(default)));

    /// <summary>Sets the date and keeps it over restarts. A demo only: a bureau's date is the calendar's.</summary>
    public async Task SetAsync(DispatchContext db, DateOnly today, CancellationToken stop)
    {
        var setting = await db.Settings.FindAsync([Setting.BureauDate], stop);
        if (setting is null)
            db.Settings.Add(setting = new Setting { Name = Setting.BureauDate });
        setting.Value = today.ToString("O", CultureInfo.InvariantCulture);
        await db.SaveChangesAsync(stop);
        _set = today;
    }

    /// <summary>Takes up a date that an earlier run has set. Call once at start.</summary>
    public async Task LoadAsync(DispatchContext db, CancellationToken stop)
    {
        var kept = await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Name == Setting.BureauDate, stop);
        _set = kept is null ? null : DateOnly.ParseExact(kept.Value, "O", CultureInfo.InvariantCulture);
    }
}
