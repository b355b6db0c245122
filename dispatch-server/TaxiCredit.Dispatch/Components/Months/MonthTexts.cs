namespace TaxiCredit.Dispatch.Components.Months;

/// <summary>Names the texts of the pages about months.</summary>
internal sealed class MonthTexts;
