namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>
/// The five light channels towards the street and the status LED towards the driver. A set of channels is a bit mask:
/// bit 0 is the bar, bits 1 to 4 are the stars.
/// </summary>
internal interface ILights
{
    /// <summary>Lights exactly <paramref name="channels"/>, steadily; 0 also takes the supply from all drivers. Returns at once.</summary>
    /// <param name="channels">Mask, 0 to 31.</param>
    /// <param name="permille">Duty of a lit channel, 20 to 1,000 ‰; 0 leaves the drivers their supply in the dark.</param>
    void Show(int channels, int permille);

    /// <summary>
    /// Mask of the channels whose driver signals a fault. A driver finds one only in pulses of 175 µs or more, and holds its line until the
    /// string is whole.
    /// </summary>
    int FaultLines();

    /// <summary>Switches the driver's status LED.</summary>
    void Status(bool lit);
}
