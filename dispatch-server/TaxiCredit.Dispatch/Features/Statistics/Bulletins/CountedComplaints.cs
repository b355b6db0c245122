using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;

namespace TaxiCredit.Dispatch.Features.Statistics.Bulletins;

/// <summary>Complaints as the public counts them.</summary>
internal static class CountedComplaints
{
    /// <summary>
    /// As they were submitted. One about the wrong driver goes on as a second case of the same day: nobody complained a second time, and a published month's
    /// count does not move when it is noticed later.
    /// </summary>
    public static IQueryable<Case> Told(DispatchContext db)
    {
        var cases = db.Set<Case>();
        return cases.Where(c => c.Kind == CaseKind.Complaint && !cases.Any(
            before => before.Status == CaseStatus.Reassigned && before.SubmittedOn == c.SubmittedOn && before.MergedInto == c.Number));
    }
}
