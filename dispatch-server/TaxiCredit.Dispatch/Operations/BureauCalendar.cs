using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Scoring.Calendars;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>Section <c>Calendar</c> of the configuration.</summary>
internal sealed class CalendarSettings
{
    public const string Section = "Calendar";

    /// <summary>An absolute path. Without it, the file that comes with the program.</summary>
    public string? File { get; init; }

    /// <summary>So many days before its end people are told, 1 to 365. Notices come out in November, so that 60 leave time to enter one.</summary>
    public int WarnDays { get; init; } = 60;

    /// <summary>The first setting outside its range, or null.</summary>
    public string? FindFault() => this switch
    {
        { WarnDays: < 1 or > 365 } => $"{Section}:WarnDays is {WarnDays}; 1 to 365 days.",
        { File: { } file } when !Path.IsPathFullyQualified(file) => $"{Section}:File is '{file}'; an absolute path.",
        _ => null,
    };
}

/// <summary>
/// The bureau's calendar of working days, read once at the start, and whether it is about to end. Beyond its end Monday to Friday count, so that nobody's
/// objection is turned away for a missing file: who needs to know asks <see cref="DueDay.IsAssumed"/>.
/// </summary>
internal sealed partial class BureauCalendar(WorkingCalendar days, CalendarSettings settings, BureauTime bureau, ILogger<BureauCalendar> log)
{
    public static string UsualFile => Path.Combine(AppContext.BaseDirectory, "Calendars", "china.json");

    public WorkingCalendar Days => days;

    /// <summary>Last day that is known from today on; null if today is not known.</summary>
    public DateOnly? Through => days.EndOf(bureau.Today);

    /// <summary>Whether people are to be told: its end is near, or over.</summary>
    public bool IsEnding => Through is not { } last || last.DayNumber - bureau.Today.DayNumber <= settings.WarnDays;

    /// <exception cref="InvalidDataException">The file cannot be read or contradicts itself; every fault is named.</exception>
    public static WorkingCalendar Read(string file)
    {
        try
        {
            return CalendarReader.Read(File.ReadAllBytes(file), out var faults)
                ?? throw new InvalidDataException($"{file} is no calendar:\n{string.Join('\n', faults)}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{CalendarSettings.Section}:File cannot be read: {fault.Message}");
        }
    }

    private void Tell()
    {
        if (!IsEnding)
            return;
        if (Through is { } last)
            LogEnding(last);
        else
            LogEnded(bureau.Today);
    }

    [LoggerMessage(2151, LogLevel.Warning,
        "The calendar of working days ends on {Last:yyyy-MM-dd}; enter the State Council's next notice in a copy of china.json and name it in Calendar:File")]
    private partial void LogEnding(DateOnly last);

    [LoggerMessage(2152, LogLevel.Warning,
        "The calendar of working days does not know {Today:yyyy-MM-dd}: Monday to Friday are counted until Calendar:File names one that does")]
    private partial void LogEnded(DateOnly today);

    /// <summary>At the start, and again each day.</summary>
    public static Job Job => new("calendar", TimeSpan.FromDays(1), (job, _) =>
    {
        job.Services.GetRequiredService<BureauCalendar>().Tell();
        return Task.CompletedTask;
    });
}

/// <param name="Through">Last day that is known from today on; null if today is not known.</param>
/// <param name="IsEnding">Its end is near or over.</param>
internal sealed record CalendarView(DateOnly Today, bool IsWorkingDay, DateOnly? Through, bool IsEnding, IReadOnlyList<CalendarSpan> Spans);

internal static class CalendarFeature
{
    public static void AddCalendar(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<CalendarSettings>(configuration, CalendarSettings.Section, settings => settings.FindFault());
        services.AddSingleton(all =>
        {
            var settings = all.GetRequiredService<IOptions<CalendarSettings>>().Value;
            return new BureauCalendar(
                BureauCalendar.Read(settings.File ?? BureauCalendar.UsualFile), settings, all.GetRequiredService<BureauTime>(),
                all.GetRequiredService<ILogger<BureauCalendar>>());
        });
        services.AddJob(BureauCalendar.Job);
    }

    public static void MapCalendar(this RouteGroupBuilder api) =>
        api.MapGet("/calendar", (BureauCalendar calendar, BureauTime bureau) => new CalendarView(
                bureau.Today, calendar.Days.IsWorkingDay(bureau.Today), calendar.Through, calendar.IsEnding, calendar.Days.Spans))
            .WithSummary("Which days the calendar of working days knows, and whether it is about to end").WithTags("Upkeep").ProducesProblem(403)
            .Reads(Permission.ReadRoster);
}
