using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>Settings of all displays, section <c>Displays</c> of the configuration.</summary>
internal sealed class DisplaySettings
{
    public const string Section = "Displays";

    /// <summary>Max time between two states, 10 to 3,600 s; see <see cref="OfflineRule"/>.</summary>
    public int Heartbeat { get; init; } = 150;

    /// <summary>Duty of a lit channel in daylight, 20 to 1,000 ‰.</summary>
    public int Day { get; init; } = 1_000;

    /// <summary>Duty in the dark, 20 ‰ to <see cref="Day"/>.</summary>
    public int Night { get; init; } = 20;

    /// <summary>Ambient light at and above which <see cref="Day"/> holds, up to 100,000 lx.</summary>
    public int DayLux { get; init; } = 40_000;

    /// <summary>Ambient light at and below which <see cref="Night"/> holds, below <see cref="DayLux"/>.</summary>
    public int NightLux { get; init; } = 4;

    /// <summary>Time servers, up to 64 characters each.</summary>
    public string? Ntp1 { get; init; }

    public string? Ntp2 { get; init; }

    public ConfigContent For(int epoch) => new(Heartbeat, Day, Night, DayLux, NightLux, Ntp1, Ntp2, epoch);

    /// <summary>The first setting outside its range, or null.</summary>
    public string? FindFault() => this switch
    {
        { Heartbeat: < 10 or > 3_600 } => $"{Section}:Heartbeat is {Heartbeat}; 10 to 3600 s.",
        { Day: < 20 or > 1_000 } => $"{Section}:Day is {Day}; 20 to 1000 ‰.",
        _ when Night < 20 || Night > Day => $"{Section}:Night is {Night}; 20 ‰ to Day.",
        { DayLux: < 0 or > 100_000 } => $"{Section}:DayLux is {DayLux}; 0 to 100000 lx.",
        _ when NightLux < 0 || NightLux >= DayLux => $"{Section}:NightLux is {NightLux}; 0 lx to below DayLux.",
        { Ntp1.Length: > 64 } or { Ntp2.Length: > 64 } => $"{Section}:Ntp1 and Ntp2 have up to 64 characters.",
        _ => null,
    };
}
