using System.Device.I2c;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>Board thermometer TMP102. TI SBOS397, "Temperature Register": 12 bits, left-justified, two's complement, 1/16 °C each.</summary>
internal sealed class Tmp102
{
    private const int Address = 0x48;

    /// <summary>Reported when the thermometer does not answer: cool enough not to dim.</summary>
    private const int Unknown = 25;

    private readonly I2cDevice _device = I2cBus.Open(Address);
    private readonly byte[] _register = { 0 };
    private readonly byte[] _value = new byte[2];

    public int ReadCelsius()
    {
        if (!I2cBus.TryRead(_device, _register, _value)) return Unknown;
        return (sbyte)_value[0];
    }
}
