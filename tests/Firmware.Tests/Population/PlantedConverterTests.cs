using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.VirtualCab.Board;

namespace Firmware.Tests.Population;

/// <summary>Converters that are not what the logic was written for: none of them makes it call a healthy light broken, or darkens it.</summary>
[TestClass]
public sealed class PlantedConverterTests
{
    /// <summary>The fatal case: the ESP32's own converter, raw, read as if a step were 3,300 / 4,095 mV. It reads 110 mV as 0.</summary>
    [TestMethod]
    public void Planted_Esp32ConverterReadAsIdeal_IsADeadConverterAndNotFiveBrokenLights()
    {
        var cab = new TestCab { Planted = real => new RawEsp32(real) };
        AssertOnlyTheConverterIsDead(Started(cab));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(ConverterInput.MaxCode)]
    public void Converter_StuckAtACode_IsDeadAndTheLightStays(int code)
    {
        TestCab cab = Started(new TestCab());
        cab.Converter.StuckCode = code;
        cab.Run(10000);
        AssertOnlyTheConverterIsDead(cab);
        cab.Converter.StuckCode = null;
        cab.Run(10000);
        Assert.IsFalse(cab.Unit.Watch.IsConverterDead);
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.Converter, 0L));
    }

    /// <summary>SDA held low for an hour: light, and then everything again.</summary>
    [TestMethod]
    public void Converter_SilentForAnHour_LeavesTheLightAndComesBack()
    {
        TestCab cab = Started(new TestCab());
        cab.Converter.IsSilent = true;
        cab.Run(3600000);
        AssertOnlyTheConverterIsDead(cab);
        Assert.AreEqual(0, cab.Unit.Watch.Battery);
        cab.Converter.IsSilent = false;
        cab.Run(60000);
        Assert.AreEqual((false, 1000), (cab.Unit.Watch.IsConverterDead, cab.Lights.Permille));
        Assert.AreEqual(13500, cab.Unit.Watch.Battery, 10);
    }

    /// <summary>Without a converter the fault lines are left, and the duty at which they speak.</summary>
    [TestMethod]
    public void Converter_Dead_LeavesTheFaultLines()
    {
        TestCab cab = Started(new TestCab());
        cab.Converter.IsSilent = true;
        cab.Run(60000);
        cab.Lights.Break(2, LightFault.Open);
        cab.Run(10000);
        Assert.AreEqual((LightFault.Open, DisplayState.Fault, 0), (cab.Unit.Panel.Check.FaultOf(2), cab.Unit.Panel.State, cab.Lights.Lit));
    }

    /// <summary>One transfer in ten is not acknowledged: no fault at all.</summary>
    [TestMethod]
    public void Converter_ThatMissesOneInTen_IsNoFault()
    {
        TestCab cab = Started(new TestCab(lot: 3));
        cab.Converter.MissedPerMille = 100;
        cab.Run(3600000);
        Assert.AreEqual((0, false, "11111"), (cab.Unit.Panel.Check.Faulty, cab.Unit.Watch.IsConverterDead, cab.Lit));
    }

    private static TestCab Started(TestCab cab)
    {
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(4));
        cab.Run(30000);
        return cab;
    }

    private static void AssertOnlyTheConverterIsDead(TestCab cab)
    {
        Assert.AreEqual((0, DisplayState.Showing, "11111"), (cab.Unit.Panel.Check.Faulty, cab.Unit.Panel.State, cab.Lit));
        Assert.IsTrue(cab.Unit.Watch.IsConverterDead);
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.Converter, 1L));
        Assert.IsFalse(cab.Unit.Watch.IsVoltageWrong);
    }

    /// <summary>What an ESP32 gives at 12 dB (hardware/facts.csv), as the program before this one read it.</summary>
    private sealed class RawEsp32(VirtualConverter real) : IConverter
    {
        private readonly double _floor = Facts.Of("U1.adc_floor").Typical;
        private readonly double _slope = Facts.Of("U1.adc_slope").Typical;
        private int _running = ConverterInput.AmbientFine;

        public bool TryNext(int next, out int code)
        {
            double millivolts = ConverterInput.Microvolts(_running, real.Convert(_running)) / 1000.0;
            double raw = Math.Clamp((millivolts - _floor) / _slope, 0, 4095);
            double believed = Math.Floor(raw) * 3300 / 4095;
            code = (int)Math.Min(ConverterInput.MaxCode, believed * 1000000 / ConverterInput.Microvolts(_running, 1000000) * 1000);
            _running = next;
            return true;
        }
    }
}
