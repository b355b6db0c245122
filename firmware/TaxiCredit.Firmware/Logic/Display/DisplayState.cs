namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>What the unit is doing with its lights.</summary>
internal static class DisplayState
{
    public const int Booting = 0;
    public const int SelfTest = 1;
    public const int Showing = 2;
    public const int Unrated = 3;
    public const int Vacant = 4;
    public const int Stale = 5;
    public const int Fault = 6;
    public const int NoData = 7;
    public const int Off = 8;
    public const int Count = 9;

    private static readonly string[] Names =
    {
        "booting", "selftest", "showing", "unrated", "vacant", "stale", "fault", "nodata", "off",
    };

    /// <summary>The name in <c>state</c> messages.</summary>
    public static string NameOf(int state) => Names[state];
}
