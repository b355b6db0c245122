namespace TaxiCredit.Dispatch.Components;

/// <summary>Whether this server shows a synthetic city. Then whoever reaches it, on loopback, may sit at the bureau's desk: there are no accounts yet.</summary>
internal sealed record DemoMode(bool Enabled);
