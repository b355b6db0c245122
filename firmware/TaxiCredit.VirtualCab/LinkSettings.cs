namespace TaxiCredit.VirtualCab;

/// <summary>How the links of virtual cabs behave.</summary>
/// <param name="BackoffCap">Largest wait between two attempts, ms.</param>
/// <param name="FaultSeed">With it the link has M2Mqtt's documented faults, from this seed.</param>
/// <param name="IsAbsent">There is no network.</param>
/// <param name="IsDevice">The device's own link, on a client without faults.</param>
internal sealed record LinkSettings(int BackoffCap, int? FaultSeed = null, bool IsAbsent = false, bool IsDevice = false);
