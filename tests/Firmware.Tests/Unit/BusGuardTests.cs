using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Units;

[TestClass]
public sealed class BusGuardTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(9)]
    public void Bus_HeldByAPartInTheMiddleOfAByte_IsClockedFreeAndCounted(int bits)
    {
        var lines = new Lines { BitsLeft = bits };
        var guard = new BusGuard(lines);
        Fail(guard, BusGuard.FailuresUntilLook - 1, 0);
        Assert.AreEqual(0, lines.Taken, "one part that does not answer is no stuck bus");
        Fail(guard, 1, 0);
        Assert.AreEqual((1, bits, 1, 1, 1, false), (lines.Taken, lines.Clocks, lines.Stops, lines.Released, guard.Freed, guard.IsStuck));
        Assert.IsTrue(guard.MayTransfer(1));
    }

    [TestMethod]
    public void Bus_WhoseDataLineIsHigh_IsNotClockedWhateverFails()
    {
        var lines = new Lines();
        var guard = new BusGuard(lines);
        for (int second = 0; second < 3600; second++) Fail(guard, 3, second * 1000L);
        Assert.AreEqual((0, 0, 360), (lines.Clocks, guard.Freed, lines.Taken));
    }

    /// <summary>SDA low for an hour from the third transfer on, where each transfer blocks for a second: what the loop pays is the look, and no transfer at all.</summary>
    [TestMethod]
    public void Bus_StuckForAnHour_CostsNoTransferAndComesBack()
    {
        var lines = new Lines { BitsLeft = int.MaxValue };
        var guard = new BusGuard(lines);
        int transfers = 0;
        for (long now = 0; now < 3600000; now += 100)
        {
            if (!guard.MayTransfer(now)) continue;
            transfers++;
            guard.Note(false, now);
        }

        Assert.AreEqual(BusGuard.FailuresUntilLook, transfers);
        Assert.AreEqual(3600000 / BusGuard.LookEvery, lines.Taken);
        Assert.IsTrue(guard.IsStuck);
        lines.BitsLeft = 0;
        Assert.IsFalse(guard.MayTransfer(3600000 + 199));
        Assert.IsTrue(guard.MayTransfer(3600000 + 200));
        Assert.AreEqual((false, 1, 1), (guard.IsStuck, guard.Freed, lines.Stops));
    }

    /// <summary>
    /// Memory, clock chip, thermometer and converter are gone at once: the light stays as it is, each fault is told, nothing is formatted, and all of it
    /// comes back.
    /// </summary>
    [TestMethod]
    public void Unit_WhoseBusIsStuckForAnHour_StaysLitAndFedAndComesBack()
    {
        var cab = new TestCab { Platform = { ResetCause = ResetCause.Power }, Link = { IsBrokerUp = true } };
        cab.Start().Settle();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Run(5000);
        string journal = cab.Unit.Identity.JournalId;
        SetBus(cab, isStuck: true);
        for (int minute = 0; minute < 60; minute++)
        {
            long fed = cab.Platform.Fed;
            cab.Run(60000);
            Assert.AreEqual("11110", cab.Lit);
            Assert.AreEqual(120, cab.Platform.Fed - fed, 2.0);
        }

        StringAssert.Contains(cab.Link.Messages.Last(m => m.Topic.EndsWith("/state", StringComparison.Ordinal)).Json, "\"faults\":[\"storage\",\"thermometer\",\"converter\"]");
        SetBus(cab, isStuck: false);
        cab.Platform.BusFreed = 1;
        cab.Run(60000);
        Assert.AreEqual((journal, DisplayState.Showing), (cab.Unit.Identity.JournalId, cab.Unit.Panel.State));
        StringAssert.Contains(cab.Link.Messages.Last(m => m.Topic.EndsWith("/state", StringComparison.Ordinal)).Json, "\"faults\":[]");
        Assert.ContainsSingle(i => i == (IncidentKind.Bus, 1L), cab.Journalled);
        cab.Restart().Settle();
        Assert.AreEqual("11110", cab.Lit);
    }

    private static void SetBus(TestCab cab, bool isStuck)
    {
        cab.Memory.IsDead = isStuck;
        cab.Converter.IsSilent = isStuck;
        cab.Sensors.IsThermometerDead = isStuck;
    }

    private static void Fail(BusGuard guard, int times, long now)
    {
        for (int i = 0; i < times; i++) guard.Note(false, now);
    }

    private sealed class Lines : IBusLines
    {
        /// <summary>Clocks after which the part lets go of the data line.</summary>
        public int BitsLeft { get; set; }

        public int Taken { get; private set; }

        public int Clocks { get; private set; }

        public int Stops { get; private set; }

        public int Released { get; private set; }

        public void Take() => Taken++;

        public bool IsDataLow() => BitsLeft > 0;

        public void Clock()
        {
            Clocks++;
            if (BitsLeft < int.MaxValue) BitsLeft--;
        }

        public void Stop() => Stops++;

        public void Release() => Released++;
    }
}
