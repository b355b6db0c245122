using System.Text.Json;
using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Link;

namespace Firmware.Tests.Link;

[TestClass]
public sealed class IncidentSenderTests
{
    [TestMethod]
    public void Batch_WithAKnownClock_IsTheTextOfTheProtocol()
    {
        TestCab cab = Online(TestCab.Epoch + 10);
        Assert.AreEqual(
            $$"""{"v":1,"topic":"tc/v1/d/disp-0001/incidents","journal":"{{cab.Unit.Identity.JournalId}}","list":[{"seq":1,"kind":"power-on","at":1514822410,"arg":1}]}""",
            Batches(cab)[0].Json);
        Assert.IsFalse(Batches(cab)[0].Retain);
    }

    [TestMethod]
    public void Batch_WithoutAClock_CountsFromTheStart()
    {
        TestCab cab = Online(0);
        Assert.AreEqual(
            $$"""{"v":1,"topic":"tc/v1/d/disp-0001/incidents","journal":"{{cab.Unit.Identity.JournalId}}","list":[{"seq":1,"kind":"power-on","boot":1,"up":0,"arg":1}]}""",
            Batches(cab)[0].Json);
    }

    /// <summary>Every length of the numbers, so that the limit is met from below, exactly, and from above.</summary>
    [TestMethod]
    public void Batch_OfManyIncidents_IsAsFullAsItCanBe()
    {
        int fullest = 0;
        for (long arg = 1; arg < 10000000000; arg *= 10)
        {
            TestCab cab = Online(TestCab.Epoch + 10);
            var incident = new Incident { Kind = IncidentKind.Mark, IsTimeKnown = true, Time = TestCab.Epoch, Arg = arg };
            for (int i = 0; i < 30; i++) cab.Unit.Journal.Append(incident);
            cab.Receive(Message.AckTopic, Message.Ack(cab.Unit.Identity.JournalId, 1));
            FakeLink.Sent batch = Batches(cab)[^1];
            using var document = JsonDocument.Parse(batch.Json);
            int items = document.RootElement.GetProperty("list").GetArrayLength();
            int item = document.RootElement.GetProperty("list")[items - 1].GetRawText().Length + 1;
            Assert.IsLessThanOrEqualTo(1024, batch.Payload.Length);
            Assert.IsGreaterThan(1024, batch.Payload.Length + item, "one more would not have fitted");
            fullest = Math.Max(fullest, batch.Payload.Length);
        }

        Assert.IsGreaterThan(1010, fullest);
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

    private static FakeLink.Sent[] Batches(TestCab cab) => [.. cab.Link.Messages.Where(m => m.Topic == Message.Prefix + "incidents")];

    /// <summary>The first batch has gone out in the tick before; the self test's result will be journalled after it.</summary>
    private static TestCab Online(long rtc)
    {
        var cab = new TestCab();
        cab.Time.Rtc = rtc;
        cab.Link.IsBrokerUp = true;
        cab.Start();
        while (Batches(cab).Length == 0) cab.Run(1);
        return cab;
    }
}
