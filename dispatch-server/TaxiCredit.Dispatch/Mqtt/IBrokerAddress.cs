namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>Where a cab finds the broker.</summary>
internal interface IBrokerAddress
{
    string Host { get; }

    int Port { get; }

    bool Tls { get; }

    /// <summary>Whether the way to the broker is open now.</summary>
    bool IsUp { get; }

    /// <summary>PEM of the authority that the cab has to trust; null where there is none of its own.</summary>
    string? Authority { get; }
}
