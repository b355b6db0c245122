using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace Dispatch.Tests.Displays;

[TestClass]
public sealed class RepetitionTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [TestMethod]
    public void IsDue_NeverPublishedSinceTheStart_IsAtOnce() => Assert.IsTrue(new Repetition().IsDue(1, Start));

    [TestMethod]
    [DataRow(14_999, false)]
    [DataRow(15_000, true)]
    [DataRow(15_001, true)]
    public void IsDue_AfterPublication_WaitsTheFirstPause(int milliseconds, bool isDue)
    {
        var repetition = new Repetition();
        repetition.Start(1, Start);

        Assert.AreEqual(isDue, repetition.IsDue(1, Start.AddMilliseconds(milliseconds)));
    }

    [TestMethod]
    public void IsDue_AgainAndAgain_DoublesItsPausesUpToTheLongest()
    {
        var repetition = new Repetition();
        repetition.Start(1, Start);
        var due = new List<double>();
        for (var second = 0; second < 10_000; second++)
        {
            if (repetition.IsDue(1, Start.AddSeconds(second)))
                due.Add(second);
        }

        var pauses = due.Zip(due.Prepend(0), (at, before) => at - before).ToList();
        CollectionAssert.AreEqual(new[] { 15.0, 30, 60, 120, 240, 480, 960 }, pauses[..7]);
        Assert.IsTrue(pauses[7..].TrueForAll(pause => pause == Repetition.LongestPause.TotalSeconds));
    }

    [TestMethod]
    public void End_CabFollowed_NextFaultIsDueAtOnce()
    {
        var repetition = new Repetition();
        repetition.Start(1, Start);
        repetition.End(1);

        Assert.IsTrue(repetition.IsDue(1, Start));
    }
}
