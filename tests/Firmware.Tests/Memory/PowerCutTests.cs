using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Memory;

/// <summary>The whole unit loses its supply at every byte that it writes while something happens to it.</summary>
[TestClass]
public sealed class PowerCutTests
{
    private const long Rev = TestCab.Epoch;

    [TestMethod]
    public void Rating_SupplyCutAtEveryByte_ShowsTheOldOrTheNew() => CutEverywhere(
        cab => cab.Unit.Inbound.Receive(Message.RatingTopic, Message.Rated(1, Rev + 1), cab.Now),
        cab => Assert.IsTrue((cab.Lit, cab.Unit.Ratings.Rev) is ("11110", Rev) or ("11000", Rev + 1), cab.Lit));

    [TestMethod]
    public void Vacancy_SupplyCutAtEveryByte_ShowsTheOldOrTheNew() => CutEverywhere(
        cab => cab.Unit.Inbound.Receive(Message.RatingTopic, Message.Vacant(Rev + 1), cab.Now),
        cab => Assert.IsTrue((cab.Lit, cab.Unit.Ratings.Rev) is ("11110", Rev) or ("00000", Rev + 1), cab.Lit));

    [TestMethod]
    public void Config_SupplyCutAtEveryByte_IsTheOldOrTheNew() => CutEverywhere(
        cab => cab.Unit.Inbound.Receive(Message.ConfigTopic, Message.Config(Rev + 1, 77, announced: 2), cab.Now),
        cab =>
        {
            Assert.IsTrue((cab.Unit.Settings.Current.Heartbeat, cab.Unit.Settings.Rev) is (60, Rev) or (77, Rev + 1));
            Assert.AreEqual("11110", cab.Lit);

            FinishRotation(cab);
        });

    /// <summary>All that the server sends in a rotation, each message when the state before has said the epoch that it waits for.</summary>
    [TestMethod]
    public void Rotation_SupplyCutAtEveryByte_IsFinishedByWhatTheServerSendsAgain() => CutEverywhere(FinishRotation, FinishRotation);

    /// <summary>
    /// The announcement is one message with one revision, which the broker sends again after each connection; what is signed with the next epoch
    /// follows when a state has said it.
    /// </summary>
    private static void FinishRotation(TestCab cab)
    {
        if (cab.Unit.Keys.Epoch == 1)
        {
            Assert.AreEqual(Refusal.None, cab.Unit.Inbound.Receive(Message.ConfigTopic, Message.Config(Rev + 1, 77, announced: 2), cab.Now));
        }

        Assert.IsTrue((cab.Unit.Settings.Current.Heartbeat, cab.Unit.Keys.Epoch) is (77 or 78, 2));
        Assert.AreEqual(Refusal.None, cab.Unit.Inbound.Receive(Message.ConfigTopic, Message.Config(Rev + 2, 78, announced: 2, epoch: 2), cab.Now));
        Assert.AreEqual(Refusal.None, cab.Unit.Inbound.Receive(Message.RatingTopic, Message.Rated(3, Rev + 2, epoch: 2), cab.Now));
        Assert.AreEqual(Refusal.Mac, cab.Unit.Inbound.Receive(Message.RatingTopic, Message.Rated(2, Rev + 3), cab.Now));
        Assert.AreEqual(("11110", 2, true), (cab.Lit, cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
    }

    [TestMethod]
    public void Command_SupplyCutAtEveryByte_IsNotCarriedOutTwice() => CutEverywhere(
        cab => cab.Unit.Inbound.Receive(Message.CmdTopic, Message.Command("identify", Rev + 1), cab.Now),
        cab =>
        {
            bool isStored = cab.Unit.Counters.CmdRev == Rev + 1;
            Assert.AreEqual(isStored ? Refusal.Old : Refusal.None, cab.Unit.Inbound.Receive(Message.CmdTopic, Message.Command("identify", Rev + 1), cab.Now));
        });

    [TestMethod]
    public void Acknowledgement_SupplyCutAtEveryByte_LosesNoIncident() => CutEverywhere(
        cab => cab.Unit.Inbound.Receive(Message.AckTopic, Message.Ack(cab.Unit.Identity.JournalId, 3), cab.Now),
        cab => Assert.IsTrue(cab.Unit.Journal.Acknowledged is 0 or 3));

    [TestMethod]
    public void Start_SupplyCutAtEveryByte_StartsAgain() => CutEverywhere(
        cab => cab.Restart(),
        cab => Assert.AreEqual("11110", cab.Lit));

    [TestMethod]
    public void Provisioning_SupplyCutNowAndThen_LeavesOneIdentityOrNone() => CutProvisioning(97);

    /// <summary>All of the 8 kB that formatting writes.</summary>
    [TestMethod]
    [TestCategory("slow")]
    public void Provisioning_SupplyCutAtEveryByte_LeavesOneIdentityOrNone() => CutProvisioning(1);

    [TestMethod]
    public void FirstStart_SupplyCutNowAndThen_StartsAgain() => CutFirstStart(97);

    [TestMethod]
    [TestCategory("slow")]
    public void FirstStart_SupplyCutAtEveryByte_StartsAgain() => CutFirstStart(1);

    private static void CutProvisioning(int step) => CutEverywhere(
        cab => cab.Unit.Provision(TestCab.Config("disp-0002", new byte[32]), cab.Now),
        cab =>
        {
            Assert.AreEqual(TestCab.Id, cab.Unit.Identity.DisplayId);
            Assert.IsTrue(cab.Lit is "11110" or "00000");
            Assert.IsTrue(cab.Unit.Panel.State is DisplayState.Showing or DisplayState.NoData);
        },
        isJournalKept: false,
        step);

    private static void CutFirstStart(int step)
    {
        long bytes = BytesWritten(cab => cab.Start(), new RamMemory());
        for (long cut = 0; cut < bytes; cut += step)
        {
            var memory = new RamMemory { BytesLeft = cut };
            Assert.IsTrue(IsCut(() => new TestCab(memory).Start()));
            memory.BytesLeft = long.MaxValue;
            TestCab cab = new TestCab(memory).Start().Settle();
            Assert.AreEqual((TestCab.Id, DisplayState.NoData), (cab.Unit.Identity.DisplayId, cab.Unit.Panel.State));
            Assert.IsTrue(cab.Unit.Journal.Read(1, new Incident()));
        }
    }

    /// <summary>Cuts at each byte that <paramref name="happening"/> writes, starts again, and looks.</summary>
    private static void CutEverywhere(Action<TestCab> happening, Action<TestCab> look, bool isJournalKept = true, int step = 1)
    {
        byte[] image = Baseline();
        var counted = new RamMemory((byte[])image.Clone());
        TestCab whole = new TestCab(counted).Start().Settle();
        uint newest = whole.Unit.Journal.Newest;
        long bytes = BytesWritten(_ => happening(whole), counted);
        Assert.IsGreaterThan(0, bytes);

        for (long cut = 0; cut < bytes; cut += step)
        {
            var memory = new RamMemory((byte[])image.Clone());
            TestCab cab = new TestCab(memory).Start().Settle();
            memory.BytesLeft = cut;
            Assert.IsTrue(IsCut(() => happening(cab)), $"cut {cut} of {bytes}");
            memory.BytesLeft = long.MaxValue;

            cab.Restart().Settle();
            look(cab);
            if (isJournalKept) AssertJournal(cab, newest);
        }
    }

    /// <summary>A cab that shows three stars and has a few incidents.</summary>
    private static byte[] Baseline()
    {
        var memory = new RamMemory();
        TestCab cab = new TestCab(memory).Start().Settle();
        cab.Receive(Message.ConfigTopic, Message.Config());
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Sensors.Press();
        cab.Run(1000);
        Assert.AreEqual("11110", cab.Lit);
        return memory.Image;
    }

    private static void AssertJournal(TestCab cab, uint newestBefore)
    {
        var incident = new Incident();
        Assert.IsGreaterThanOrEqualTo(newestBefore, cab.Unit.Journal.Newest);
        for (uint sequence = 1; sequence <= cab.Unit.Journal.Newest; sequence++)
        {
            Assert.IsTrue(cab.Unit.Journal.Read(sequence, incident));
            Assert.AreEqual(sequence, incident.Sequence);
            Assert.AreNotEqual(IncidentKind.Lost, incident.Kind);
        }
    }

    private static long BytesWritten(Action<TestCab> happening, RamMemory memory)
    {
        var cab = new TestCab(memory);
        long before = memory.Written;
        happening(cab);
        return memory.Written - before;
    }

    private static bool IsCut(Action action)
    {
        try
        {
            action();
            return false;
        }
        catch (SupplyGoneException)
        {
            return true;
        }
    }
}
