using System;
namespace TaxiCredit.Firmware.Esp32;

/// <summary>Board thermometer TMP102. TI SBOS397, "Temperature Register": 12 bits, left-justified, two's complement, 1/16 °C each.</summary>
internal sealed class Tmp102
{
    private const int Address = 0x48;

    private readonly I2cPart _device = I2cBus.Open(Address);
    private readonly byte[] _register = { 0 };
    private readonly byte[] _value = new byte[2];

    /// <returns>False when it does not answer.</returns>
    public bool TryReadCelsius(out int celsius)
    {
        bool answers = I2cBus.TryRead(_device, new SpanByte(_register), new SpanByte(_value));
        celsius = (sbyte)_value[0];
        return answers;
    }
}
