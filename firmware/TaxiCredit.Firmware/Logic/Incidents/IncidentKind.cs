namespace TaxiCredit.Firmware.Logic.Incidents;

/// <summary>What a display notices. The numbers are stored: they are never reused.</summary>
internal static class IncidentKind
{
    public const int PowerOn = 1;
    public const int PowerFail = 2;
    public const int RatingShown = 3;
    public const int RatingRefused = 4;
    public const int ConfigRefused = 5;
    public const int CmdRefused = 6;
    public const int LightFault = 7;
    public const int LightRecovered = 8;
    public const int Tamper = 9;
    public const int VoltageLow = 10;
    public const int VoltageHigh = 11;
    public const int Heat = 12;
    public const int LinkLost = 13;
    public const int LinkRestored = 14;
    public const int ClockSet = 15;
    public const int StorageFault = 16;
    public const int Mark = 17;
    public const int SelfTest = 18;
    public const int Command = 19;

    /// <summary>Never stored: stands for records that were overwritten.</summary>
    public const int Lost = 20;
    public const int Thermometer = 21;

    /// <summary>A state table has no transition for a signal; nothing changed.</summary>
    public const int SignalRefused = 22;

    /// <summary>A calibration was stored or refused, or none is in force.</summary>
    public const int Calibration = 23;

    /// <summary>The converter died, or answers again.</summary>
    public const int Converter = 24;

    /// <summary>The I2C bus was stuck, and was clocked free.</summary>
    public const int Bus = 25;

    /// <summary>Incidents of a kind were left out, as there were too many.</summary>
    public const int Limited = 26;

    /// <summary>A program was given up, and the one before it loaded.</summary>
    public const int WentBack = 27;

    /// <summary>A package was not taken.</summary>
    public const int PackageRefused = 28;
    public const int Count = 29;

    private static readonly string[] Names =
    {
        "", "power-on", "power-fail", "rating-shown", "rating-refused", "config-refused", "cmd-refused",
        "light-fault", "light-recovered", "tamper", "voltage-low", "voltage-high", "heat", "link-lost", "link-restored",
        "clock-set", "storage-fault", "mark", "selftest", "command", "lost",
        "thermometer", "signal-refused", "calibration", "converter", "bus", "limited", "went-back",
        "package-refused",
    };

    /// <summary>The name in <c>incidents</c> messages.</summary>
    public static string NameOf(int kind) => Names[kind];
}
