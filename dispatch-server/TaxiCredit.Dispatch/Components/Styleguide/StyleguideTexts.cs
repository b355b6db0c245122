namespace TaxiCredit.Dispatch.Components.Styleguide;

/// <summary>Names the texts of the styleguide.</summary>
internal sealed class StyleguideTexts;
