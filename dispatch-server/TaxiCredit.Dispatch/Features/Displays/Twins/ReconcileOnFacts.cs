using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>Has the reconciler look where a fact says that something else ought to be shown.</summary>
internal sealed class ReconcileOnFacts(Reconciler reconciler) : IFactListener
{
    public void Hear(IFact fact)
    {
        switch (fact)
        {
            case ShiftChanged shift:
                reconciler.Nudge(shift.CabIds);
                break;
            case MonthPublished:
                reconciler.NudgeAll();
                break;
        }
    }
}
