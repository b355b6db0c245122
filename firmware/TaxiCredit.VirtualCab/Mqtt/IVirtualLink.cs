using System;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.VirtualCab.Mqtt;

/// <summary>A link whose network can be cut.</summary>
internal interface IVirtualLink : ILink, IDisposable
{
    /// <summary>Cuts the cab off from the network, or connects it again. The broker is not notified.</summary>
    void SetNetworkDown(bool isDown);
}
