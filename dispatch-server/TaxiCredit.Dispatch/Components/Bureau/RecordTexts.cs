namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Names the texts of the pages on which an officer records a case.</summary>
internal sealed class RecordTexts;
