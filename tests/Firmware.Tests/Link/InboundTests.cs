using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Wire;

namespace Firmware.Tests.Link;

/// <summary>What becomes of messages besides the light: incidents, stored acknowledgements, keys, settings.</summary>
[TestClass]
public sealed class InboundTests
{
    private static readonly byte[] Forged = [.. new byte[64].Select(_ => (byte)'0'), (byte)'\n', (byte)'{', (byte)'}'];

    [TestMethod]
    [DataRow(Message.RatingTopic, IncidentKind.RatingRefused)]
    [DataRow(Message.ConfigTopic, IncidentKind.ConfigRefused)]
    [DataRow(Message.CmdTopic, IncidentKind.CmdRefused)]
    public void Message_Forged_IsCountedAndJournalledUnderItsTopic(string topic, int kind)
    {
        TestCab cab = Started();
        int before = cab.Journalled.Length;
        Assert.AreEqual(Refusal.Mac, cab.Unit.Inbound.Receive(topic, Forged, cab.Now));
        Assert.AreEqual(1, cab.Unit.Inbound.Refused);
        Assert.AreEqual((before + 1, (kind, (long)Refusal.Mac)), (cab.Journalled.Length, cab.Journalled[^1]));
    }

    [TestMethod]
    [DataRow(Message.AckTopic)]
    [DataRow(Message.Prefix + "state")]
    public void Message_ForgedOnAnotherTopic_IsOnlyCounted(string topic)
    {
        TestCab cab = Started();
        int before = cab.Journalled.Length;
        Assert.AreEqual(Refusal.Mac, cab.Unit.Inbound.Receive(topic, Forged, cab.Now));
        Assert.AreEqual((1, before), (cab.Unit.Inbound.Refused, cab.Journalled.Length));
    }

    [TestMethod]
    public void Message_Good_IsNeitherCountedNorJournalledAsRefused()
    {
        TestCab cab = Started();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Receive(Message.ConfigTopic, Message.Config());
        Assert.AreEqual(0, cab.Unit.Inbound.Refused);
        Assert.DoesNotContain(i => i.Kind is IncidentKind.RatingRefused or IncidentKind.ConfigRefused, cab.Journalled);
    }

    [TestMethod]
    public void Rating_NewAndRepeated_IsJournalledOnce()
    {
        TestCab cab = Started();
        for (int i = 0; i < 3; i++) cab.Receive(Message.RatingTopic, Message.Rated(3));
        Assert.ContainsSingle(i => i == (IncidentKind.RatingShown, TestCab.Epoch), cab.Journalled);
        cab.Receive(Message.RatingTopic, Message.Rated(3, TestCab.Epoch + 1));
        Assert.ContainsSingle(i => i == (IncidentKind.RatingShown, TestCab.Epoch + 1), cab.Journalled);
    }

    [TestMethod]
    public void Command_CarriedOut_IsJournalledAndRemembered()
    {
        TestCab cab = Started();
        cab.Receive(Message.CmdTopic, Message.Command("identify"));
        CollectionAssert.Contains(cab.Journalled, (IncidentKind.Command, TestCab.Epoch));
        Assert.IsTrue(Blinks(cab), "it can be found");
        cab.Restart().Settle();
        Assert.AreEqual(Refusal.Old, cab.Unit.Inbound.Receive(Message.CmdTopic, Message.Command("identify"), cab.Now));
    }

    [TestMethod]
    public void Command_CutOffAtOnce_IsNotCarriedOutTwice()
    {
        TestCab cab = Started();
        Assert.AreEqual(Refusal.None, cab.Unit.Inbound.Receive(Message.CmdTopic, Message.Command("identify"), cab.Now));
        cab.Restart();
        Assert.AreEqual(Refusal.Old, cab.Unit.Inbound.Receive(Message.CmdTopic, Message.Command("identify"), cab.Now));
    }

    [TestMethod]
    [DataRow("00112233445566aF")]
    [DataRow("A0112233445566aa")]
    [DataRow("00112233445566ag")]
    public void Acknowledgement_OfNoJournal_BreaksTheContract(string journal)
    {
        TestCab cab = Started();
        Assert.AreEqual(Refusal.Form, cab.Unit.Inbound.Receive(Message.AckTopic, Message.Ack(journal, 1), cab.Now));
    }

    [TestMethod]
    public void Acknowledgement_Taken_OutlivesTheSupply()
    {
        TestCab cab = Started();
        string journal = cab.Unit.Identity.JournalId;
        cab.Receive(Message.AckTopic, Message.Ack(journal, 2));
        cab.Restart();
        Assert.AreEqual((journal, 2u), (cab.Unit.Identity.JournalId, cab.Unit.Journal.Acknowledged));
    }

    [TestMethod]
    public void Rotation_Confirmed_OutlivesTheSupply()
    {
        TestCab cab = Started();
        cab.Receive(Message.ConfigTopic, Message.Config(announced: 2));
        cab.Restart().Settle();
        Assert.AreEqual((2, false), (cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
        cab.Receive(Message.RatingTopic, Message.Rated(1));
        Assert.IsFalse(cab.Unit.Keys.Confirmed, "a message of the epoch before proves nothing");
        cab.Receive(Message.RatingTopic, Message.Rated(2, TestCab.Epoch + 1, epoch: 2));
        Assert.IsTrue(cab.Unit.Keys.Confirmed);
        cab.Restart().Settle();
        Assert.AreEqual((2, true), (cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
        Assert.AreEqual("11100", cab.Lit, "what was signed with the epoch before was good when it was stored");
        Assert.AreEqual(Refusal.Mac, cab.Unit.Inbound.Receive(Message.RatingTopic, Message.Rated(4, TestCab.Epoch + 2), cab.Now));
    }

    [TestMethod]
    public void Config_OfTheSameEpoch_LeavesTheKeysAlone()
    {
        TestCab cab = Started();
        cab.Receive(Message.ConfigTopic, Message.Config());
        Assert.AreEqual((1, true), (cab.Unit.Keys.Epoch, cab.Unit.Keys.Confirmed));
    }

    [TestMethod]
    public void Config_WithAnotherCurve_IsFollowedAtOnceAndAfterARestart()
    {
        TestCab cab = Started();
        cab.Receive(Message.RatingTopic, Message.Rated(3));
        cab.Receive(Message.ConfigTopic, Message.Config(day: 500));
        cab.Run(5000);
        Assert.AreEqual(500, cab.Lights.Permille);
        cab.Restart().Settle();
        cab.Run(3000);
        Assert.AreEqual(500, cab.Lights.Permille);
    }

    private static bool Blinks(TestCab cab)
    {
        int changes = 0;
        for (int i = 0; i < 20; i++)
        {
            bool before = cab.Lights.IsStatusLit;
            cab.Run(Unit.Beat / 4);
            changes += before != cab.Lights.IsStatusLit ? 1 : 0;
        }

        return changes > 15;
    }

    private static TestCab Started() => new TestCab().Start().Settle();
}
