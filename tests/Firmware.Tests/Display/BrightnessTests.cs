using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.VirtualCab.Board;

namespace Firmware.Tests.Display;

[TestClass]
public sealed class BrightnessTests
{
    /// <summary>What EN 12966 asks of a yellow sign, cd/m², at an illuminance, lx.</summary>
    private static readonly (int Lux, int Min, int Max)[] Sign =
    [
        (40000, 7440, 37200), (4000, 1320, 6600), (400, 360, 1800), (40, 150, 750), (4, 45, 225),
    ];

    [TestMethod]
    [DataRow(0, 20)]
    [DataRow(4, 20)]
    [DataRow(40000, 1000)]
    [DataRow(100000, 1000)]
    public void Brightness_AtTheEnds_IsTheConfigured(int lux, int permille) => Assert.AreEqual(permille, At(lux, 20).Permille);

    [TestMethod]
    public void Brightness_FromNightToDay_RangesFiftyToOneAndNeverFalls()
    {
        int before = 0;
        for (int lux = 0; lux <= 45000; lux += 5)
        {
            int now = At(lux, 20).Permille;
            Assert.IsGreaterThanOrEqualTo(before, now, $"{lux} lx");
            before = now;
        }

        Assert.AreEqual(1000, before);
    }

    /// <summary>Worked out by hand: night · (day / night) ^ (ln((lux + 1) / (nightLux + 1)) / ln((dayLux + 1) / (nightLux + 1))).</summary>
    [TestMethod]
    [DataRow(6, 23, 100)]
    [DataRow(20, 37, 126)]
    [DataRow(100, 74, 221)]
    [DataRow(500, 149, 391)]
    public void Brightness_BetweenTheEnds_IsAPowerOfTheLight(int lux, int permille, int permilleOfAnotherCurve)
    {
        Assert.AreEqual(permille, At(lux, 20).Permille);
        var other = new Brightness();
        other.Configure(500, 100, 1000, 10);
        other.Sense(lux, 0);
        other.Jump();
        Assert.AreEqual(permilleOfAnotherCurve, other.Permille);
    }

    /// <summary>Stars as the end of the line sets them, the dimmest and the brightest, at all five illuminances of the standard.</summary>
    [TestMethod]
    public void Curve_OnTheStandardsIlluminances_MeetsItsLuminances()
    {
        Facts.Range stars = Facts.Of("D11.luminance");
        foreach ((int lux, int min, int max) in Sign)
        {
            double share = new Brightness().FromLight(lux) / 1000.0;
            Assert.IsTrue(share * stars.Min >= min && share * stars.Max <= max, $"{lux} lx: {share * stars.Min:0} to {share * stars.Max:0} cd/m²");
        }
    }

    [TestMethod]
    public void Brightness_LightThatRises_IsFollowedWithinThreeSeconds()
    {
        Brightness brightness = At(0, 20);
        brightness.Sense(50000, 1000);
        Assert.IsTrue(brightness.IsRamping);
        long end = Ramp(brightness, 1000);
        Assert.AreEqual(1000, brightness.Permille);
        Assert.IsLessThanOrEqualTo(4500, end);
    }

    [TestMethod]
    public void Brightness_LightThatFalls_IsFollowedSlowlyButToTheEnd()
    {
        Brightness brightness = At(50000, 20);
        long now = 0;
        for (; now < 10000; now += 1000) Sense(brightness, 0, now);
        Assert.IsGreaterThan(100, brightness.Permille, "a tunnel is not yet the night");
        for (; now < 300000; now += 1000) Sense(brightness, 0, now);
        Assert.AreEqual(20, brightness.Permille);
    }

    [TestMethod]
    public void Ramp_OfAnySize_StepsTooLittleToBeSeen()
    {
        Brightness brightness = At(0, 20);
        brightness.Sense(50000, 0);
        AssertSteps(brightness);
        for (int now = 0; now < 300000; now += 1000) brightness.Sense(0, now);
        AssertSteps(brightness);
        Assert.AreEqual(20, brightness.Permille);
    }

    /// <summary>A light at the night's limit that flickers: 120 changes of the duty in 120 looks once.</summary>
    [TestMethod]
    [DataRow(4, 6)]
    [DataRow(3, 5)]
    [DataRow(38000, 42000)]
    public void Brightness_LightAroundAnEnd_DoesNotPulsate(int low, int high)
    {
        Brightness brightness = At(low, 20);
        int changes = 0;
        for (int i = 0; i < 120; i++)
        {
            if (Sense(brightness, i % 2 == 0 ? low : high, i * 1000L)) changes++;
        }

        Assert.IsLessThanOrEqualTo(1, changes);
    }

    /// <summary>Street lamps, every two seconds bright and dark again, for ten minutes: one rise, and then a light as steady as the eye sees.</summary>
    [TestMethod]
    public void Brightness_LampsEveryTwoSeconds_StaysNearTheBrightOnes()
    {
        Brightness brightness = At(4, 20);
        int min = 1000;
        int max = 0;
        for (int i = 0; i < 600; i++)
        {
            Sense(brightness, i % 2 == 0 ? 60 : 4, i * 1000L);
            if (i < 10) continue;
            min = Math.Min(min, brightness.Permille);
            max = Math.Max(max, brightness.Permille);
        }

        Assert.IsLessThanOrEqualTo(1.13, (double)max / min, $"{min} to {max} ‰");
    }

    /// <summary>The heat's limit is 49 ‰ a degree below 105 °C: 804 ‰ at 89 °C, of which 100 ‰ is an eighth.</summary>
    [TestMethod]
    public void Brightness_AnEighthAway_StaysAndMovesBeyond()
    {
        Brightness brightness = At(50000, 89);
        Assert.AreEqual(804, brightness.Permille);
        brightness.Warm(91);
        Assert.IsFalse(brightness.IsRamping);
        brightness.Warm(92);
        Assert.IsTrue(brightness.IsRamping);
        Ramp(brightness, 0);
        Assert.AreEqual(657, brightness.Permille);
    }

    [TestMethod]
    public void Brightness_InTheDarkOnAHotBoard_IsTheNights() => Assert.AreEqual(20, At(0, 95).Permille);

    [TestMethod]
    [DataRow(85, 1000)]
    [DataRow(86, 951)]
    [DataRow(95, 510)]
    [DataRow(104, 69)]
    [DataRow(105, 20)]
    [DataRow(120, 20)]
    public void Brightness_OnAHotBoard_FallsToTheNightsDuty(int celsius, int max) => Assert.AreEqual(max, At(50000, celsius).Permille);

    [TestMethod]
    public void Brightness_Blind_IsBetweenDayAndNightAndAboveWhereTheFaultLinesSpeak()
    {
        Brightness brightness = At(0, 20);
        brightness.Blind();
        Ramp(brightness, 0);
        Assert.AreEqual(141, brightness.Permille);
        Assert.IsGreaterThanOrEqualTo(LightCheck.LinesSpeakFrom, brightness.Permille);
        brightness.Sense(0, 1000);
        Ramp(brightness, 1000);
        Assert.AreEqual(20, brightness.Permille, "light that is known again is believed at once");
    }

    [TestMethod]
    public void Brightness_WithEqualDuties_DoesNotDivideByZero()
    {
        var brightness = new Brightness();
        brightness.Configure(20, 20, 1, 0);
        brightness.Warm(90);
        for (int lux = 0; lux < 5; lux++) Sense(brightness, lux, lux * 1000L);
        Ramp(brightness, 5000);
        Assert.AreEqual(20, brightness.Permille);
    }

    private static Brightness At(int lux, int celsius)
    {
        var brightness = new Brightness();
        brightness.Sense(lux, 0);
        brightness.Warm(celsius);
        brightness.Jump();
        return brightness;
    }

    /// <returns>Whether the duty changed within a second.</returns>
    private static bool Sense(Brightness brightness, int lux, long now)
    {
        int before = brightness.Permille;
        brightness.Sense(lux, now);
        for (long step = now; step < now + 1000; step += 10) brightness.Step(step);
        return brightness.Permille != before;
    }

    private static long Ramp(Brightness brightness, long now)
    {
        while (brightness.IsRamping)
        {
            brightness.Step(now);
            now += 10;
        }

        return now;
    }

    private static void AssertSteps(Brightness brightness)
    {
        long now = 1000000;
        while (brightness.IsRamping)
        {
            int before = brightness.Permille;
            if (brightness.Step(now)) Assert.IsLessThanOrEqualTo(Math.Max(1, before / 16), Math.Abs(brightness.Permille - before), $"from {before} ‰");
            now += 10;
        }
    }
}
