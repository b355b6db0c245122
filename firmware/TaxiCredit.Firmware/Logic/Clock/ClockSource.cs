namespace TaxiCredit.Firmware.Logic.Clock;

/// <summary>Where the time comes from; the names are those of PROTOCOL.md, field <c>clock</c> of <c>state</c>.</summary>
internal static class ClockSource
{
    /// <summary>Nothing is known.</summary>
    public const int None = 0;

    /// <summary>Only that it is not earlier than a time that the server signed.</summary>
    public const int Floor = 1;

    /// <summary>A time server, which nobody vouches for.</summary>
    public const int Network = 2;

    /// <summary>The clock chip, which is only ever set to what the server signed.</summary>
    public const int Chip = 3;

    /// <summary>The server, in answer to this unit's question, since the start.</summary>
    public const int Server = 4;

    private static readonly string[] Names = { "none", "floor", "network", "chip", "server" };

    public static string NameOf(int source) => Names[source];
}
