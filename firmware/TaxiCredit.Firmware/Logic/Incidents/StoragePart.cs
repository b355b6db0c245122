namespace TaxiCredit.Firmware.Logic.Incidents;

/// <summary>What of the memory failed; the numbers are those of PROTOCOL.md, incident <c>storage-fault</c>.</summary>
internal static class StoragePart
{
    /// <summary>Identity, counters, rating or config.</summary>
    public const int Slots = 1;
    public const int Journal = 2;
}
