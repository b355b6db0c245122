namespace TaxiCredit.Dispatch.Components.Registers;

/// <summary>Texts of the pages on which registers of other offices come in.</summary>
public sealed class RegisterTexts;
