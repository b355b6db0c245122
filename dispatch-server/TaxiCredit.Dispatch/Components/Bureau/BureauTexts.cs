namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Names the texts of the bureau's desk: its front page and its cases.</summary>
internal sealed class BureauTexts;
