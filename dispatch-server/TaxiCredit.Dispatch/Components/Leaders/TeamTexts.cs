namespace TaxiCredit.Dispatch.Components.Leaders;

/// <summary>Names the texts of a team's page.</summary>
internal sealed class TeamTexts;

/// <summary>Names the texts of the forms in which a driver reports or praises another.</summary>
internal sealed class CaseTexts;
