namespace TaxiCredit.Dispatch.Components.Workshop;

/// <summary>Names the texts of the pages about units as hardware.</summary>
internal sealed class WorkshopTexts;
