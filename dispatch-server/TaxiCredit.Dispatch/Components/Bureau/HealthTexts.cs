namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Names the texts of the page about the server's health.</summary>
internal sealed class HealthTexts;
