namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Names the texts of the page about messages that were not delivered.</summary>
internal sealed class OutboxTexts;
