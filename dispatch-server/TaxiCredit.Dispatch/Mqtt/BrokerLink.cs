namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>Whether this server is connected to its broker, and since when it is or is not. Immutable: a change is another object.</summary>
/// <param name="IsUp">Connected, and subscribed to what cabs publish.</param>
/// <param name="Since">System time; of a server that has never been connected, its start.</param>
internal sealed record BrokerLink(bool IsUp, DateTimeOffset Since);
