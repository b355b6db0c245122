using System;
using TaxiCredit.Firmware.Logic.Display;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>The parts of one board, each somewhere within the limits of its data sheet.</summary>
internal sealed class Parts
{
    /// <summary>Nominal resistors of the schematic, Ω.</summary>
    private const double Shunt = 2.2;
    private const double Sense = 1.96;
    private const double UpperDivider = 1e6;
    private const double LowerDivider = 1e5;
    private const double LightLoad = 1000;

    private Parts(Random? lot)
    {
        Lot = lot;
        double shunt = Shunt * One(lot, "R60.tolerance");
        double retry = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            Full[i] = Facts.Of("U11.regulation").Pick(lot) / Sense / One(lot, "R60.tolerance") * shunt * 1000;
            Edges[i] = Facts.Of("U11.edges").Pick(lot);
            EdgesDrift[i] = Facts.Of("U11.edges_drift").Pick(lot);
            Deglitch[i] = Facts.Of("U11.deglitch").Pick(lot);
            retry = Facts.Of("U11.retry").Pick(lot) * shunt * 1000;
        }

        Retry = retry;
        AdcOffset = Facts.Of("U66.offset").Pick(lot) * 62.5 * (lot == null ? 0 : 1);
        AdcOffsetDrift = Facts.Of("U66.offset_drift").Typical * 62.5 * (lot == null ? 0 : (lot.NextDouble() * 2) - 1);
        AdcNoise = lot == null ? 0 : Facts.Of("U66.noise").Typical;
        for (int i = 0; i < AdcGain.Length; i++)
        {
            AdcGain[i] = lot == null ? 1 : One(lot, "U66.gain_error") * One(lot, "U66.gain_match");
        }

        double lower = LowerDivider * One(lot, "R61.tolerance");
        double loading = Facts.Of("U66.input_4V").Typical * 1e6 * (lot == null ? 1e6 : 0.8 + (0.4 * lot.NextDouble()));
        lower = lower * loading / (lower + loading);
        Divider = lower / (lower + (UpperDivider * One(lot, "R61.tolerance")));
        Drop = Facts.Of("D2.drop").Pick(lot) * 1000;
        FuseOhms = lot == null ? 0 : Facts.Of("F1.resistance").Pick(lot);
        double window = Facts.Of("HOUSING.window").Pick(lot) / 100;
        MicrovoltsPerLux = Facts.Of("Q1.current").Pick(lot) / 100 * window * LightLoad * One(lot, "R61.tolerance");
        LightDrift = lot == null ? 0 : Facts.Of("Q1.drift").Pick(lot) / 100;
        DarkMicrovolts = lot == null ? 0 : Facts.Of("Q1.dark").Pick(lot) * LightLoad / 1000;
        Rail = Facts.Of("U3.rail").Pick(lot) * 1e6 / 2 * One(lot, "R61.tolerance");
        ThermometerError = Facts.Of("U65.error").Pick(lot);
        ClockPpm = Facts.Of("Y1.drift").Pick(lot);
    }

    /// <summary>A board of typical parts, without offset and noise.</summary>
    public static Parts Typical { get; } = new(null);

    /// <summary>The lot from which noise is drawn; null for typical parts.</summary>
    public Random? Lot { get; }

    /// <summary>Return of each channel at full duty, µV.</summary>
    public double[] Full { get; } = new double[Channels.Count];

    /// <summary>What each driver wins or loses of a pulse at 25 °C, µs, and how that drifts, µs/°C.</summary>
    public double[] Edges { get; } = new double[Channels.Count];

    public double[] EdgesDrift { get; } = new double[Channels.Count];

    /// <summary>Pulse that each driver needs to recognise a broken string, µs.</summary>
    public double[] Deglitch { get; } = new double[Channels.Count];

    /// <summary>Return of a shorted string whose driver retries, µV.</summary>
    public double Retry { get; }

    /// <summary>Offset of the converter, µV at 25 °C, its drift, µV/°C, and its noise, steps.</summary>
    public double AdcOffset { get; }

    public double AdcOffsetDrift { get; }

    public double AdcNoise { get; }

    /// <summary>Gain of the converter by input.</summary>
    public double[] AdcGain { get; } = new double[Firmware.Logic.Ports.ConverterInput.Count];

    /// <summary>Part of the voltage behind diode and fuse that the converter sees, with its loading.</summary>
    public double Divider { get; }

    /// <summary>Voltage that the diode takes, mV at 25 °C, and resistance of the fuse, Ω.</summary>
    public double Drop { get; }

    public double FuseOhms { get; }

    /// <summary>Ambient light: µV for a lx at the window at 25 °C, drift of 1 °C, and µV in the dark at 25 °C.</summary>
    public double MicrovoltsPerLux { get; }

    public double LightDrift { get; }

    public double DarkMicrovolts { get; }

    /// <summary>Half of the rail, µV.</summary>
    public double Rail { get; }

    /// <summary>Error of the thermometer, °C.</summary>
    public double ThermometerError { get; }

    /// <summary>Error of the clock chip, parts per million.</summary>
    public double ClockPpm { get; }

    /// <summary>Parts chosen at random; the same seed gives the same.</summary>
    public static Parts Of(int seed) => new(new Random(seed));

    private static double One(Random? lot, string percent) => lot == null ? 1 : 1 + (Facts.Of(percent).Pick(lot) / 100);
}
