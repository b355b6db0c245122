namespace TaxiCredit.Dispatch.Components.Months;

/// <summary>Names the texts of the bulletin.</summary>
internal sealed class BulletinTexts;
