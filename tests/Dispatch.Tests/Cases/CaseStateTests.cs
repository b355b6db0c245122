using TaxiCredit.Dispatch.Features.Cases;

namespace Dispatch.Tests.Cases;

[TestClass]
public sealed class CaseStateTests
{
    /// <summary>From, signal, to; every pair that is not here is refused.</summary>
    private static readonly (CaseStatus From, CaseSignal Signal, CaseStatus To)[] Defined =
    [
        (CaseStatus.Submitted, CaseSignal.Triage, CaseStatus.Triaged),
        (CaseStatus.Triaged, CaseSignal.Triage, CaseStatus.Triaged),
        (CaseStatus.Triaged, CaseSignal.Serve, CaseStatus.AwaitingAnswer),
        (CaseStatus.Submitted, CaseSignal.PassHearing, CaseStatus.UnderReview),
        (CaseStatus.Triaged, CaseSignal.PassHearing, CaseStatus.UnderReview),
        (CaseStatus.AwaitingAnswer, CaseSignal.Answer, CaseStatus.UnderReview),
        (CaseStatus.UnderReview, CaseSignal.Answer, CaseStatus.UnderReview),
        (CaseStatus.AwaitingAnswer, CaseSignal.Lapse, CaseStatus.UnderReview),
        (CaseStatus.UnderReview, CaseSignal.Uphold, CaseStatus.Upheld),
        (CaseStatus.Submitted, CaseSignal.Dismiss, CaseStatus.Dismissed),
        (CaseStatus.Triaged, CaseSignal.Dismiss, CaseStatus.Dismissed),
        (CaseStatus.UnderReview, CaseSignal.Dismiss, CaseStatus.Dismissed),
        (CaseStatus.Submitted, CaseSignal.Withdraw, CaseStatus.Withdrawn),
        (CaseStatus.Triaged, CaseSignal.Withdraw, CaseStatus.Withdrawn),
        (CaseStatus.AwaitingAnswer, CaseSignal.Withdraw, CaseStatus.Withdrawn),
        (CaseStatus.UnderReview, CaseSignal.Withdraw, CaseStatus.Withdrawn),
        (CaseStatus.Submitted, CaseSignal.Merge, CaseStatus.Merged),
        (CaseStatus.Triaged, CaseSignal.Merge, CaseStatus.Merged),
        (CaseStatus.AwaitingAnswer, CaseSignal.Merge, CaseStatus.Merged),
        (CaseStatus.UnderReview, CaseSignal.Merge, CaseStatus.Merged),
        (CaseStatus.Submitted, CaseSignal.Reassign, CaseStatus.Reassigned),
        (CaseStatus.Triaged, CaseSignal.Reassign, CaseStatus.Reassigned),
        (CaseStatus.AwaitingAnswer, CaseSignal.Reassign, CaseStatus.Reassigned),
        (CaseStatus.UnderReview, CaseSignal.Reassign, CaseStatus.Reassigned),
        (CaseStatus.Upheld, CaseSignal.Reverse, CaseStatus.Reversed),
        (CaseStatus.Reversed, CaseSignal.Reinstate, CaseStatus.Upheld),
        (CaseStatus.Upheld, CaseSignal.Object, CaseStatus.Objected),
        (CaseStatus.Objected, CaseSignal.Confirm, CaseStatus.Confirmed),
        (CaseStatus.Objected, CaseSignal.Amend, CaseStatus.Amended),
        (CaseStatus.Objected, CaseSignal.Overturn, CaseStatus.Overturned),
        (CaseStatus.Objected, CaseSignal.RunOut, CaseStatus.Lapsed),
        (CaseStatus.Confirmed, CaseSignal.Reverse, CaseStatus.Reversed),
        (CaseStatus.Amended, CaseSignal.Reverse, CaseStatus.Reversed),
        (CaseStatus.Upheld, CaseSignal.Repair, CaseStatus.Repaired),
        (CaseStatus.Confirmed, CaseSignal.Repair, CaseStatus.Repaired),
        (CaseStatus.Amended, CaseSignal.Repair, CaseStatus.Repaired),
        (CaseStatus.Repaired, CaseSignal.Repair, CaseStatus.Repaired),
        (CaseStatus.Repaired, CaseSignal.Reverse, CaseStatus.Reversed),
        (CaseStatus.Reversed, CaseSignal.ReinstateRepaired, CaseStatus.Repaired),
    ];

    [TestMethod]
    public void TryNext_EveryPair_GoesWhereTheTableSaysOrStays()
    {
        foreach (var from in Enum.GetValues<CaseStatus>())
        {
            foreach (var signal in Enum.GetValues<CaseSignal>())
            {
                var expected = Defined.Where(d => d.From == from && d.Signal == signal).Select(d => (CaseStatus?)d.To).SingleOrDefault();

                var moved = CaseLife.TryNext(from, signal, out var to);

                Assert.AreEqual(expected is not null, moved, $"{from} + {signal}");
                Assert.AreEqual(expected ?? from, to, $"{from} + {signal}");
            }
        }
    }

    [TestMethod]
    public void Move_PairThatIsNotInTheTable_IsRefusedAndChangesNothing()
    {
        var content = new CaseContent(CaseKind.Complaint, new() { Code = "d-1", Name = "D", HomeCabId = 1 }, "S01", new(2017, 8, 1), 9, "P", "A");
        var report = Case.Submit(1, "c-000001", content, new(2017, 8, 1), "officer-a");

        var refused = report.Move(CaseSignal.Reverse);

        Assert.AreEqual(("case-out-of-step", CaseStatus.Submitted), (refused?.Code, report.Status));
    }
}
