using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Display;

namespace Firmware.Tests.Population;

/// <summary>What the eye sees: the light at every tick of 10 ms.</summary>
[TestClass]
public sealed class SteadyLightTests
{
    private const double MaxMeanError = 0.03;

    /// <summary>The check measures within what is lit: in an hour at night nothing changes, and the mean is what the curve says.</summary>
    [TestMethod]
    [DataRow(0)]
    [DataRow(400)]
    [DataRow(50000)]
    public void Light_Steady_IsNotTouchedByItsCheck(int lux)
    {
        TestCab cab = Showing(lux);
        int permille = cab.Lights.Permille;
        int shows = cab.Lights.Shows;
        double sum = 0;
        const int ticks = 360000;
        for (int i = 0; i < ticks; i++)
        {
            cab.Run(10);
            sum += cab.Lights.Permille * Channels.CountIn(cab.Lights.Lit) / 5.0;
        }

        Assert.AreEqual(permille, sum / ticks, permille * MaxMeanError);
        Assert.AreEqual(shows, cab.Lights.Shows, "the lights were set");
    }

    /// <summary>However the light outside changes, no tick differs from the one before by more than a step of the ramp, and no channel blinks.</summary>
    [TestMethod]
    public void Light_WhileItsSurroundingsChange_NeverJumps()
    {
        TestCab cab = Showing(0);
        var chance = new Random(7);
        int before = cab.Lights.Permille;
        for (int i = 0; i < 60000; i++)
        {
            if (i % 1000 == 0) cab.Sensors.Light = (int)Math.Exp(chance.NextDouble() * Math.Log(50000));
            cab.Run(10);
            Assert.AreEqual(31, cab.Lights.Lit);
            Assert.IsLessThanOrEqualTo(Math.Max(1, before / 16), Math.Abs(cab.Lights.Permille - before), $"from {before} to {cab.Lights.Permille} ‰");
            before = cab.Lights.Permille;
        }
    }

    /// <summary>Lamps every two seconds, through converter, filter and ramp.</summary>
    [TestMethod]
    public void Light_LampsEveryTwoSeconds_DoesNotPulsate()
    {
        TestCab cab = Showing(4);
        int min = 1000;
        int max = 0;
        for (int i = 0; i < 60000; i++)
        {
            cab.Sensors.Light = i / 100 % 2 == 0 ? 60 : 4;
            cab.Run(10);
            if (i < 2000) continue;
            min = Math.Min(min, cab.Lights.Permille);
            max = Math.Max(max, cab.Lights.Permille);
        }

        Assert.IsLessThanOrEqualTo(1.13, (double)max / min, $"{min} to {max} ‰");
    }

    /// <summary>A handshake that stops the loop, at any tick of a search for a broken channel: what is frozen is the rating, or has no bar.</summary>
    [TestMethod]
    public void Light_LoopStoppedAtAnyTickOfASearch_IsTheRatingOrHasNoBar()
    {
        TestCab cab = Showing(50000);
        cab.Lights.Break(3, LightFault.Open);
        for (int i = 0; i < 500; i++)
        {
            cab.Run(10);
            int frozen = cab.Lights.Lit;
            Assert.IsTrue(frozen == 0b10111 || (frozen & 1) == 0, $"{frozen}");
        }

        Assert.AreEqual((DisplayState.Fault, 0), (cab.Unit.Panel.State, cab.Lights.Lit));
    }

    private static TestCab Showing(int lux)
    {
        var cab = new TestCab(lot: 5) { Tick = 10 };
        cab.Sensors.Light = lux;
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(4));
        cab.Run(120000);
        return cab;
    }
}
