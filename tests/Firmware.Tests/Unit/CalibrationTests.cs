using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Units;

/// <summary>The bench calibrates a unit by commands; what it gets wrong is refused by name, and the calibration before stays.</summary>
[TestClass]
public sealed class CalibrationTests
{
    private const int PointTakes = 10000;

    /// <summary>Fifty boards, none of which knew itself: after the commands they are calibrated, also after a restart.</summary>
    [TestMethod]
    public void Calibration_OfFiftyBoardsByCommands_IsStoredAndMeasuresWell()
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            TestCab cab = OnTheBench(seed);
            Assert.IsFalse(cab.Unit.Calibration.Current.IsMeasured);
            Assert.AreEqual(CalibrationResult.Stored, Calibrate(cab), $"seed {seed}");
            AssertMeasures(cab, seed);
            cab.Restart();
            cab.Run(3000);
            AssertMeasures(cab, seed);
            Assert.AreEqual("00000", cab.Lit);
        }
    }

    [TestMethod]
    public void Calibration_WithAPointMissing_IsRefused()
    {
        foreach (string missing in new[] { "battery-low", "battery-high", "dark", "bright", "lights" })
        {
            TestCab cab = OnTheBench(1);
            Assert.AreEqual(CalibrationResult.Missing, Calibrate(cab, skip: missing), missing);
            Assert.IsFalse(cab.Unit.Calibration.Current.IsMeasured);
        }
    }

    /// <summary>What the bench says is not what it does.</summary>
    [TestMethod]
    [DataRow(15000, 10000, 2000, 2000, CalibrationResult.Swapped, DisplayName = "points swapped")]
    [DataRow(10000, 12999, 2000, 2000, CalibrationResult.Swapped, DisplayName = "points too near to each other")]
    [DataRow(10000, 15000, 499, 2000, CalibrationResult.Swapped, DisplayName = "too little light")]
    [DataRow(10000, 16000, 2000, 2000, CalibrationResult.Battery, DisplayName = "another voltage than it says")]
    [DataRow(11500, 16500, 2000, 2000, CalibrationResult.Battery, DisplayName = "both voltages off by 1.5 V")]
    [DataRow(10000, 15000, 2000, 200, CalibrationResult.Light, DisplayName = "the lamp is nearly off")]
    [DataRow(10000, 15000, 2000, 60000, CalibrationResult.Light, DisplayName = "the sun shines in")]
    public void Calibration_OfNonsense_IsRefusedByNameAndTheOneBeforeStays(int low, int high, int says, int shines, int result)
    {
        TestCab cab = new TestCab(lot: 4) { Tick = 10 };
        Park(cab);
        int before = cab.Unit.Calibration.Current.Full[2];
        Assert.IsTrue(cab.Unit.Calibration.Current.IsMeasured);
        Assert.AreEqual(result, Calibrate(cab, low: low, high: high, bright: says, shines: shines));
        Assert.AreEqual(before, cab.Unit.Calibration.Current.Full[2]);
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.Calibration, (long)result));
    }

    /// <summary>A channel that draws too little is found at the bench, and named.</summary>
    [TestMethod]
    public void Calibration_OfABoardWithABrokenChannel_NamesIt()
    {
        TestCab cab = OnTheBench(2);
        cab.Lights.Break(3, LightFault.Open);
        Assert.AreEqual(CalibrationResult.Channel + 3, Calibrate(cab));
    }

    /// <summary>The window was not covered.</summary>
    [TestMethod]
    public void Calibration_WithLightInTheDark_IsRefused()
    {
        TestCab cab = OnTheBench(2);
        Assert.AreEqual(CalibrationResult.Light, Calibrate(cab, darkness: 500));
    }

    [TestMethod]
    public void Calibration_WithTheIgnitionOn_IsRefusedAndLightsNothing()
    {
        TestCab cab = new TestCab().Start().Settle();
        byte[] command = Message.Seal(Message.CmdTopic, Fields("lights", 0, 1));
        Assert.AreEqual(Refusal.Driving, cab.Unit.Inbound.Receive(Message.CmdTopic, command, cab.Now));
        cab.Run(5000);
        Assert.AreEqual(0, cab.Lights.Lit);
    }

    /// <summary>Started in the middle of it, the car shows its rating and no channel alone.</summary>
    [TestMethod]
    public void Calibration_IgnitionOnInTheMiddle_Ends()
    {
        TestCab cab = OnTheBench(1);
        Send(cab, "lights", 0, 1);
        cab.Run(1000);
        Assert.AreEqual(DisplayState.SelfTest, cab.Unit.Panel.State);
        cab.Sensors.IsIgnitionOn = true;
        cab.Run(5000);
        Assert.AreEqual((DisplayState.NoData, 0), (cab.Unit.Panel.State, cab.Lights.Lit));
    }

    /// <summary>The memory was moved to another board, or the module was exchanged.</summary>
    [TestMethod]
    public void Calibration_OfAnotherBoard_IsNotUsedAndSaysSo()
    {
        TestCab first = new TestCab(lot: 3).Start();
        var other = new TestCab(new RamMemory(first.Memory.Image), lot: 9) { Platform = { BoardId = 2 } };
        other.Start().Settle();
        Assert.IsFalse(other.Unit.Calibration.Current.IsMeasured);
        CollectionAssert.Contains(other.Journalled, (IncidentKind.Calibration, (long)CalibrationResult.Foreign));
    }

    /// <summary>Whoever the unit displays, its parts are the same.</summary>
    [TestMethod]
    public void Calibration_ProvisionedAsAnotherDisplay_Stays()
    {
        TestCab cab = new TestCab(lot: 3).Start();
        cab.Restart(config: TestCab.Config(key: new byte[32]));
        Assert.IsTrue(cab.Unit.Calibration.Current.IsMeasured);
    }

    [TestMethod]
    public void Calibration_SupplyCutAtEveryByte_IsTheOldOrTheNew()
    {
        var platform = new FakePlatform(1);
        var old = new Calibration { Dark = 11 };
        var next = new Calibration { Dark = -22 };
        for (int cut = 0; cut < 12 + Calibration.Length; cut++)
        {
            var memory = new RamMemory();
            Assert.AreEqual(CalibrationResult.Stored, Loaded(memory, platform).Store(old));
            CalibrationStore store = Loaded(memory, platform);
            memory.BytesLeft = cut;
            memory.TornByte = (byte)(cut * 37);
            Assert.ThrowsExactly<SupplyGoneException>(() => store.Store(next));
            memory.BytesLeft = long.MaxValue;
            memory.TornByte = null;
            CalibrationStore again = Loaded(memory, platform);
            Assert.IsTrue(again.Current is { IsMeasured: true, Dark: 11 or -22 }, $"cut {cut}");
            Assert.AreEqual(CalibrationResult.Stored, again.Store(next));
        }
    }

    /// <summary>Every bit of a stored calibration flipped: the other slot's is used, or none, and never what the bit makes of it.</summary>
    [TestMethod]
    public void Calibration_WithAnyBitFlipped_IsNotUsed()
    {
        var platform = new FakePlatform(1);
        var memory = new RamMemory();
        Loaded(memory, platform).Store(new Calibration { Dark = 11 });
        byte[] image = memory.Image;
        int at = Array.FindIndex(image, MemoryMap.Calibration, b => b != 0);
        for (int bit = 0; bit < (12 + Calibration.Length) * 8; bit++)
        {
            byte[] flipped = (byte[])image.Clone();
            flipped[at + (bit / 8)] ^= (byte)(1 << (bit % 8));
            Assert.IsFalse(Loaded(new RamMemory(flipped), platform).Current.IsMeasured, $"bit {bit}");
        }
    }

    private static CalibrationStore Loaded(RamMemory memory, FakePlatform platform)
    {
        var store = new CalibrationStore(memory, platform, new byte[128]);
        store.Load();
        return store;
    }

    /// <summary>A board of random parts that has never been calibrated, parked.</summary>
    private static TestCab OnTheBench(int seed)
    {
        var cab = new TestCab(new RamMemory(), seed) { Tick = 10 };
        Park(cab);
        return cab;
    }

    private static void Park(TestCab cab)
    {
        cab.Start().Settle();
        cab.Sensors.IsIgnitionOn = false;
        cab.Run(3000);
        Assert.AreEqual(DisplayState.Off, cab.Unit.Panel.State);
    }

    /// <returns>What the unit journalled of it.</returns>
    private static int Calibrate(
        TestCab cab, string skip = "", int low = 10000, int high = 15000, int darkness = 0, int bright = 2000, int shines = 2000)
    {
        (string Point, int Value, int Battery, int Light)[] points =
        [
            ("battery-low", low, low == 11500 ? 10000 : low, 0), ("battery-high", high, high is 16000 or 16500 ? 15000 : high, 0),
            ("dark", 0, 13500, darkness), ("bright", bright, 13500, shines), ("lights", 0, 13500, 0), ("store", 0, 13500, 0),
        ];
        for (int i = 0; i < points.Length; i++)
        {
            (string point, int value, cab.Sensors.Battery, cab.Sensors.Light) = points[i];
            cab.Run(3000);
            if (point != skip) Send(cab, point, value, i + 1);
            cab.Run(PointTakes);
        }

        return (int)cab.Journalled.Last(i => i.Kind == IncidentKind.Calibration).Arg;
    }

    private static void Send(TestCab cab, string point, int value, int number)
    {
        byte[] command = Message.Seal(Message.CmdTopic, Fields(point, value, number));
        Assert.AreEqual(Refusal.None, cab.Unit.Inbound.Receive(Message.CmdTopic, command, cab.Now), point);
    }

    private static string Fields(string point, int value, int number) =>
        $"\"rev\":{TestCab.Epoch + number},\"now\":{TestCab.Epoch},\"do\":\"calibrate\",\"exp\":{TestCab.Epoch + 86400},"
        + $"\"point\":\"{point}\",\"value\":{value}";

    private static void AssertMeasures(TestCab cab, int seed)
    {
        Assert.IsTrue(cab.Unit.Calibration.Current.IsMeasured, $"seed {seed}");
        foreach (int battery in new[] { 9000, 12000, 16000 })
        {
            cab.Sensors.Battery = battery;
            cab.Run(2000);
            Assert.AreEqual(battery, cab.Unit.Watch.Battery, battery * 0.03, $"seed {seed}");
        }

        cab.Sensors.Battery = 13500;
        cab.Run(2000);
    }
}
