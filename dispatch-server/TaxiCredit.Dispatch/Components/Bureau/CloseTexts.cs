namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Names the texts of closing a month.</summary>
internal sealed class CloseTexts;
