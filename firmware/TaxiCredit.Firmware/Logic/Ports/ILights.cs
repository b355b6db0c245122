namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>
/// The five light channels towards the street and the status LED towards the driver. A set of channels is a bit mask:
/// bit 0 is the bar, bits 1 to 4 are the stars.
/// </summary>
internal interface ILights
{
    /// <summary>Lights exactly <paramref name="channels"/>, steadily; 0 also takes the supply from all drivers.</summary>
    /// <param name="channels">Mask, 0 to 31.</param>
    /// <param name="permille">Duty of a lit channel, 20 to 1,000 ‰.</param>
    void Show(int channels, int permille);

    /// <summary>
    /// Lights exactly <paramref name="channels"/> at full duty and returns when the measurement has settled (a few ms, the
    /// driver's open-load deglitch being 125 µs); too short to be seen. Even for 0 the drivers keep their supply, so that a
    /// channel that shines unasked is found. <see cref="EndPulse"/> restores what <see cref="Show"/> had set.
    /// </summary>
    void Pulse(int channels);

    /// <summary>Ends the pulse.</summary>
    void EndPulse();

    /// <summary>Mask of the channels whose driver signals a fault; meaningful only during a pulse of the channel.</summary>
    int FaultLines();

    /// <summary>Voltage over the 2.2 Ω resistor in the common LED return, in mV: about 110 for each channel that conducts.</summary>
    int ReturnMillivolts();

    /// <summary>Switches the driver's status LED.</summary>
    void Status(bool lit);
}
