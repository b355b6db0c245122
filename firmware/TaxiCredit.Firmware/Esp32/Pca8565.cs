using System;
using TaxiCredit.Firmware.Logic.Clock;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>
/// Clock chip PCA8565 (register-compatible with PCF8563). NXP PCA8565 data sheet, table 5: seconds to years in registers 02h
/// to 08h, BCD; bit 7 of the months is the century, which is written as 20xx here.
/// </summary>
internal sealed class Pca8565
{
    private const int Address = 0x51;
    private const int Seconds = 2;

    private readonly I2cPart _device = I2cBus.Open(Address);
    private readonly byte[] _register = { Seconds };
    private readonly byte[] _time = new byte[7];

    /// <summary>Unix seconds, or 0 when the time is invalid or the chip does not answer.</summary>
    public long Read() => I2cBus.TryRead(_device, new SpanByte(_register), new SpanByte(_time)) ? ChipTime.Read(_time) : 0;

    public void Write(long unixSeconds)
    {
        DateTime time = DateTime.FromUnixTimeSeconds(unixSeconds);
        byte[] frame =
        {
            Seconds, ToBcd(time.Second), ToBcd(time.Minute), ToBcd(time.Hour),
            ToBcd(time.Day), (byte)time.DayOfWeek, ToBcd(time.Month), ToBcd(time.Year - 2000),
        };
        I2cBus.TryWrite(_device, new SpanByte(frame));
    }

    private static byte ToBcd(int value) => (byte)(((value / 10) << 4) | (value % 10));
}
