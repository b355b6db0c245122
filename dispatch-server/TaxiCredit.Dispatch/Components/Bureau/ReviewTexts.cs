namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Names the texts of the bureau's pages about what passengers reported and saw.</summary>
internal sealed class ReviewTexts;
