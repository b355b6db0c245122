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

    /// <summary>Worked out by hand: night + (day - night) · ln((lux + 1) / (nightLux + 1)) / ln((dayLux + 1) / (nightLux + 1)).</summary>
    [TestMethod]
    [DataRow(6, 46, 100)]
    [DataRow(20, 231, 157)]
    [DataRow(100, 496, 296)]
    [DataRow(500, 766, 438)]
    public void Brightness_BetweenTheEnds_FollowsTheLogarithm(int lux, int permille, int permilleOfAnotherCurve)
    {
        var brightness = new Brightness();
        Assert.IsTrue(brightness.Follow(lux, 20));
        Assert.AreEqual(permille, brightness.Permille);

        brightness.Configure(500, 100, 1000, 10);
        brightness.Follow(lux, 20);
        Assert.AreEqual(permilleOfAnotherCurve, brightness.Permille);
    }

    [TestMethod]
    public void Brightness_NearTheEnd_GoesAllTheWay()
    {
        var brightness = new Brightness();
        brightness.Follow(700, 20);
        brightness.Follow(1400, 20);
        Assert.AreEqual(939, brightness.Permille);
        Assert.IsFalse(brightness.Follow(1750, 20), "977 is too near to move");
        Assert.IsTrue(brightness.Follow(2000, 20), "the day's duty is reached, however near it is");
        Assert.AreEqual(1000, brightness.Permille);
    }

    /// <summary>Without a night's duty the heat's limit is 40 ‰ a degree below 105 °C: 640 ‰ at 89 °C, of which 80 ‰ is an eighth.</summary>
    [TestMethod]
    public void Brightness_AnEighthAway_StaysAndMovesBeyond()
    {
        var brightness = new Brightness();
        brightness.Configure(800, 0, 2000, 5);
        brightness.Follow(5000, 89);
        Assert.AreEqual(640, brightness.Permille);
        Assert.IsFalse(brightness.Follow(5000, 91));
        Assert.IsTrue(brightness.Follow(5000, 92));
        Assert.AreEqual(520, brightness.Permille);
    }

    [TestMethod]
    public void Brightness_InTheDarkOnAHotBoard_IsTheNights()
    {
        var brightness = new Brightness();
        brightness.Follow(0, 95);
        Assert.AreEqual(20, brightness.Permille);
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
    public void Brightness_OnAHotBoard_FallsToTheNightsDuty(int celsius, int max)
    {
        var brightness = new Brightness();
        brightness.Follow(5000, 120);
        brightness.Follow(5000, celsius);
        Assert.AreEqual(max, brightness.Permille, max / 8);
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
