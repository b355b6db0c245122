namespace TaxiCredit.Dispatch.Components.Rules;

/// <summary>Names the texts of the page about the rulebook.</summary>
internal sealed class RulebookTexts;
