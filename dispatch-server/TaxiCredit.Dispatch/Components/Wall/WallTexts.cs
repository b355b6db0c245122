namespace TaxiCredit.Dispatch.Components.Wall;

/// <summary>Names the texts of the wall.</summary>
internal sealed class WallTexts;
