using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Provisioning;

/// <summary>Content of a <c>config</c> message.</summary>
internal sealed class Settings
{
    public long Rev { get; private set; }

    /// <summary>Longest silence between two states, s.</summary>
    public int Heartbeat { get; private set; } = 60;

    /// <summary>Duty of a lit channel in daylight, ‰.</summary>
    public int Day { get; private set; } = 1000;

    /// <summary>Duty of a lit channel in the dark, ‰.</summary>
    public int Night { get; private set; } = 20;

    /// <summary>Ambient light from which <see cref="Day"/> holds, lx.</summary>
    public int DayLux { get; private set; } = 40000;

    /// <summary>Ambient light up to which <see cref="Night"/> holds, lx.</summary>
    public int NightLux { get; private set; } = 4;

    /// <summary>Time server; empty for the platform's default.</summary>
    public string Ntp1 { get; private set; } = "";

    public string Ntp2 { get; private set; } = "";

    /// <summary>Key epoch to use.</summary>
    public int Epoch { get; private set; }

    /// <summary>Reads the fields of the message that passed the gate.</summary>
    /// <returns>Null when the message breaks the contract.</returns>
    public static Settings? Read(FlatReader json)
    {
        var settings = new Settings();
        if (!json.TryGetInteger("rev", 1, Gate.LastTime, out long rev)) return null;
        if (!json.TryGetInteger("heartbeat", 10, 3600, out long heartbeat)) return null;
        if (!json.TryGetInteger("day", 20, 1000, out long day)) return null;
        if (!json.TryGetInteger("night", 20, day, out long night)) return null;
        if (!json.TryGetInteger("dayLux", 1, 100000, out long dayLux)) return null;
        if (!json.TryGetInteger("nightLux", 0, dayLux - 1, out long nightLux)) return null;
        if (!json.TryGetInteger("epoch", 1, Keyring.LastEpoch, out long epoch)) return null;
        if (!TryReadServer(json, "ntp1", out string ntp1) || !TryReadServer(json, "ntp2", out string ntp2)) return null;

        settings.Rev = rev;
        settings.Heartbeat = (int)heartbeat;
        settings.Day = (int)day;
        settings.Night = (int)night;
        settings.DayLux = (int)dayLux;
        settings.NightLux = (int)nightLux;
        settings.Epoch = (int)epoch;
        settings.Ntp1 = ntp1;
        settings.Ntp2 = ntp2;
        return settings;
    }

    private static bool TryReadServer(FlatReader json, string name, out string server)
    {
        server = "";
        return !json.Has(name) || json.TryGetString(name, 0, 64, out server);
    }
}
