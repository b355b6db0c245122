namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>The session's states: all pairs in one table.</summary>
internal static class SessionTable
{
    public const int Waiting = 0;
    public const int Connecting = 1;
    public const int Online = 2;
    public const int StateCount = 3;

    public const int Due = 0;
    public const int Opened = 1;
    public const int Closed = 2;
    public const int Silent = 3;
    public const int SignalCount = 4;

    /// <summary>In incidents <c>signal-refused</c>.</summary>
    public const int Number = 2;

    private const byte None = 255;

    private static readonly byte[] Next =
    {
        //                Due         Opened  Closed   Silent
        /* Waiting    */  Connecting, None,   None,    None,
        /* Connecting */  None,       Online, Waiting, Waiting,
        /* Online     */  None,       None,   Waiting, Waiting,
    };

    /// <summary>The state after <paramref name="signal"/>.</summary>
    /// <returns>False when the pair is not defined; <paramref name="to"/> is then <paramref name="from"/>.</returns>
    public static bool TryNext(int from, int signal, out int to)
    {
        byte next = Next[(from * SignalCount) + signal];
        to = next == None ? from : next;
        return next != None;
    }
}
