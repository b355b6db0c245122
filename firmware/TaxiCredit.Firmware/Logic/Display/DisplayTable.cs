using To = TaxiCredit.Firmware.Logic.Display.DisplayState;

namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>The display's states: all pairs in one table.</summary>
internal static class DisplayTable
{
    /// <summary>In incidents <c>signal-refused</c>.</summary>
    public const int Number = 1;

    private const byte None = 255;

    private static readonly byte[] Next =
    {
        //             Rated       Unrated     Vacant     Expired   Empty      Test         Broken    SwitchedOff
        /* Booting  */ To.Showing, To.Unrated, To.Vacant, To.Stale, To.NoData, To.SelfTest, To.Fault, To.Off,
        /* SelfTest */ To.Showing, To.Unrated, To.Vacant, To.Stale, To.NoData, None,        To.Fault, To.Off,
        /* Showing  */ To.Showing, To.Unrated, To.Vacant, To.Stale, To.NoData, To.SelfTest, To.Fault, To.Off,
        /* Unrated  */ To.Showing, To.Unrated, To.Vacant, To.Stale, To.NoData, To.SelfTest, To.Fault, To.Off,
        /* Vacant   */ To.Showing, To.Unrated, To.Vacant, To.Stale, To.NoData, To.SelfTest, To.Fault, To.Off,
        /* Stale    */ To.Showing, To.Unrated, To.Vacant, To.Stale, To.NoData, To.SelfTest, To.Fault, To.Off,
        /* Fault    */ To.Showing, To.Unrated, To.Vacant, To.Stale, To.NoData, To.SelfTest, To.Fault, To.Off,
        /* NoData   */ To.Showing, To.Unrated, To.Vacant, To.Stale, To.NoData, To.SelfTest, To.Fault, To.Off,
        /* Off      */ To.Showing, To.Unrated, To.Vacant, To.Stale, To.NoData, To.SelfTest, To.Fault, To.Off,
    };

    /// <summary>The state after <paramref name="signal"/>.</summary>
    /// <returns>False when the pair is not defined; <paramref name="to"/> is then <paramref name="from"/>.</returns>
    public static bool TryNext(int from, int signal, out int to)
    {
        byte next = Next[(from * Signal.Count) + signal];
        to = next == None ? from : next;
        return next != None;
    }
}
