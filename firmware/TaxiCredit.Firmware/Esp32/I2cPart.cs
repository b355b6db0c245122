using System.Device.I2c;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>A part on the bus; its device is another one after the bus has been freed.</summary>
internal sealed class I2cPart
{
    public readonly int Address;
    public I2cDevice? Device;

    public I2cPart(int address)
    {
        Address = address;
    }
}
