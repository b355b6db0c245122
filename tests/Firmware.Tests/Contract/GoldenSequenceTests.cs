using System.Text;
using Firmware.Tests.Bench;

namespace Firmware.Tests.Contract;

/// <summary>The sequences of tests/Contract from the unit's side: the whole logic, in simulated time.</summary>
[TestClass]
public sealed class GoldenSequenceTests
{
    private const string Incidents = Message.Prefix + "incidents";

    public static IEnumerable<object[]> Down => Manifest.Golden.Sequences.Where(s => s.Direction == "down").Select(s => new object[] { s.Name });

    [TestMethod]
    [DynamicData(nameof(Down))]
    public void Sequence_ForAUnit_GoesAsTheContractSays(string name)
    {
        GoldenSequence golden = Manifest.Golden.Sequences.Single(s => s.Direction == "down" && s.Name == name);
        var cab = new TestCab();
        cab.Time.Rtc = golden.Chip;
        cab.Start();
        long started = 0;
        string nonce = "";
        for (int i = 0; i < golden.Steps.Length; i++)
        {
            GoldenStep step = golden.Steps[i];
            string where = $"{name}, step {i} at {step.At} s";
            cab.Run(Math.Max(0, (step.At * 1000) - started - cab.Now));
            if (step.Do == "restart")
            {
                cab.Time.Rtc = cab.Unit.Clock.Best(cab.Now);
                started = step.At * 1000;
                cab.Restart();
            }
            else if (step.Do != null)
            {
                Happen(cab, step.Do);
            }
            else
            {
                if (!step.Reuse) nonce = step.Body!.Contains("{nonce}", StringComparison.Ordinal) ? cab.Nonce : nonce;
                Assert.AreEqual(step.Expect == "refuse" ? step.Reason : "", GoldenPayloadTests.ReasonOf(Take(cab, step, nonce)), where);
            }

            cab.Run(step.Do is "connect" or "press" or "restart" ? TestCab.SettleMilliseconds : 400);
            AssertAfter(cab, step, started, where);
        }
    }

    private static void Happen(TestCab cab, string what)
    {
        switch (what)
        {
            case "connect": cab.Link.IsBrokerUp = true; break;
            case "disconnect":
                cab.Link.IsBrokerUp = false;
                cab.Link.Break();
                break;
            case "press": cab.Sensors.Press(); break;
            default: Assert.AreEqual("wait", what); break;
        }
    }

    private static int Take(TestCab cab, GoldenStep step, string nonce)
    {
        string body = step.Body!.Replace("{nonce}", nonce, StringComparison.Ordinal)
            .Replace("{journal}", cab.Unit.Identity.JournalId, StringComparison.Ordinal)
            .Replace("{newest}", $"{cab.Unit.Journal.Newest}", StringComparison.Ordinal);
        return cab.Unit.Inbound.Receive(step.Topic!, Message.Sign(Encoding.UTF8.GetBytes(body), step.Epoch), cab.Now);
    }

    private static void AssertAfter(TestCab cab, GoldenStep step, long started, string where)
    {
        if (step.Lit != null) Assert.AreEqual(step.Lit, cab.Lit, where);
        if (step.EpochNow is { } epoch) Assert.AreEqual(epoch, cab.Unit.Keys.Epoch, where);
        if (step.Backlog is { } backlog) Assert.AreEqual(backlog, cab.Unit.Journal.Backlog > 0, where);
        if (step.Batches is { } batches) Assert.IsGreaterThanOrEqualTo(batches, cab.Link.Messages.Count(m => m.Topic == Incidents), where);
        if (step.Clock is not { } clock) return;
        Assert.AreEqual(clock != 0, cab.Unit.Clock.IsKnown, where);
        if (clock != 0) Assert.AreEqual(clock + ((started + cab.Now) / 1000) - step.At, cab.Unit.Clock.Best(cab.Now), 2, where);
    }
}
