using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Analog;

/// <summary>
/// What the converter's readings mean on this board: two points for the battery, two for ambient light, two for the current of each channel. Before the
/// bench has calibrated it, the values of nominal parts.
/// </summary>
internal sealed class Calibration
{
    /// <summary>Bytes of <see cref="Put"/>.</summary>
    public const int Length = 60;

    public const int ChannelCount = 5;

    private const int Bias = 32768;

    /// <summary>Duties at which each channel's current is known, ‰.</summary>
    public const int LowDuty = 20;
    public const int FullDuty = 1000;

    /// <summary>Nominal parts: 50 mA over 2.2 Ω; 1:11 behind a diode of 350 mV; 0.23 µA/lx into 1 kΩ behind a window that passes a tenth.</summary>
    public const int NominalFull = 110000;
    public const int NominalLow = 2200;
    public const int NominalDrop = 350;
    public const int NominalLuxSlope = 23;

    /// <summary>Which board the values belong to, 0 for none.</summary>
    public uint Board;

    /// <summary>Battery: two points, mV at the plug and µV at the converter.</summary>
    public readonly int[] BatteryMillivolts = { NominalDrop, NominalDrop + 11000 };
    public readonly int[] BatteryMicrovolts = { 0, 1000000 };

    /// <summary>Ambient light: two points, lx at the window and µV at the converter.</summary>
    public readonly int[] Lux = { 0, 1000 };
    public readonly int[] LuxMicrovolts = { 0, 1000 * NominalLuxSlope };

    /// <summary>Return without current, µV.</summary>
    public int Dark;

    /// <summary>Return of each channel above <see cref="Dark"/>, µV, at <see cref="LowDuty"/> and at <see cref="FullDuty"/>.</summary>
    public readonly int[] Low = { NominalLow, NominalLow, NominalLow, NominalLow, NominalLow };
    public readonly int[] Full = { NominalFull, NominalFull, NominalFull, NominalFull, NominalFull };

    /// <summary>Whether it was measured on this board.</summary>
    public bool IsMeasured => Board != 0;

    /// <summary>The supply, mV.</summary>
    public int MillivoltsOf(int microvolts) => Between(BatteryMicrovolts, BatteryMillivolts, microvolts);

    /// <summary>Ambient light, lx; not below 0. The phototransistor's current rises by about 0.3 % a degree from the bench's 25 °C.</summary>
    public int LuxOf(int microvolts, int celsius)
    {
        int lux = Between(LuxMicrovolts, Lux, microvolts);
        return lux < 0 ? 0 : (int)(lux * 1000L / (1000 + (3 * (celsius - 25))));
    }

    /// <summary>Mean return of a lit channel above <see cref="Dark"/>, µV: the line through its two points.</summary>
    public int Expected(int channel, int permille) =>
        Low[channel] + (int)((long)(Full[channel] - Low[channel]) * (permille - LowDuty) / (FullDuty - LowDuty));

    public void Put(byte[] bytes)
    {
        Bytes.PutUInt32(bytes, 0, Board);
        for (int i = 0; i < 2; i++)
        {
            Bytes.PutUInt16(bytes, 4 + (2 * i), BatteryMillivolts[i]);
            Bytes.PutUInt32(bytes, 8 + (4 * i), (uint)BatteryMicrovolts[i]);
            Bytes.PutUInt32(bytes, 16 + (4 * i), (uint)LuxMicrovolts[i]);
        }

        // The first point of the light is darkness; offsets may be negative and are stored from their lowest on.
        Bytes.PutUInt32(bytes, 24, (uint)Lux[1]);
        Bytes.PutUInt16(bytes, 28, Dark + Bias);
        for (int i = 0; i < ChannelCount; i++)
        {
            Bytes.PutUInt16(bytes, 30 + (2 * i), Low[i]);
            Bytes.PutUInt32(bytes, 40 + (4 * i), (uint)Full[i]);
        }
    }

    public void Get(byte[] bytes)
    {
        Board = Bytes.GetUInt32(bytes, 0);
        for (int i = 0; i < 2; i++)
        {
            BatteryMillivolts[i] = Bytes.GetUInt16(bytes, 4 + (2 * i));
            BatteryMicrovolts[i] = (int)Bytes.GetUInt32(bytes, 8 + (4 * i));
            LuxMicrovolts[i] = (int)Bytes.GetUInt32(bytes, 16 + (4 * i));
        }

        Lux[0] = 0;
        Lux[1] = (int)Bytes.GetUInt32(bytes, 24);
        Dark = Bytes.GetUInt16(bytes, 28) - Bias;
        for (int i = 0; i < ChannelCount; i++)
        {
            Low[i] = Bytes.GetUInt16(bytes, 30 + (2 * i));
            Full[i] = (int)Bytes.GetUInt32(bytes, 40 + (4 * i));
        }
    }

    public void CopyFrom(Calibration other)
    {
        Board = other.Board;
        Dark = other.Dark;
        System.Array.Copy(other.BatteryMillivolts, 0, BatteryMillivolts, 0, 2);
        System.Array.Copy(other.BatteryMicrovolts, 0, BatteryMicrovolts, 0, 2);
        System.Array.Copy(other.Lux, 0, Lux, 0, 2);
        System.Array.Copy(other.LuxMicrovolts, 0, LuxMicrovolts, 0, 2);
        System.Array.Copy(other.Low, 0, Low, 0, ChannelCount);
        System.Array.Copy(other.Full, 0, Full, 0, ChannelCount);
    }

    private static int Between(int[] from, int[] to, int value) => to[0] + (int)((long)(value - from[0]) * (to[1] - to[0]) / (from[1] - from[0]));
}
