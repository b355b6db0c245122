using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Display;

namespace Firmware.Tests.World;

/// <summary>
/// Weeks of a shared cab: shifts change, the hotspot and the ignition come and go, the supply is cut with and without a warning. A witness that uses
/// nothing of the logic counts the seconds of operation since the link last delivered what is shown.
/// </summary>
[TestClass]
public sealed class HoldWeeksTests
{
    private const int Hold = 900;
    private const int Step = 5;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Stars_OfAWeek_AreTheLastThatWereDeliveredAndNoLongerThanHold() => Simulate(20171204, 7);

    [TestMethod]
    [TestCategory("slow")]
    [DataRow(20171205)]
    [DataRow(20171206)]
    [DataRow(20171207)]
    public void Stars_OfFourWeeks_AreTheLastThatWereDeliveredAndNoLongerThanHold(int seed) => Simulate(seed, 28);

    private void Simulate(int seed, int days)
    {
        var random = new Random(seed);
        var cab = new TestCab();
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        long time = TestCab.Epoch + 12;
        long rev = 0;
        int stars = -1;
        byte[] retained = [];
        int delivered = -1;
        long sinceConfirmed = 0;
        int unwarned = 0;
        bool hasDelivered = false;
        long lit = 0;
        long stale = 0;
        for (long end = time + (days * 86400L); time < end; time += Step)
        {
            // Shifts of some hours, a hotspot that is off for minutes or hours, a supply that is cut a few times a day.
            if (stars < 0 || random.Next(2500) == 0)
            {
                stars = random.Next(5);
                rev = Math.Max(rev + 1, time);
                retained = Message.Dated("rated", stars, rev, time, time - 100, time + 3000000, Hold);
                hasDelivered = false;
            }

            if (random.Next(400) == 0) cab.Sensors.IsIgnitionOn = !cab.Sensors.IsIgnitionOn;
            if (random.Next(300) == 0) SetHotspot(cab, !cab.Link.IsBrokerUp);
            if (random.Next(3000) == 0)
            {
                bool isWarned = random.Next(2) == 0;
                Cut(cab, isWarned, time);
                if (!isWarned) unwarned++;
                hasDelivered = false;
            }

            cab.Run(Step * 1000);
            if (!cab.Unit.IsOnline) hasDelivered = false;
            sinceConfirmed = hasDelivered ? 0 : sinceConfirmed + Step;
            if (cab.Unit.IsOnline && !hasDelivered)
            {
                cab.Receive(Message.RatingTopic, retained);
                cab.Run(100);
                (hasDelivered, delivered, sinceConfirmed, unwarned) = (true, stars, 0, 0);
            }

            string where = $"seed {seed}, {time}: {sinceConfirmed} s since the link, {unwarned} cuts";
            if (cab.Unit.Panel.State == DisplayState.Showing)
            {
                lit++;
                Assert.AreEqual("1" + new string('1', delivered) + new string('0', 4 - delivered), cab.Lit, where);
                Assert.IsLessThanOrEqualTo(Hold + (2 * Step), sinceConfirmed, where);
            }
            else
            {
                Assert.AreEqual("00000", cab.Lit, where);
                if (cab.Unit.Panel.State == DisplayState.Stale)
                {
                    stale++;
                    Assert.IsGreaterThanOrEqualTo(Hold - (2 * Step), sinceConfirmed + (unwarned * 60), where);
                }
                else
                {
                    Assert.IsFalse(cab.Sensors.IsIgnitionOn, where);
                }
            }
        }

        TestContext.WriteLine($"seed {seed}: lit in {lit}, stale in {stale} steps of {Step} s");
        Assert.IsGreaterThan(1000, lit);
        Assert.IsGreaterThan(1000, stale);
    }

    private static void SetHotspot(TestCab cab, bool isOn)
    {
        cab.Link.IsBrokerUp = isOn;
        if (!isOn) cab.Link.Break();
    }

    private static void Cut(TestCab cab, bool isWarned, long time)
    {
        cab.Sensors.IsPowerFailing = isWarned;
        if (isWarned) cab.Run(20);
        cab.Sensors.IsPowerFailing = false;
        cab.Time.Rtc = time;
        cab.Restart().Settle();
    }
}
