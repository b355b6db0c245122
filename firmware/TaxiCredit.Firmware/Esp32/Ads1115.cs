using System;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>
/// Four-input converter ADS1115. TI SBAS444, "Config Register": a write starts one conversion, which at 64 samples a second takes 15.6 ms and 10 % more;
/// bit 15 reads 1 when it is over, and the other bits as they were written, unless the chip has been reset since.
/// </summary>
internal sealed class Ads1115 : IConverter
{
    private const int Address = 0x49;
    private const byte ConversionRegister = 0;
    private const byte ConfigRegister = 1;

    /// <summary>Start one conversion; one at a time.</summary>
    private const int Start = 0x80;
    private const int OneShot = 0x01;

    /// <summary>64 samples a second, comparator off.</summary>
    private const byte RateAndComparator = 0x63;

    /// <summary>Input against ground (bits 6 to 4) and range (bits 3 to 1), by <see cref="ConverterInput"/>.</summary>
    private static readonly byte[] Inputs = { 0x46, 0x4A, 0x52, 0x62, 0x6A, 0x74 };

    private readonly I2cPart _device = I2cBus.Open(Address);
    private readonly byte[] _register = new byte[1];
    private readonly byte[] _config = { ConfigRegister, 0, RateAndComparator };
    private readonly byte[] _value = new byte[2];
    private int _running = ConverterInput.AmbientFine;

    public Ads1115()
    {
        TryStart(ConverterInput.AmbientFine);
    }

    public bool TryNext(int next, out int code)
    {
        bool isDone = TryRead(ConfigRegister) && _value[0] == (Start | Inputs[_running] | OneShot);
        bool isRead = TryRead(ConversionRegister);
        code = (short)((_value[0] << 8) | _value[1]);
        _running = next;
        return TryStart(next) && isDone && isRead;
    }

    private bool TryRead(byte register)
    {
        _register[0] = register;
        return I2cBus.TryRead(_device, new SpanByte(_register), new SpanByte(_value));
    }

    private bool TryStart(int input)
    {
        _config[1] = (byte)(Start | Inputs[input] | OneShot);
        return I2cBus.TryWrite(_device, new SpanByte(_config));
    }
}
