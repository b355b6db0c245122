namespace TaxiCredit.Firmware.Logic.Analog;

/// <summary>Limits within which parts in order can lie, from hardware/facts.csv; a calibration outside says that a part, or the bench, is wrong.</summary>
internal static class Plausible
{
    /// <summary>Two points of the battery lie at least this far apart, mV.</summary>
    public const int MinBatterySpan = 3000;

    /// <summary>Divider 1:11 of 1 % resistors, the converter's loading and gain: 11,000 mV/V and 4 %; diode and fuse, mV.</summary>
    public const int MinBatterySlope = 10560;
    public const int MaxBatterySlope = 11440;
    public const int MinBatteryDrop = 0;
    public const int MaxBatteryDrop = 900;

    /// <summary>
    /// Two points of ambient light, lx; TEMT6200 7.5 to 39 µA at 100 lx into 1 kΩ behind 8 to 12 %, in nV/lx; converter's offset and dark current, µV.
    /// </summary>
    public const int MinLuxSpan = 500;
    public const int MinLuxSlope = 5800;
    public const int MaxLuxSlope = 48000;
    public const int MaxLuxOffset = 500;

    /// <summary>Return without current, µV: the converter's offset.</summary>
    public const int MaxDark = 400;

    /// <summary>
    /// Channel at full duty: 98 mV ± 4.6 %, resistors ± 2 %, converter and its loading ± 1 %; at 2 % the driver's edges, ± 18 of 67 µs, besides.
    /// </summary>
    public const int MinFull = 99000;
    public const int MaxFull = 121000;
    public const int MinLow = 1400;
    public const int MaxLow = 3000;

    /// <returns>A <see cref="CalibrationResult"/>.</returns>
    public static int Judge(Calibration c)
    {
        int millivolts = c.BatteryMillivolts[1] - c.BatteryMillivolts[0];
        int ofBattery = c.BatteryMicrovolts[1] - c.BatteryMicrovolts[0];
        int lux = c.Lux[1] - c.Lux[0];
        int ofLux = c.LuxMicrovolts[1] - c.LuxMicrovolts[0];
        if (millivolts < MinBatterySpan || ofBattery <= 0 || lux < MinLuxSpan || ofLux <= 0) return CalibrationResult.Swapped;

        long slope = (long)millivolts * 1000000 / ofBattery;
        int drop = c.MillivoltsOf(0);
        if (slope < MinBatterySlope || slope > MaxBatterySlope || drop < MinBatteryDrop || drop > MaxBatteryDrop) return CalibrationResult.Battery;

        long perLux = ofLux * 1000L / lux;
        long atZero = c.LuxMicrovolts[0] - (perLux * c.Lux[0] / 1000);
        if (perLux < MinLuxSlope || perLux > MaxLuxSlope || atZero < -MaxLuxOffset || atZero > MaxLuxOffset) return CalibrationResult.Light;

        if (c.Dark < -MaxDark || c.Dark > MaxDark) return CalibrationResult.Dark;
        for (int i = 0; i < Calibration.ChannelCount; i++)
        {
            if (c.Full[i] < MinFull || c.Full[i] > MaxFull || c.Low[i] < MinLow || c.Low[i] > MaxLow) return CalibrationResult.Channel + i;
        }

        return CalibrationResult.Stored;
    }
}
