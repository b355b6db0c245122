namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>The WiFi radio, and the one network that the platform keeps in its flash. Calls may block; the control loop makes none of them.</summary>
internal interface IRadio
{
    /// <summary>The unit has an address in the network it joined.</summary>
    bool HasAddress();

    /// <summary>Name and passphrase are those that the platform has stored.</summary>
    bool IsStored(string ssid, string passphrase);

    /// <summary>Joins the stored network anew; nothing is written.</summary>
    /// <returns>Whether an address was obtained in time.</returns>
    bool Rejoin();

    /// <summary>Stores the network, which costs a write to flash, and joins it.</summary>
    /// <returns>Whether an address was obtained in time.</returns>
    bool Join(string ssid, string passphrase);
}
