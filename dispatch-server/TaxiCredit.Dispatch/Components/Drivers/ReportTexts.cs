namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>Names the texts that the driver's page and the credit report share.</summary>
internal sealed class ReportTexts;

/// <summary>Names the texts of the driver's own page.</summary>
internal sealed class MeTexts;
