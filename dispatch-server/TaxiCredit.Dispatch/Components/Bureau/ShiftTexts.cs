namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Texts of the page on which shifts are corrected.</summary>
public sealed class ShiftTexts;
