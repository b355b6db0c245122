using TaxiCredit.Dispatch.Features.MonthClose;

namespace Dispatch.Tests.MonthClose;

[TestClass]
public sealed class CloseStateTests
{
    /// <summary>From, signal, to; every pair that is not here is refused.</summary>
    private static readonly (CloseStatus From, CloseSignal Signal, CloseStatus To)[] Defined =
    [
        (CloseStatus.Open, CloseSignal.Begin, CloseStatus.Open),
        (CloseStatus.Previewed, CloseSignal.Begin, CloseStatus.Open),
        (CloseStatus.SignedOff, CloseSignal.Begin, CloseStatus.Open),
        (CloseStatus.Open, CloseSignal.Preview, CloseStatus.Previewed),
        (CloseStatus.Previewed, CloseSignal.Sign, CloseStatus.Previewed),
        (CloseStatus.Previewed, CloseSignal.SignLast, CloseStatus.SignedOff),
        (CloseStatus.Previewed, CloseSignal.Withdraw, CloseStatus.Previewed),
        (CloseStatus.SignedOff, CloseSignal.Withdraw, CloseStatus.Previewed),
        (CloseStatus.SignedOff, CloseSignal.Publish, CloseStatus.Published),
    ];

    [TestMethod]
    public void TryNext_EveryPair_GoesWhereTheTableSaysOrStays()
    {
        foreach (var from in Enum.GetValues<CloseStatus>())
        {
            foreach (var signal in Enum.GetValues<CloseSignal>())
            {
                var expected = Defined.Where(d => d.From == from && d.Signal == signal).Select(d => (CloseStatus?)d.To).SingleOrDefault();

                var moved = CloseStates.TryNext(from, signal, out var to);

                Assert.AreEqual(expected is not null, moved, $"{from} + {signal}");
                Assert.AreEqual(expected ?? from, to, $"{from} + {signal}");
            }
        }
    }
}
