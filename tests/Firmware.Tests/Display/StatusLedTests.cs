using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.VirtualCab.Board;

namespace Firmware.Tests.Display;

[TestClass]
public sealed class StatusLedTests
{
    private const int Step = 25;

    [TestMethod]
    [DataRow(DisplayState.Unrated, "1000000000000000")]
    [DataRow(DisplayState.Vacant, "1010000000000000")]
    [DataRow(DisplayState.Stale, "1010100000000000")]
    [DataRow(DisplayState.NoData, "1010101000000000")]
    [DataRow(DisplayState.Fault, "1111000011110000")]
    [DataRow(DisplayState.Showing, "1111111111111111")]
    [DataRow(DisplayState.SelfTest, "1111111100000000")]
    [DataRow(DisplayState.Off, "0000000000000000")]
    [DataRow(DisplayState.Booting, "0000000000000000")]
    public void StatusLed_OfEveryState_SpeaksItsPattern(int state, string pattern)
    {
        var (led, lights) = New();
        led.Say(state, 1000);
        Assert.AreEqual(pattern, Seen(led, lights, 1000));
        Assert.AreEqual(pattern, Seen(led, lights, 3000), "and repeats it");
    }

    [TestMethod]
    [DataRow(DisplayState.Stale, "0000000000000000")]
    [DataRow(DisplayState.Showing, "0000000000000000")]
    [DataRow(DisplayState.Fault, "1111000011110000")]
    public void StatusLed_AfterTenSeconds_IsDarkUnlessThereIsAFault(int state, string pattern)
    {
        var (led, lights) = New();
        led.Say(state, 0);
        for (long now = 0; now < 10000; now += Step) led.Advance(now);
        Assert.AreEqual(pattern, Seen(led, lights, 10000));
    }

    [TestMethod]
    public void StatusLed_LateInTheDay_SpeaksForTenSecondsToo()
    {
        var (led, lights) = New();
        led.Say(DisplayState.Showing, 40000000);
        Assert.AreEqual(40000000 + 125, led.Advance(40000000));
        led.Advance(40009999);
        Assert.IsTrue(lights.IsStatusLit);
        led.Advance(40010000);
        Assert.IsFalse(lights.IsStatusLit);
    }

    [TestMethod]
    public void StatusLed_Identify_BlinksForTenSeconds()
    {
        var (led, lights) = New();
        led.Say(DisplayState.Showing, 0);
        led.BeginIdentify(500);
        Assert.AreEqual("1010101010101010", Seen(led, lights, 500));
        led.Advance(10499);
        led.Advance(10500);
        Assert.IsFalse(lights.IsStatusLit);
    }

    [TestMethod]
    public void StatusLed_Silent_NeedsNoTick()
    {
        var (led, _) = New();
        led.Say(DisplayState.Off, 0);
        Assert.AreEqual(long.MaxValue, led.Advance(0));
        led.Say(DisplayState.Stale, 0);
        Assert.AreEqual(125, led.Advance(0));
        Assert.AreEqual(125, led.Advance(124));
        Assert.AreEqual(250, led.Advance(125));
        Assert.AreEqual(long.MaxValue, led.Advance(10000));
    }

    private static (StatusLed Led, VirtualLights Lights) New()
    {
        var lights = new VirtualLights();
        return (new StatusLed(lights), lights);
    }

    private static string Seen(StatusLed led, VirtualLights lights, long from)
    {
        string seen = "";
        for (int slot = 0; slot < 16; slot++)
        {
            led.Advance(from + (slot * StatusLed.SlotMilliseconds));
            seen += lights.IsStatusLit ? '1' : '0';
        }

        return seen;
    }
}
