using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.VirtualCab.Board;

namespace Firmware.Tests.Population;

/// <summary>Units whose parts lie anywhere within their data sheets, calibrated: the healthy ones are never called broken, and the broken always.</summary>
[TestClass]
public sealed class PopulationTests
{
    private const int FirstSeed = 20261130;

    public TestContext TestContext { get; set; } = null!;

    /// <summary>What the light check sees of 2,000 boards at every duty, temperature and rating: how far from calling a light broken, or missing one.</summary>
    [TestMethod]
    public void Current_OfTwoThousandBoards_TellsOneChannelAtEveryDutyAndTemperature()
    {
        double worst = 0;
        double leastMissing = double.MaxValue;
        for (int seed = FirstSeed; seed < FirstSeed + 2000; seed++)
        {
            (VirtualLights lights, VirtualConverter converter, VirtualSensors sensors) = Board(seed);
            Calibration calibration = Calibrated(lights, converter, sensors);
            var chance = new Random(seed);
            for (int look = 0; look < 12; look++)
            {
                int permille = look < 4 ? 20 : chance.Next(20, 1001);
                int lit = (2 << chance.Next(5)) - 1;
                sensors.Celsius = look % 3 == 0 ? -40 : look % 3 == 1 ? 85 : chance.Next(-40, 86);
                (double off, double missing) = Look(lights, converter, calibration, lit, permille, chance.Next(Channels.CountIn(lit)));
                worst = Math.Max(worst, Math.Abs(off));
                leastMissing = Math.Min(leastMissing, missing);
                Assert.IsLessThan(0.5, Math.Abs(off), $"seed {seed}: {lit} at {permille} ‰ and {sensors.Celsius} °C is {off:0.00} of a channel off");
                Assert.IsGreaterThan(0.5, missing, $"seed {seed}: {lit} at {permille} ‰, {sensors.Celsius} °C, without one: {missing:0.00} of a channel off");
            }
        }

        TestContext.WriteLine($"seed {FirstSeed}: healthy at most {worst:0.00} of a channel off, without one at least {leastMissing:0.00}");
    }

    [TestMethod]
    public void Voltage_OfTwoThousandBoards_IsWithinThreePercent()
    {
        double worst = 0;
        for (int seed = FirstSeed; seed < FirstSeed + 2000; seed++)
        {
            (VirtualLights lights, VirtualConverter converter, VirtualSensors sensors) = Board(seed);
            Calibration calibration = Calibrated(lights, converter, sensors);
            var chance = new Random(seed);
            for (int look = 0; look < 10; look++)
            {
                sensors.Battery = chance.Next(8000, 18001);
                sensors.Celsius = chance.Next(-40, 86);
                lights.Show(look % 2 == 0 ? 0 : 31, 1000);
                int read = calibration.MillivoltsOf(ConverterInput.Microvolts(ConverterInput.Battery, converter.Convert(ConverterInput.Battery)));
                double error = Math.Abs((double)read / sensors.Battery - 1);
                worst = Math.Max(worst, error);
                Assert.IsLessThanOrEqualTo(0.03, error, $"seed {seed}: {sensors.Battery} mV reads {read} at {sensors.Celsius} °C");
            }
        }

        TestContext.WriteLine($"2,000 boards from seed {FirstSeed}: supply at most {worst:P1} off");
    }

    /// <summary>
    /// A fifth, and 10 lx for the converter's drift and the sensor's dark current, from −20 to 35 °C. A hot sensor's dark current adds up to 65 lx at
    /// 60 °C.
    /// </summary>
    [TestMethod]
    public void Light_OfTwoThousandBoards_IsWithinAFifth()
    {
        double worst = 0;
        double worstInTheDark = 0;
        double worstInTheHeat = 0;
        for (int seed = FirstSeed; seed < FirstSeed + 2000; seed++)
        {
            (VirtualLights lights, VirtualConverter converter, VirtualSensors sensors) = Board(seed);
            Calibration calibration = Calibrated(lights, converter, sensors);
            var chance = new Random(seed);
            for (int look = 0; look < 10; look++)
            {
                sensors.Light = (int)Math.Exp(chance.NextDouble() * Math.Log(40000));
                sensors.Celsius = chance.Next(-20, 61);
                int fine = converter.Convert(ConverterInput.AmbientFine);
                int microvolts = fine < ConverterInput.MaxCode
                    ? ConverterInput.Microvolts(ConverterInput.AmbientFine, fine)
                    : ConverterInput.Microvolts(ConverterInput.Ambient, converter.Convert(ConverterInput.Ambient));
                int read = calibration.LuxOf(microvolts, sensors.Celsius + (int)Math.Round(sensors.ThermometerError));
                double off = Math.Abs(read - sensors.Light);
                if (sensors.Celsius > 35) worstInTheHeat = Math.Max(worstInTheHeat, off - (0.2 * sensors.Light));
                else if (sensors.Light >= 40) worst = Math.Max(worst, off / sensors.Light);
                else worstInTheDark = Math.Max(worstInTheDark, off);
                double allowed = (sensors.Light * 0.2) + (sensors.Celsius > 35 ? 65 : 10);
                Assert.IsLessThanOrEqualTo(allowed, off, $"seed {seed}: {sensors.Light} lx reads {read} at {sensors.Celsius} °C");
            }
        }

        TestContext.WriteLine($"seed {FirstSeed}: {worst:P0} off from 40 lx, {worstInTheDark} lx below; above 35 °C a fifth and {worstInTheHeat:0} lx");
    }

    /// <summary>Whole units in simulated time at 10 ms ticks: ten minutes of lights, supply and temperatures of all kinds.</summary>
    [TestMethod]
    public void Units_OfFiftyBoards_AreNeverCalledBroken() => Drive(50, 600);

    /// <summary>A thousand boards, an hour each in which as much happens as on a day; a thousand days are those of <c>ExactlyOnceTests</c>.</summary>
    [TestMethod]
    [TestCategory("slow")]
    public void Units_OfAThousandBoards_AreNeverCalledBrokenAndEveryBreakIsFound() => Drive(1000, 3600);

    private void Drive(int cabs, int seconds)
    {
        int breaks = 0;
        for (int seed = FirstSeed; seed < FirstSeed + cabs; seed++)
        {
            var day = new CabDay(seed);
            try
            {
                day.Drive(seconds);
            }
            catch (AssertFailedException e)
            {
                throw new AssertFailedException($"seed {seed}, after {day.Seconds} s: {e.Message}", e);
            }

            breaks += day.Breaks;
        }

        TestContext.WriteLine($"{cabs} units for {seconds} s from seed {FirstSeed}: no healthy light called broken; {breaks} breaks found within 10 s");
        Assert.IsGreaterThan(0, breaks);
    }

    private static (double Off, double Missing) Look(
        VirtualLights lights, VirtualConverter converter, Calibration calibration, int lit, int permille, int broken)
    {
        int channel = 0;
        int smallest = int.MaxValue;
        int expected = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            if ((lit & (1 << i)) == 0) continue;
            expected += calibration.Expected(i, permille);
            smallest = Math.Min(smallest, calibration.Expected(i, permille));
            if (broken-- == 0) channel = i;
        }

        int input = expected > 200000 ? ConverterInput.LightReturn : ConverterInput.LightReturnFine;
        lights.Show(lit, permille);
        lights.Settle();
        double healthy = Read(converter, input) - calibration.Dark - expected;
        lights.Break(channel, LightFault.Open);
        lights.Settle();
        double without = Read(converter, input) - calibration.Dark - expected;
        lights.Break(channel, LightFault.None);
        return (healthy / smallest, -without / smallest);
    }

    private static int Read(VirtualConverter converter, int input) => ConverterInput.Microvolts(input, converter.Convert(input));

    private static (VirtualLights Lights, VirtualConverter Converter, VirtualSensors Sensors) Board(int seed)
    {
        var parts = Parts.Of(seed);
        var sensors = new VirtualSensors { ThermometerError = parts.ThermometerError };
        var lights = new VirtualLights(parts, () => 0);
        return (lights, new VirtualConverter(parts, lights, sensors, () => 0), sensors);
    }

    private static Calibration Calibrated(VirtualLights lights, VirtualConverter converter, VirtualSensors sensors)
    {
        Calibration calibration = FactoryBench.Measure(lights, converter, sensors);
        Assert.AreEqual(CalibrationResult.Stored, Plausible.Judge(calibration));
        return calibration;
    }
}
