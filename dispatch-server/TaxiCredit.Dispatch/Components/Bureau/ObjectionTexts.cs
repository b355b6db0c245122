namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Texts of the desk about service, objections and rulings.</summary>
public sealed class ObjectionTexts;
