namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Texts of the pages of drivers and their teams.</summary>
public sealed class MemberTexts;
