namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>What reading a pair of slots came to. Memory that did not answer is not memory that is empty: it is never written.</summary>
internal static class SlotRead
{
    /// <summary>At least one slot was not read.</summary>
    public const int Unread = 0;

    /// <summary>Both slots were read, and neither holds a whole value.</summary>
    public const int Blank = 1;

    /// <summary>Both slots were read, and the newest value is known.</summary>
    public const int Found = 2;
}
