using System;
using System.Device.I2c;
using System.Threading;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>
/// Four-input converter ADS1115. TI SBAS444, "Config Register": a write starts one conversion, which at 128 samples a second takes 7.8 ms and 10 % more.
/// The module's own converter reads nothing below 142 mV under nanoFramework; one lit channel is 110 mV, and 2.2 mV at night.
/// </summary>
internal sealed class Ads1115
{
    /// <summary>Mean voltage over the resistor in the LED return.</summary>
    public const int LightReturn = 0;

    /// <summary>Supply behind its protection, divided by 11.</summary>
    public const int Battery = 1;

    /// <summary>Phototransistor towards the street.</summary>
    public const int AmbientLight = 2;

    /// <summary>Half of the 3.3 V rail.</summary>
    public const int HalfRail = 3;

    /// <summary>Code of the range up to 4.096 V, 125 µV a step.</summary>
    public const int FourVolts = 1;

    /// <summary>Code of the range up to 1.024 V, 31.25 µV a step.</summary>
    public const int OneVolt = 3;

    /// <summary>Code of the range up to 0.256 V, 7.8 µV a step.</summary>
    public const int QuarterVolt = 5;

    /// <summary>From here on a reading of <see cref="QuarterVolt"/> may be clipped, µV.</summary>
    public const int QuarterVoltEnd = 250_000;

    private const int Address = 0x49;
    private const byte ConfigRegister = 1;

    /// <summary>One conversion on request, comparator off, 128 samples a second.</summary>
    private const byte RateAndComparator = 0x83;

    private const int ConversionMilliseconds = 9;

    private readonly I2cDevice _device = I2cBus.Open(Address);
    private readonly byte[] _conversionRegister = { 0 };
    private readonly byte[] _config = { ConfigRegister, 0, RateAndComparator };
    private readonly byte[] _value = new byte[2];

    /// <param name="input">0 to 3, against ground.</param>
    /// <param name="range">One of the range codes.</param>
    /// <param name="microvolts">−32,768 to 32,767 steps of the range.</param>
    /// <returns>False when it does not answer.</returns>
    public bool TryReadMicrovolts(int input, int range, out int microvolts)
    {
        microvolts = 0;
        _config[1] = (byte)(0xC1 | (input << 4) | (range << 1));
        if (_device.Write(new SpanByte(_config)).Status != I2cTransferStatus.FullTransfer) return false;
        Thread.Sleep(ConversionMilliseconds);
        if (!I2cBus.TryRead(_device, _conversionRegister, _value)) return false;
        int steps = (short)((_value[0] << 8) | _value[1]);
        // The ranges halve from 4,096,000 µV over 32,768 steps, 125 µV a step.
        microvolts = steps * 125 >> (range - FourVolts);
        return true;
    }
}
