namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>The processor that the logic runs on.</summary>
internal interface IPlatform
{
    /// <summary>Why the processor started; one of <see cref="Ports.ResetCause"/>.</summary>
    int ResetCause { get; }

    /// <summary>Which board this is: a number from 1 that its module does not share with another's, but for chance.</summary>
    uint BoardId { get; }

    /// <summary>Free managed memory, bytes. Slow: called only when a state is sent.</summary>
    int FreeBytes();

    /// <summary>Times since the start that the I2C bus was stuck, and was clocked free.</summary>
    int BusFreed { get; }

    /// <summary>Signal strength, dBm; 0 when it is not known.</summary>
    int Rssi();

    /// <summary>Restarts the processor. On the device it does not return.</summary>
    void Reboot();

    /// <summary>
    /// Sleeps until the ignition comes on or the case opens, and then starts anew, with <see cref="Ports.ResetCause.Parked"/>. On the device it
    /// does not return.
    /// </summary>
    void Sleep();

    /// <summary>Feeds the external watchdog, from the control loop only.</summary>
    void FeedWatchdog();

    /// <summary>Fills with unpredictable bytes.</summary>
    void Random(byte[] into);
}
