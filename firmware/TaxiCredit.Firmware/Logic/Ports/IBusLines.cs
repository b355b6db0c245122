namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>The two lines of the I2C bus, by hand. The bus is taken from its peripheral by <see cref="Take"/> and given back by <see cref="Release"/>.</summary>
internal interface IBusLines
{
    void Take();

    bool IsDataLow();

    /// <summary>One clock: low for 5 µs, then high for 5 µs.</summary>
    void Clock();

    /// <summary>A stop condition: data rises while the clock is high.</summary>
    void Stop();

    void Release();
}
