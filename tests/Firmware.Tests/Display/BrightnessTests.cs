using TaxiCredit.Firmware.Logic.Display;

namespace Firmware.Tests.Display;

[TestClass]
public sealed class BrightnessTests
{
    [TestMethod]
    [DataRow(0, 20)]
    [DataRow(5, 20)]
    [DataRow(2000, 1000)]
    [DataRow(100000, 1000)]
    public void Brightness_AtTheEnds_IsTheConfigured(int lux, int permille)
    {
        var brightness = new Brightness();
        brightness.Follow(lux, 20);
        Assert.AreEqual(permille, brightness.Permille);
    }

    [TestMethod]
    public void Brightness_FromNightToDay_RangesFiftyToOneAndNeverFalls()
    {
        int before = 0;
        for (int lux = 0; lux <= 3000; lux++)
        {
            var brightness = new Brightness();
            brightness.Follow(lux, 20);
            Assert.IsGreaterThanOrEqualTo(before, brightness.Permille, $"{lux} lx");
            before = brightness.Permille;
        }

        Assert.AreEqual(1000, before);
    }

    [TestMethod]
    public void Brightness_PassingStreetLamps_DoesNotFollowSmallChanges()
    {
        var brightness = new Brightness();
        brightness.Follow(100, 20);
        int before = brightness.Permille;
        Assert.IsFalse(brightness.Follow(115, 20));
        Assert.IsFalse(brightness.Follow(87, 20));
        Assert.AreEqual(before, brightness.Permille);
        Assert.IsTrue(brightness.Follow(200, 20));
    }

    [TestMethod]
    [DataRow(85, 1000)]
    [DataRow(86, 951)]
    [DataRow(95, 510)]
    [DataRow(104, 69)]
    [DataRow(105, 20)]
    [DataRow(120, 20)]
    public void Brightness_OnAHotBoard_FallsToTheNightsDuty(int celsius, int most)
    {
        var brightness = new Brightness();
        brightness.Follow(5000, 120);
        brightness.Follow(5000, celsius);
        Assert.AreEqual(most, brightness.Permille, most / 8);
        Assert.IsGreaterThanOrEqualTo(20, brightness.Permille);
    }

    [TestMethod]
    public void Brightness_WithEqualDuties_DoesNotDivideByZero()
    {
        var brightness = new Brightness();
        brightness.Configure(20, 20, 1, 0);
        for (int lux = 0; lux < 5; lux++) brightness.Follow(lux, 90);
        Assert.AreEqual(20, brightness.Permille);
    }
}
