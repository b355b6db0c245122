namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Texts of the pages of cabs.</summary>
public sealed class RosterTexts;
