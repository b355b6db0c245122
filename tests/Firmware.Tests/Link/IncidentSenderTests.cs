using System.Text.Json;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Ports;

namespace Firmware.Tests.Link;

[TestClass]
public sealed class IncidentSenderTests
{
    [TestMethod]
    public void Batch_WithAKnownClock_IsTheTextOfTheProtocol()
    {
        TestCab cab = Online(TestCab.Epoch + 10);
        Assert.AreEqual(
            BatchOf(cab, """{"seq":1,"kind":"power-on","at":1514822410,"arg":1}"""),
            Batches(cab)[0].Json);
        Assert.IsFalse(Batches(cab)[0].Retain);
    }

    [TestMethod]
    public void Batch_WithoutAClock_CountsFromTheStart()
    {
        TestCab cab = Online(0);
        Assert.AreEqual(
            BatchOf(cab, """{"seq":1,"kind":"power-on","boot":1,"up":0,"arg":1}"""),
            Batches(cab)[0].Json);
    }

    /// <summary>Every sum of the numbers' lengths, so that the limit is met from below, exactly, and from above.</summary>
    [TestMethod]
    public void Batch_OfManyIncidents_IsAsFullAsItCanBeAndLeavesNoneOut()
    {
        int fullest = 0;
        for (int extra = 0; extra < 80; extra++)
        {
            TestCab cab = Online(TestCab.Epoch + 10);
            var incident = new Incident { Kind = IncidentKind.Mark, IsTimeKnown = true, Time = TestCab.Epoch };
            for (int i = 0; i < 30; i++)
            {
                // Behind those that make up the length long and short ones alternate: the one that does not fit has a shorter one behind it.
                int digits = i < 9 ? Math.Clamp(extra - (9 * i), 0, 9) : 15 * (i % 2);
                incident.Arg = (long)Math.Pow(10, digits);
                cab.Unit.Journal.Append(incident);
            }

            cab.Receive(Message.AckTopic, Message.Ack(cab.Unit.Identity.JournalId, 1));
            FakeLink.Sent batch = Batches(cab)[^1];
            using var document = JsonDocument.Parse(batch.Json);
            uint[] sequences = [.. document.RootElement.GetProperty("list").EnumerateArray().Select(item => item.GetProperty("seq").GetUInt32())];
            CollectionAssert.AreEqual(Enumerable.Range(2, sequences.Length).Select(i => (uint)i).ToArray(), sequences);
            Assert.IsTrue(cab.Unit.Journal.Read(sequences[^1] + 1, incident));
            int next = $$""",{"seq":{{incident.Sequence}},"kind":"mark","at":{{TestCab.Epoch}},"arg":{{incident.Arg}}}""".Length;
            Assert.IsLessThanOrEqualTo(1024, batch.Payload.Length);
            Assert.IsGreaterThan(1024, batch.Payload.Length + next, "one more would not have fitted");
            fullest = Math.Max(fullest, batch.Payload.Length);
        }

        Assert.AreEqual(1024, fullest);
    }

    [TestMethod]
    public void Kinds_OfTheProtocol_AreNamedSo()
    {
        string[] names =
        [
            "power-on", "power-fail", "rating-shown", "rating-refused", "config-refused", "cmd-refused", "light-fault", "light-recovered",
            "tamper", "voltage-low", "voltage-high", "heat", "link-lost", "link-restored", "clock-set", "storage-fault", "mark", "selftest",
            "command", "lost", "thermometer", "signal-refused", "calibration", "converter", "bus", "limited", "went-back",
            "package-refused",
        ];
        CollectionAssert.AreEqual(names, Enumerable.Range(1, IncidentKind.Count - 1).Select(IncidentKind.NameOf).ToArray());
    }

    [TestMethod]
    public void Batch_NotAcknowledged_IsSentAgainAfterTenSecondsTwentyAndSoOnUpToFiveMinutes()
    {
        TestCab cab = Online(TestCab.Epoch + 10);
        int sent = 1;
        long due = cab.Now - 1;
        foreach (int wait in new[] { 10000, 20000, 40000, 80000, 160000, 300000, 300000 })
        {
            due += wait;
            cab.Run(due - 1 - cab.Now);
            Assert.HasCount(sent, Batches(cab), $"{wait}");
            cab.Run(1);
            Assert.HasCount(++sent, Batches(cab), $"{wait}");
        }
    }

    [TestMethod]
    public void Batch_AfterAnAcknowledgementOrAnotherConnection_IsSentAtOnceAndWaitsTenSecondsAgain()
    {
        TestCab cab = Online(TestCab.Epoch + 10);
        cab.Run(40000);
        cab.Unit.Journal.Append(new Incident { Kind = IncidentKind.Mark });
        int sent = Batches(cab).Length;
        cab.Receive(Message.AckTopic, Message.Ack(cab.Unit.Identity.JournalId, 1));
        Assert.HasCount(++sent, Batches(cab));
        cab.Run(IncidentSender.FirstWait);
        Assert.HasCount(++sent, Batches(cab));

        cab.Link.Break();
        cab.Run(1100);
        Assert.HasCount(++sent, Batches(cab));
    }

    private static string BatchOf(TestCab cab, string list) =>
        $$"""{"v":1,"topic":"tc/v1/d/disp-0001/incidents","journal":"{{cab.Unit.Identity.JournalId}}","list":[{{list}}]}""";

    private static FakeLink.Sent[] Batches(TestCab cab) => [.. cab.Link.Messages.Where(m => m.Topic == Message.Prefix + "incidents")];

    /// <summary>The first batch has gone out in the tick before; the self test's result will be journalled after it.</summary>
    private static TestCab Online(long rtc)
    {
        var cab = new TestCab { Platform = { ResetCause = ResetCause.Power } };
        cab.Time.Rtc = rtc;
        cab.Link.IsBrokerUp = true;
        cab.Start();
        while (Batches(cab).Length == 0) cab.Run(1);
        return cab;
    }
}
