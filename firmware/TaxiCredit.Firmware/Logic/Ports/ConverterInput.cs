namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>Inputs of the converter, each with the range in which it is read.</summary>
internal static class ConverterInput
{
    /// <summary>Mean voltage over the 2.2 Ω resistor in the common LED return, up to 1.024 V.</summary>
    public const int LightReturn = 0;

    /// <summary>The same up to 0.256 V, for few channels or low duties.</summary>
    public const int LightReturnFine = 1;

    /// <summary>Supply behind its protection, divided by 11, up to 4.096 V.</summary>
    public const int Battery = 2;

    /// <summary>Phototransistor towards the street, up to 4.096 V.</summary>
    public const int Ambient = 3;

    /// <summary>The same up to 0.256 V, about 10,000 lx.</summary>
    public const int AmbientFine = 4;

    /// <summary>Half of the 3.3 V rail, up to 2.048 V: what a converter in order reads as known.</summary>
    public const int HalfRail = 5;
    public const int Count = 6;

    /// <summary>Highest code; a reading of it may be clipped.</summary>
    public const int MaxCode = 32767;

    /// <summary>One step in 0.1 nV, by input (TI SBAS444, table "Full-Scale Range and Corresponding LSB Size").</summary>
    private static readonly int[] StepTenths = { 312500, 78125, 1250000, 1250000, 78125, 625000 };

    /// <summary>The voltage of a code, µV.</summary>
    public static int Microvolts(int input, int code) => (int)((long)code * StepTenths[input] / 10000);
}
