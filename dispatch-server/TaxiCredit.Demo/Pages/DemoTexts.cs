namespace TaxiCredit.Demo.Pages;

/// <summary>Names the texts of what the demo adds to the pages.</summary>
internal sealed class DemoTexts;
