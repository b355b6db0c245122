namespace TaxiCredit.Dispatch.Components.Parts;

/// <summary>Texts of repairs, as their driver and the desk read them.</summary>
public sealed class RepairTexts;
