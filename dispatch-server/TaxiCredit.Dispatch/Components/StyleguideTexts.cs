namespace TaxiCredit.Dispatch.Components;

/// <summary>Names the texts of the styleguide.</summary>
internal sealed class StyleguideTexts;
