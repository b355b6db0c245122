namespace TaxiCredit.Dispatch.Components.Access;

/// <summary>What is said where a session has ended.</summary>
internal sealed class SessionTexts;
