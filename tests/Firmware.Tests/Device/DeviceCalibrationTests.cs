using TaxiCredit.Firmware.Logic.Analog;

namespace Firmware.Tests.Device;

[TestClass]
public class DeviceCalibrationTests
{
    [TestMethod]
    public void Calibration_OfNominalParts_IsPlausible() => Assert.AreEqual(CalibrationResult.Stored, Plausible.Judge(new Calibration()));

    [TestMethod]
    public void Calibration_SwappedOrBeyondItsParts_IsNamed()
    {
        var swapped = new Calibration();
        swapped.BatteryMillivolts[0] = 15000;
        swapped.BatteryMillivolts[1] = 10000;
        Assert.AreEqual(CalibrationResult.Swapped, Plausible.Judge(swapped));

        var dark = new Calibration { Dark = -Plausible.MaxDark - 1 };
        Assert.AreEqual(CalibrationResult.Dark, Plausible.Judge(dark));

        for (int channel = 0; channel < Calibration.ChannelCount; channel++)
        {
            var weak = new Calibration();
            weak.Full[channel] = Plausible.MinFull;
            Assert.AreEqual(CalibrationResult.Stored, Plausible.Judge(weak));
            weak.Full[channel] = Plausible.MinFull - 1;
            Assert.AreEqual(CalibrationResult.Channel + channel, Plausible.Judge(weak));
        }
    }

    [TestMethod]
    public void Calibration_Stored_ComesBack()
    {
        var written = new Calibration { Board = 0xFFFFFFFF, Dark = -399 };
        written.BatteryMillivolts[1] = 15000;
        written.LuxMicrovolts[0] = -120;
        written.Low[4] = 2999;
        written.Full[0] = 120999;
        byte[] bytes = new byte[Calibration.Length];
        written.Put(bytes);
        var read = new Calibration();
        read.Get(bytes);

        Assert.IsTrue(read.IsMeasured);
        Assert.AreEqual(-399, read.Dark);
        Assert.AreEqual(15000, read.BatteryMillivolts[1]);
        Assert.AreEqual(-120, read.LuxMicrovolts[0]);
        Assert.AreEqual(2999, read.Low[4]);
        Assert.AreEqual(120999, read.Full[0]);
    }

    /// <summary>Products beyond 32 bits, and negative ones: the interpreter's arithmetic is its own.</summary>
    [TestMethod]
    public void Calibration_OfNominalParts_MeansWhatItSays()
    {
        var nominal = new Calibration();
        Assert.AreEqual(13550, nominal.MillivoltsOf(1200000));
        Assert.AreEqual(350, nominal.MillivoltsOf(0));
        Assert.AreEqual(100000, nominal.LuxOf(2300000, 25));
        Assert.AreEqual(0, nominal.LuxOf(-50, 25));
        Assert.AreEqual(1000 * 1000 / 1180, nominal.LuxOf(23000, 85));
        Assert.AreEqual(2200, nominal.Expected(3, 20));
        Assert.AreEqual(110000, nominal.Expected(3, 1000));
        Assert.AreEqual(2200 - 2200, nominal.Expected(3, 20) - nominal.Expected(0, 20));
    }
}
