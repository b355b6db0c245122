using System;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>The four-input converter with its offset, gain, noise and steps, and the faults of its bus.</summary>
internal sealed class VirtualConverter(Parts parts, VirtualLights lights, VirtualSensors sensors, Func<long> now) : IConverter
{
    /// <summary>The phototransistor saturates here, µV.</summary>
    private const double Saturation = 3.0e6;

    /// <summary>Current of the module and the lights' converter for each channel, A.</summary>
    private const double OwnAmperes = 0.03;
    private const double ChannelAmperes = 0.045;

    /// <summary>Supply at which the strings are dark, and at which they are full at 25 °C and at −40 °C, mV (hardware/results.md).</summary>
    private const double DarkBelow = 5500;
    private const double FullWarm = 8000;
    private const double FullCold = 12000;

    private int _running = ConverterInput.AmbientFine;
    private long _startedAt = long.MinValue / 2;
    private int _code;
    private bool _isStarted;

    /// <summary>It does not answer, as when SDA is held low.</summary>
    public bool IsSilent { get; set; }

    /// <summary>The one code that it gives, whatever its input.</summary>
    public int? StuckCode { get; set; }

    /// <summary>Transfers in a thousand that are not acknowledged.</summary>
    public int MissedPerMille { get; set; }

    /// <summary>The board starts anew, and its first conversion with it.</summary>
    public void Restart()
    {
        _running = ConverterInput.AmbientFine;
        _startedAt = long.MinValue / 2;
        _isStarted = false;
    }

    public bool TryNext(int next, out int code)
    {
        // The first conversion was begun with the supply.
        if (!_isStarted) _code = Convert(_running);
        _isStarted = true;
        code = StuckCode ?? _code;
        bool isDone = now() - _startedAt >= 18;
        if (IsSilent || (MissedPerMille > 0 && (parts.Lot ?? Random.Shared).Next(1000) < MissedPerMille)) return false;

        _running = next;
        _startedAt = now();
        _code = Convert(next);
        return isDone;
    }

    /// <summary>The code of an input, now.</summary>
    public int Convert(int input)
    {
        double celsius = sensors.Celsius;
        lights.Celsius = celsius;
        lights.Headroom = Math.Clamp((sensors.Battery - DarkBelow) / (Needed(celsius) - DarkBelow), 0, 1);
        double volts = (Microvolts(input, celsius) * parts.AdcGain[input]) + parts.AdcOffset + (parts.AdcOffsetDrift * (celsius - 25));
        double steps = (volts / (ConverterInput.Microvolts(input, 1000000) / 1e6)) + Noise();
        return (int)Math.Clamp(Math.Round(steps), -32768, ConverterInput.MaxCode);
    }

    private double Microvolts(int input, double celsius) => input switch
    {
        ConverterInput.LightReturn or ConverterInput.LightReturnFine => lights.ReturnMicrovolts(),
        ConverterInput.Battery => Math.Max(0, sensors.Battery - Drop(celsius)) * 1000 * parts.Divider,
        ConverterInput.HalfRail => parts.Rail,
        _ => Math.Min(Saturation, Light(celsius)),
    };

    /// <summary>What fuse and diode take, mV.</summary>
    private double Drop(double celsius)
    {
        double amperes = (OwnAmperes + (ChannelAmperes * lights.Amount)) * 12000 / Math.Max(6000, sensors.Battery);
        return parts.Drop - (parts.Lot == null ? 0 : 1.0 * (celsius - 25)) + (amperes * parts.FuseOhms * 1000);
    }

    private double Light(double celsius) =>
        (sensors.Light * parts.MicrovoltsPerLux * (1 + (parts.LightDrift * (celsius - 25)))) + (parts.DarkMicrovolts * Math.Pow(2, (celsius - 25) / 10));

    /// <summary>Cold LEDs in series need more: the supply at which the drivers regulate, mV.</summary>
    private static double Needed(double celsius) => FullWarm + (Math.Max(0, 25 - celsius) / 65 * (FullCold - FullWarm));

    private double Noise()
    {
        if (parts.Lot == null) return 0;
        double sum = -6;
        for (int i = 0; i < 12; i++) sum += parts.Lot.NextDouble();
        return sum * parts.AdcNoise;
    }
}
