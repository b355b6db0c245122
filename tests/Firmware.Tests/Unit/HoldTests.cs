using System.Runtime.CompilerServices;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Display;

namespace Firmware.Tests.Units;

/// <summary>Whose stars these are: how long a rating lives without the link that delivered it.</summary>
[TestClass]
public sealed class HoldTests
{
    private const long Rev = TestCab.Epoch;
    private const long Hold = 900;

    private static readonly string[][] Table = ReadTable();

    [TestMethod]
    public void Hold_FromTheLossOfTheLink_EndsOnTheSecond()
    {
        TestCab cab = Confirmed();
        cab.Run(7200000);
        Assert.AreEqual("11110", cab.Lit, "while the link is up nothing is spent");
        LoseLink(cab);
        cab.Run(899000);
        Assert.AreEqual("11110", cab.Lit);
        cab.Run(2000);
        Assert.AreEqual(("00000", DisplayState.Stale), (cab.Lit, cab.Unit.Panel.State));
        cab.Run(20L * 86400000);
        Assert.AreEqual("00000", cab.Lit, "the hotspot stays off for twenty days");
    }

    /// <summary>Off and on every 14 minutes: lit for 900 s in all, and not for 840 of each 840 minutes.</summary>
    [TestMethod]
    [DataRow(true, 0, DisplayName = "the ignition")]
    [DataRow(false, 0, DisplayName = "the supply, with a warning")]
    [DataRow(false, 60, DisplayName = "the supply, without a warning: a minute further each time")]
    public void Hold_InterruptedEveryFourteenMinutes_IsSpentInAll(bool isIgnition, int ahead)
    {
        TestCab cab = Confirmed();
        LoseLink(cab);
        long lit = 0;
        for (int cycle = 0; cycle < 60; cycle++)
        {
            for (int second = 0; second < 840; second++)
            {
                cab.Run(1000);
                if (cab.Lit == "11110") lit++;
            }

            if (isIgnition)
            {
                cab.Sensors.IsIgnitionOn = false;
                cab.Run(4000);
                cab.Sensors.IsIgnitionOn = true;
                continue;
            }

            cab.Sensors.IsPowerFailing = ahead == 0;
            if (ahead == 0) cab.Run(20);
            cab.Sensors.IsPowerFailing = false;
            cab.Restart();
        }

        Assert.IsInRange(Hold - 15 - ahead, Hold + 2, lit);
    }

    [TestMethod]
    [DataRow(14, "11110")]
    [DataRow(15, "00000")]
    public void Hold_CutWithoutAWarningAtOnce_IsSpentByAMinuteEachTime(int cuts, string lit)
    {
        TestCab cab = Confirmed();
        cab.Link.IsBrokerUp = false;
        for (int cut = 0; cut <= cuts; cut++) cab.Restart();
        cab.Settle();
        Assert.AreEqual(lit, cab.Lit);
    }

    /// <summary>The loss of the link is stored when it happens: a supply that is cut soon after gives nothing back.</summary>
    [TestMethod]
    public void Hold_CutSoonAfterTheLossOfTheLink_IsSpentAlready()
    {
        TestCab cab = Confirmed();
        cab.Run(61000);
        LoseLink(cab);
        cab.Run(20000);
        cab.Restart();
        cab.Run(839000);
        Assert.AreEqual("11110", cab.Lit);
        cab.Run(2000);
        Assert.AreEqual("00000", cab.Lit);
    }

    [TestMethod]
    public void Hold_SpentAndConfirmedAgain_BeginsAnew()
    {
        TestCab cab = Confirmed();
        LoseLink(cab);
        cab.Run(1000000);
        Assert.AreEqual("00000", cab.Lit);
        cab.Link.IsBrokerUp = true;
        cab.Restart().Settle();
        Assert.AreEqual("00000", cab.Lit);
        cab.Receive(Message.RatingTopic, Message.Rated(3, hold: Hold));
        cab.Run(100);
        Assert.AreEqual("11110", cab.Lit);
        LoseLink(cab);
        cab.Run(890000);
        Assert.AreEqual("11110", cab.Lit);
    }

    [TestMethod]
    public void Hold_OfTheDriverBefore_IsNotThatOfTheNext()
    {
        TestCab cab = Confirmed();
        LoseLink(cab);
        cab.Run(800000);
        cab.Link.IsBrokerUp = true;
        cab.Restart().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(1, Rev + 1, hold: Hold));
        cab.Link.IsBrokerUp = false;
        cab.Restart();
        cab.Run(700000);
        Assert.AreEqual("11000", cab.Lit);
    }

    /// <summary>Without a clock that was ever known, what is spent is kept all the same.</summary>
    [TestMethod]
    public void Hold_WithoutAnyClock_OutlivesPower()
    {
        var cab = new TestCab();
        cab.Time.Rtc = 0;
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3, hold: Hold));
        for (int i = 0; i < 4; i++)
        {
            cab.Run(240000);
            cab.Restart();
        }

        Assert.AreEqual("00000", cab.Settle().Lit);
    }

    [TestMethod]
    public void From_InTwoMinutes_IsObeyedOverARestart()
    {
        TestCab cab = new TestCab().Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Dated("rated", 3, Rev, Rev, Rev + 130, Rev + 3000000, 3000000));
        cab.Run(1000);
        Assert.AreEqual(("00000", DisplayState.Stale), (cab.Lit, cab.Unit.Panel.State));
        cab.Time.Rtc = Rev + 20;
        cab.Restart().Settle();
        Assert.AreEqual("00000", cab.Lit);
        cab.Run(107000);
        Assert.AreEqual("00000", cab.Lit);
        cab.Run(2000);
        Assert.AreEqual("11110", cab.Lit);
    }

    /// <summary>Every combination of the table, each with every clock, and running or started again.</summary>
    [TestMethod]
    public void Light_OfEveryCombination_IsThatOfTheTable()
    {
        int tried = 0;
        foreach (string ignition in new[] { "on", "off" })
            foreach (string message in new[] { "none", "vacant", "unrated", "rated" })
                foreach (string dates in new[] { "before `from`", "within", "past `until`" })
                    foreach (string link in new[] { "has delivered it", "lost", "has not yet" })
                        foreach (string hold in new[] { "left", "spent" })
                            foreach (string clock in new[] { "answer", "chip", "floor" })
                                foreach (bool isRestarted in new[] { false, true })
                                {
                                    // A link that has delivered what it delivers spends nothing; one that has not yet is a new one.
                                    if ((link == "has delivered it" && hold == "spent") || (link == "has not yet" && !isRestarted)) continue;
                                    string[] values = [ignition, message, dates, link, hold];
                                    string[] row = Table.First(row => values.Index().All(value => Fits(row[value.Index], value.Item)));
                                    TestCab cab = Bring(message, dates, link, hold, clock, isRestarted);
                                    cab.Sensors.IsIgnitionOn = ignition == "on";
                                    cab.Run(3000);
                                    string combination = string.Join(", ", ignition, message, dates, link, hold, clock, isRestarted ? "restarted" : "running");
                                    (string lit, string state) = (row[5] == "dark" ? "00000" : "11110", row[6].Trim('`'));
                                    Assert.AreEqual((lit, state), (cab.Lit, DisplayState.NameOf(cab.Unit.Panel.State)), combination);
                                    tried++;
                                }

        Assert.AreEqual(2 * 4 * 3 * 3 * 8, tried);
    }

    private static bool Fits(string cell, string value) =>
        cell == "any" || Array.IndexOf(cell.Replace("or ", "", StringComparison.Ordinal).Split(", "), value) >= 0;

    private static TestCab Bring(string message, string dates, string link, string hold, string clock, bool isRestarted)
    {
        var cab = new TestCab();
        if (clock == "floor") cab.Time.Rtc = 0;
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        long now = Rev + 12;
        long from = dates == "before `from`" ? now + 290 : now - 100;
        long until = dates == "past `until`" ? now + 5 : now + 3000000;
        byte[] rating = Message.Dated(message, 3, Rev, now, from, until, 200);
        if (message != "none") cab.Receive(Message.RatingTopic, rating);
        if (clock == "answer") cab.Answer(now);
        if (hold == "spent") LoseLink(cab);
        cab.Run(hold == "spent" ? 210000 : 70000);
        if (isRestarted)
        {
            if (clock != "floor") cab.Time.Rtc = Rev + 10 + (cab.Now / 1000);
            cab.Link.IsBrokerUp = link != "lost";
            cab.Restart().Settle();
            if (link == "has delivered it" && message != "none") cab.Receive(Message.RatingTopic, rating);
        }
        else if (link == "lost" && hold == "left")
        {
            LoseLink(cab);
        }

        return cab;
    }

    private static void LoseLink(TestCab cab)
    {
        cab.Link.IsBrokerUp = false;
        cab.Link.Break();
        cab.Run(1);
    }

    private static TestCab Confirmed()
    {
        var cab = new TestCab();
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3, hold: Hold));
        cab.Run(1000);
        Assert.IsTrue(cab.Unit.IsOnline);
        Assert.AreEqual("11110", cab.Lit);
        return cab;
    }

    /// <summary>The rows of firmware/README.md, "Every combination".</summary>
    private static string[][] ReadTable()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Here(), "../../../firmware/README.md"));
        int head = Array.FindIndex(lines, line => line.StartsWith("| ignition | message |", StringComparison.Ordinal));
        return [.. lines.Skip(head + 2).TakeWhile(line => line.StartsWith('|')).Select(line => line.Trim('|', ' ').Split(" | "))];
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
