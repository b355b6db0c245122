namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>What the logic asks of the processor it runs on.</summary>
internal interface IPlatform
{
    /// <summary>Why the processor started; one of <see cref="Ports.ResetCause"/>.</summary>
    int ResetCause { get; }

    /// <summary>Free managed memory, bytes. Takes a while: asked for only when a state is sent.</summary>
    int FreeBytes();

    /// <summary>Signal strength, dBm; 0 when it is not known.</summary>
    int Rssi();

    /// <summary>Restarts the processor. On the device it does not return.</summary>
    void Reboot();

    /// <summary>Tells the external watchdog that the control loop runs.</summary>
    void FeedWatchdog();

    /// <summary>Fills with unpredictable bytes.</summary>
    void Random(byte[] into);
}
