using TaxiCredit.Dispatch.Features.LostProperty;

namespace Dispatch.Tests.LostProperty;

[TestClass]
public sealed class LostStateTests
{
    private static readonly Dictionary<(LossStatus, LossSignal), LossStatus> OfLosses = new()
    {
        [(LossStatus.Held, LossSignal.Release)] = LossStatus.Open,
        [(LossStatus.Held, LossSignal.Match)] = LossStatus.Found,
        [(LossStatus.Held, LossSignal.Close)] = LossStatus.NotFound,
        [(LossStatus.Held, LossSignal.Withdraw)] = LossStatus.Withdrawn,
        [(LossStatus.Open, LossSignal.Match)] = LossStatus.Found,
        [(LossStatus.Open, LossSignal.Close)] = LossStatus.NotFound,
        [(LossStatus.Open, LossSignal.Withdraw)] = LossStatus.Withdrawn,
        [(LossStatus.Found, LossSignal.Unmatch)] = LossStatus.Open,
        [(LossStatus.Found, LossSignal.Return)] = LossStatus.Returned,
        [(LossStatus.Found, LossSignal.Withdraw)] = LossStatus.Withdrawn,
        [(LossStatus.NotFound, LossSignal.Match)] = LossStatus.Found,
    };

    private static readonly Dictionary<(FoundStatus, FoundSignal), FoundStatus> OfThings = new()
    {
        [(FoundStatus.Kept, FoundSignal.Claim)] = FoundStatus.Claimed,
        [(FoundStatus.Kept, FoundSignal.PassOn)] = FoundStatus.PassedOn,
        [(FoundStatus.Claimed, FoundSignal.Unclaim)] = FoundStatus.Kept,
        [(FoundStatus.Claimed, FoundSignal.Return)] = FoundStatus.Returned,
    };

    [TestMethod]
    public void TryNext_EveryPairOfALoss_IsInTheTableOrRefused()
    {
        foreach (var from in Enum.GetValues<LossStatus>())
        {
            foreach (var signal in Enum.GetValues<LossSignal>())
            {
                var isAllowed = OfLosses.TryGetValue((from, signal), out var expected);

                Assert.AreEqual(isAllowed, Loss.TryNext(from, signal, out var to), $"{from} {signal}");
                Assert.AreEqual(isAllowed ? expected : from, to);
            }
        }
    }

    [TestMethod]
    public void TryNext_EveryPairOfAThing_IsInTheTableOrRefused()
    {
        foreach (var from in Enum.GetValues<FoundStatus>())
        {
            foreach (var signal in Enum.GetValues<FoundSignal>())
            {
                var isAllowed = OfThings.TryGetValue((from, signal), out var expected);

                Assert.AreEqual(isAllowed, FoundItem.TryNext(from, signal, out var to), $"{from} {signal}");
                Assert.AreEqual(isAllowed ? expected : from, to);
            }
        }
    }

    [TestMethod]
    public void Settings_AtTheirLimits_AreTakenOrNamed()
    {
        Assert.IsNull(new LostSettings().FindFault());
        foreach (var (name, max, make) in new (string, int, Func<int, LostSettings>)[]
        {
            ("AnswerHours", 720, n => new() { AnswerHours = n }), ("KeepDays", 3_650, n => new() { KeepDays = n }),
            ("LossesOfCab", 1_000, n => new() { LossesOfCab = n }), ("LongestAgoDays", 3_650, n => new() { LongestAgoDays = n }),
        })
        {
            Assert.AreEqual($"LostProperty:{name} is 0; it takes 1 to {max}.", make(0).FindFault());
            Assert.IsNull(make(1).FindFault());
            Assert.IsNull(make(max).FindFault());
            Assert.AreEqual($"LostProperty:{name} is {max + 1}; it takes 1 to {max}.", make(max + 1).FindFault());
        }
    }
}
