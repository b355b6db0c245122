namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>The five channels: 0 is the bar, 1 to 4 are the stars.</summary>
internal static class Channels
{
    public const int Count = 5;
    public const int All = (1 << Count) - 1;

    private static readonly string[] Names = { "bar", "star1", "star2", "star3", "star4" };

    /// <summary>What is lit for a state: bar and stars while showing, else nothing. Lit means rated.</summary>
    public static int For(int state, int stars) => state == DisplayState.Showing ? (2 << stars) - 1 : 0;

    public static string NameOf(int channel) => Names[channel];

    public static int CountIn(int mask)
    {
        int count = 0;
        for (; mask != 0; mask &= mask - 1) count++;
        return count;
    }
}
