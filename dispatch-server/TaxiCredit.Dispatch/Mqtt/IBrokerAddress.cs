namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>Where a cab finds the broker.</summary>
internal interface IBrokerAddress
{
    string Host { get; }

    int Port { get; }
}
