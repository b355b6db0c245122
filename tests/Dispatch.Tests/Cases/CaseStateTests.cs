using TaxiCredit.Dispatch.Features.Cases;

namespace Dispatch.Tests.Cases;

[TestClass]
public sealed class CaseStateTests
{
    /// <summary>From, signal, to; every pair that is not here is refused.</summary>
    private static readonly (CaseStatus From, CaseSignal Signal, CaseStatus To)[] Defined =
    [
        (CaseStatus.Submitted, CaseSignal.TakeUp, CaseStatus.UnderReview),
        (CaseStatus.Submitted, CaseSignal.Uphold, CaseStatus.Upheld),
        (CaseStatus.Submitted, CaseSignal.Dismiss, CaseStatus.Dismissed),
        (CaseStatus.Submitted, CaseSignal.Withdraw, CaseStatus.Withdrawn),
        (CaseStatus.UnderReview, CaseSignal.HandBack, CaseStatus.Submitted),
        (CaseStatus.UnderReview, CaseSignal.Uphold, CaseStatus.Upheld),
        (CaseStatus.UnderReview, CaseSignal.Dismiss, CaseStatus.Dismissed),
        (CaseStatus.UnderReview, CaseSignal.Withdraw, CaseStatus.Withdrawn),
    ];

    [TestMethod]
    public void TryNext_EveryPair_GoesWhereTheTableSaysOrStays()
    {
        foreach (var from in Enum.GetValues<CaseStatus>())
        {
            foreach (var signal in Enum.GetValues<CaseSignal>())
            {
                var expected = Defined.Where(d => d.From == from && d.Signal == signal).Select(d => (CaseStatus?)d.To).SingleOrDefault();

                var moved = Case.TryNext(from, signal, out var to);

                Assert.AreEqual(expected is not null, moved, $"{from} + {signal}");
                Assert.AreEqual(expected ?? from, to, $"{from} + {signal}");
            }
        }
    }
}
