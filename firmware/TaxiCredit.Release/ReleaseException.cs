namespace TaxiCredit.Release;

/// <summary>What was asked for cannot be done; the message says why and, where there is one, the way out.</summary>
internal sealed class ReleaseException(string message) : Exception(message);
