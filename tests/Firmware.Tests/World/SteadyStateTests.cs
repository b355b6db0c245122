using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;

namespace Firmware.Tests.World;

[TestClass]
public sealed class SteadyStateTests
{
    public TestContext TestContext { get; set; } = null!;

    /// <summary>A day of control loop, a message and a state a minute. What is counted is a tick in which nothing is received or sent.</summary>
    [TestMethod]
    public void Loop_ForADay_AllocatesNothingOutsideMessages()
    {
        var cab = new TestCab();
        cab.Link.IsBrokerUp = true;
        cab.Start().Settle();
        cab.Receive(Message.ConfigTopic, Message.Config());
        byte[] rating = Message.Rated(4);
        cab.Receive(Message.RatingTopic, rating);
        cab.Run(120000);
        Acknowledge(cab);
        cab.Run(120000);

        long now = cab.Now;
        long end = now + 86400000;
        long nextMessage = now;
        long quietTicks = 0;
        long allocated = 0;
        while (now < end)
        {
            bool isMessage = now >= nextMessage;
            if (isMessage)
            {
                cab.Link.Deliver(Message.RatingTopic, rating);
                nextMessage += 60000;
            }

            cab.Sensors.Light = (int)(now / 1000 % 3000);
            int sent = cab.Link.Messages.Count;
            long before = GC.GetAllocatedBytesForCurrentThread();
            long due = cab.Unit.Tick(now);
            long after = GC.GetAllocatedBytesForCurrentThread();
            if (!isMessage && cab.Link.Messages.Count == sent)
            {
                quietTicks++;
                allocated += after - before;
            }

            now = Math.Max(now + 1, Math.Min(due, now + Unit.Beat));
        }

        TestContext.WriteLine($"{quietTicks} ticks without a message allocated {allocated} bytes; {cab.Link.Messages.Count} messages sent");
        Assert.IsGreaterThan(170000, quietTicks);
        Assert.AreEqual(0, allocated);
    }

    private static void Acknowledge(TestCab cab) =>
        cab.Receive(Message.AckTopic, Message.Ack(cab.Unit.Identity.JournalId, cab.Unit.Journal.Newest));
}
