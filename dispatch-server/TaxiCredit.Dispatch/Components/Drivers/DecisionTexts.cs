namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>Texts of decisions, objections and rulings, as their driver reads them.</summary>
public sealed class DecisionTexts;
