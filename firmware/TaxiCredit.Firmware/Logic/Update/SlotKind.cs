namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>What a slot for a program holds.</summary>
internal static class SlotKind
{
    /// <summary>Nothing that may be loaded.</summary>
    public const int Empty = 0;

    /// <summary>Verified, and not proven yet.</summary>
    public const int Candidate = 1;

    /// <summary>Proven on this unit, and in use.</summary>
    public const int Confirmed = 2;

    /// <summary>Was in use before the confirmed one.</summary>
    public const int Previous = 3;
}
