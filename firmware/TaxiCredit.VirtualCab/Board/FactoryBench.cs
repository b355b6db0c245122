using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>
/// Calibrates a virtual board as the bench does, without the commands: 10 V and 15 V at the plug, darkness and 2,000 lx at the window, each channel alone at
/// both duties; 25 °C.
/// </summary>
internal static class FactoryBench
{
    public const int LowMillivolts = 10000;
    public const int HighMillivolts = 15000;
    public const int BrightLux = 2000;

    private const int Readings = 8;

    /// <summary>Measures; what the board is connected to is as before when it returns.</summary>
    public static Calibration Measure(VirtualLights lights, VirtualConverter converter, VirtualSensors sensors)
    {
        (int battery, int light, int celsius) = (sensors.Battery, sensors.Light, sensors.Celsius);
        var calibration = new Calibration();
        sensors.Celsius = 25;
        sensors.Light = 0;
        lights.Show(0, 0);
        for (int i = 0; i < 2; i++)
        {
            sensors.Battery = i == 0 ? LowMillivolts : HighMillivolts;
            calibration.BatteryMillivolts[i] = sensors.Battery;
            calibration.BatteryMicrovolts[i] = Mean(converter, ConverterInput.Battery);
        }

        sensors.Battery = 13500;
        lights.Settle();
        calibration.Dark = Mean(converter, ConverterInput.LightReturnFine);
        calibration.LuxMicrovolts[0] = Mean(converter, ConverterInput.AmbientFine);
        sensors.Light = BrightLux;
        calibration.Lux[1] = BrightLux;
        calibration.LuxMicrovolts[1] = Mean(converter, ConverterInput.AmbientFine);
        for (int i = 0; i < Channels.Count; i++)
        {
            calibration.Low[i] = Alone(lights, converter, i, Calibration.LowDuty) - calibration.Dark;
            calibration.Full[i] = Alone(lights, converter, i, Calibration.FullDuty) - calibration.Dark;
        }

        lights.Show(0, 0);
        lights.Settle();
        (sensors.Battery, sensors.Light, sensors.Celsius) = (battery, light, celsius);
        return calibration;
    }

    /// <summary>Measures, and stores what was found in the board's memory.</summary>
    /// <returns>A <see cref="CalibrationResult"/>.</returns>
    public static int Calibrate(VirtualLights lights, VirtualConverter converter, VirtualSensors sensors, IMemory memory, IPlatform platform)
    {
        var store = new CalibrationStore(memory, platform, new byte[128]);
        return store.Load() == CalibrationResult.Stored ? CalibrationResult.Stored : store.Store(Measure(lights, converter, sensors));
    }

    private static int Alone(VirtualLights lights, VirtualConverter converter, int channel, int permille)
    {
        lights.Show(1 << channel, permille);
        lights.Settle();
        return Mean(converter, ConverterInput.LightReturnFine);
    }

    private static int Mean(VirtualConverter converter, int input)
    {
        long sum = 0;
        for (int i = 0; i < Readings; i++) sum += ConverterInput.Microvolts(input, converter.Convert(input));
        return (int)(sum / Readings);
    }
}
