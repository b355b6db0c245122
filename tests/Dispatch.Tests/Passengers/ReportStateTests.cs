using TaxiCredit.Dispatch.Features.Passengers.Reports;
using static TaxiCredit.Dispatch.Features.Passengers.Reports.ReportSignal;
using static TaxiCredit.Dispatch.Features.Passengers.Reports.ReportStatus;

namespace Dispatch.Tests.Passengers;

[TestClass]
public sealed class ReportStateTests
{
    private static readonly Dictionary<(ReportStatus, ReportSignal), ReportStatus> Allowed = new()
    {
        [(Quarantined, Release)] = Received,
        [(Quarantined, Reject)] = Rejected,
        [(Received, Assign)] = Assigned,
        [(Received, Reject)] = Rejected,
        [(Quarantined, Withdraw)] = Withdrawn,
        [(Received, Withdraw)] = Withdrawn,
    };

    [TestMethod]
    public void TryNext_EveryPair_IsInTheTableOrRefused()
    {
        foreach (var from in Enum.GetValues<ReportStatus>())
        {
            foreach (var signal in Enum.GetValues<ReportSignal>())
            {
                var isAllowed = Allowed.TryGetValue((from, signal), out var expected);

                Assert.AreEqual(isAllowed, PassengerReport.TryNext(from, signal, out var to), $"{from} {signal}");
                Assert.AreEqual(isAllowed ? expected : from, to);
            }
        }
    }
}
