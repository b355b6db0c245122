using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Units;

/// <summary>A parked car: dark, online for a while, then asleep until somebody comes.</summary>
[TestClass]
public sealed class ParkingTests
{
    [TestMethod]
    public void Parked_AfterTenMinutes_SleepsAndTheStateSaidOff()
    {
        TestCab cab = Parked();
        cab.Run(Parking.AfterRun - 2000);
        Assert.IsFalse(cab.Platform.IsAsleep);
        StringAssert.Contains(cab.Link.Messages.Last(m => m.Topic.EndsWith("/state", StringComparison.Ordinal)).Json, "\"display\":\"off\"");
        cab.Run(3000);
        Assert.IsTrue(cab.Platform.IsAsleep);
        Assert.IsFalse(cab.Link.IsOpen, "it said good-bye");
    }

    /// <summary>Off and parked, no light reaches the street: neither a pulse, nor a test, whatever wakes the unit.</summary>
    [TestMethod]
    public void Parked_WhateverWakesIt_LightsNothing()
    {
        TestCab cab = Parked();
        AssertDark(cab, Parking.AfterRun + 1000);
        foreach (int cause in new[] { ResetCause.Unknown, ResetCause.Parked, ResetCause.Watchdog, ResetCause.Power, ResetCause.BrownOut })
        {
            cab.Restart(cause);
            AssertDark(cab, 5000);
            Assert.IsTrue(cab.Platform.IsAsleep, $"cause {cause}: back to sleep");
            Assert.AreEqual(0, cab.Link.Opens, "and nobody was told");
        }
    }

    [TestMethod]
    public void Parked_WokenByTheIgnition_TestsItselfAndShows()
    {
        TestCab cab = Parked();
        cab.Run(Parking.AfterRun + 1000);
        cab.Sensors.IsIgnitionOn = true;
        cab.Restart(ResetCause.Unknown);
        Assert.AreEqual(DisplayState.SelfTest, cab.Unit.Panel.State);
        cab.Settle();
        Assert.AreEqual(("11110", DisplayState.Showing), (cab.Lit, cab.Unit.Panel.State));
        Assert.AreEqual((long)ResetCause.Parked, cab.Journalled.Last(i => i.Kind == IncidentKind.PowerOn).Arg);
    }

    /// <summary>The lid is opened at night: told, and back to sleep.</summary>
    [TestMethod]
    public void Parked_LidOpened_IsToldWithinAMinute()
    {
        TestCab cab = Parked();
        cab.Run(Parking.AfterRun + 1000);
        cab.Sensors.IsOpen = true;
        cab.Restart(ResetCause.Unknown);
        AssertDark(cab, 30000);
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.Tamper, 1L));
        Assert.IsTrue(cab.Link.Messages.Any(m => m.Topic.EndsWith("/incidents", StringComparison.Ordinal)));
        cab.Run(Parking.AfterTamper);
        Assert.IsTrue(cab.Platform.IsAsleep);
    }

    [TestMethod]
    [DataRow(11700, true)]
    [DataRow(11900, false)]
    public void Parked_WithALowBattery_SleepsAfterAMinute(int battery, bool sleeps)
    {
        TestCab cab = Parked();
        cab.Sensors.Battery = battery;
        cab.Run(Parking.LowFor + 5000);
        Assert.AreEqual(sleeps, cab.Platform.IsAsleep);
    }

    /// <summary>On the road a low battery keeps nobody from showing the rating.</summary>
    [TestMethod]
    public void Driving_WithALowBattery_StaysAwake()
    {
        TestCab cab = Showing();
        cab.Sensors.Battery = 10500;
        cab.Run(3 * Parking.AfterRun);
        Assert.AreEqual((false, "11110"), (cab.Platform.IsAsleep, cab.Lit));
    }

    /// <summary>A contact that chatters for an hour, in every rhythm up to half a second on and off: the stars stay.</summary>
    [TestMethod]
    public void Ignition_Chattering_LeavesTheLight()
    {
        TestCab cab = Showing();
        var chance = new Random(5);
        for (long end = cab.Now + 3600000; cab.Now < end;)
        {
            cab.Sensors.IsIgnitionOn = false;
            cab.Run(chance.Next(10, 1400));
            cab.Sensors.IsIgnitionOn = true;
            cab.Run(chance.Next(600, 1500));
            Assert.AreEqual("11110", cab.Lit);
        }
    }

    /// <summary>A unit that lost its supply on the road may be in traffic: no channel is lit alone.</summary>
    [TestMethod]
    [DataRow(ResetCause.Power)]
    [DataRow(ResetCause.BrownOut)]
    [DataRow(ResetCause.Watchdog)]
    public void Start_OnTheRoad_ShowsNoSelfTest(int cause)
    {
        TestCab cab = Showing();
        cab.Restart(cause);
        for (int i = 0; i < 300; i++)
        {
            cab.Run(10);
            Assert.AreEqual("11110", cab.Lit);
        }
    }

    [TestMethod]
    public void Ignition_OnAgain_TestsItselfOnceTheLinkCannotBlock()
    {
        TestCab cab = Parked();
        cab.Sensors.IsIgnitionOn = true;
        cab.Run(2 * Unit.Beat);
        Assert.AreEqual(DisplayState.SelfTest, cab.Unit.Panel.State);
        cab.Settle();
        Assert.AreEqual("11110", cab.Lit);
    }

    private static void AssertDark(TestCab cab, int milliseconds)
    {
        int shows = cab.Lights.Shows;
        for (int i = 0; i < milliseconds / 10; i++)
        {
            cab.Run(10);
            Assert.AreEqual(0, cab.Lights.Lit);
        }

        Assert.AreEqual(shows, cab.Lights.Shows, "the lights were set");
    }

    private static TestCab Showing()
    {
        var cab = new TestCab { Tick = 10 };
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Run(1000);
        Assert.AreEqual("11110", cab.Lit);
        return cab;
    }

    private static TestCab Parked()
    {
        TestCab cab = Showing();
        cab.Sensors.IsIgnitionOn = false;
        cab.Run(4 * Unit.Beat);
        Assert.AreEqual(("00000", DisplayState.Off), (cab.Lit, cab.Unit.Panel.State));
        return cab;
    }
}
