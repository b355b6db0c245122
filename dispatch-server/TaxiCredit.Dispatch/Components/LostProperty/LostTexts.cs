namespace TaxiCredit.Dispatch.Components.LostProperty;

/// <summary>Texts of the pages on things that stay in cabs.</summary>
public sealed class LostTexts;
