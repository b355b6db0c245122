namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Texts of triage, hearing and the seconds in which a decision can be taken back.</summary>
public sealed class HearingTexts;
