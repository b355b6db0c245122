namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>The display's states: all pairs in one table.</summary>
internal static class DisplayTable
{
    /// <summary>In incidents <c>signal-refused</c>.</summary>
    public const int Number = 1;

    private const byte None = 255;

    private static readonly byte[] Next =
    {
        //             Rated Unrated Vacant Expired Empty  Test  Broken SwitchedOff
        /* Booting  */ 2,    3,      4,     5,      7,     1,    6,     8,
        /* SelfTest */ 2,    3,      4,     5,      7,     None, 6,     8,
        /* Showing  */ 2,    3,      4,     5,      7,     1,    6,     8,
        /* Unrated  */ 2,    3,      4,     5,      7,     1,    6,     8,
        /* Vacant   */ 2,    3,      4,     5,      7,     1,    6,     8,
        /* Stale    */ 2,    3,      4,     5,      7,     1,    6,     8,
        /* Fault    */ 2,    3,      4,     5,      7,     1,    6,     8,
        /* NoData   */ 2,    3,      4,     5,      7,     1,    6,     8,
        /* Off      */ 2,    3,      4,     5,      7,     None, 6,     8,
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
