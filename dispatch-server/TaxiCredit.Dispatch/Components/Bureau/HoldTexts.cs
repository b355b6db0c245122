namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Names the texts of the page about held publishing.</summary>
internal sealed class HoldTexts;
