namespace TaxiCredit.Dispatch.Components.Layout;

/// <summary>Names the texts of the frame around every page.</summary>
internal sealed class LayoutTexts;
