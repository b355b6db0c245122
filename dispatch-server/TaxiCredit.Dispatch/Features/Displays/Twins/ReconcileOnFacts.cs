using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>Has the reconciler look where a fact says that a windscreen must show something else or be signed for with other keys.</summary>
internal sealed class ReconcileOnFacts(DisplayRegistry registry, Reconciler reconciler) : IFactListener
{
    public void Hear(IFact fact)
    {
        switch (fact)
        {
            case ShiftChanged shift:
                reconciler.Nudge(shift.CabIds);
                break;
            case DisplayChanged changed:
                // Before the reconciler looks: it passes over a display that is not registered.
                registry.Put(changed.Display);
                reconciler.Nudge(changed.Display.CabId);
                break;
            case MonthPublished or HoldDecided:
                reconciler.NudgeAll();
                break;
        }
    }
}
