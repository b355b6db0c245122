using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>Has the reconciler look where a fact says that a windscreen must show something else or be signed for with other keys.</summary>
internal sealed class ReconcileOnFacts(DisplayRegistry registry, Reconciler reconciler, DeadIdentities dead) : IFactListener
{
    public void Hear(IFact fact)
    {
        switch (fact)
        {
            case ShiftChanged shift:
                reconciler.Nudge(shift.CabIds);
                break;
            case PlateChanged plate:
                reconciler.Nudge([plate.CabId]);
                break;
            case MembershipChanged moved:
                reconciler.Nudge(moved.CabIds);
                break;
            case DisplayChanged changed:
                // Before the reconciler looks: it passes over a display that is not registered.
                var before = registry.TryFind(changed.Display.Id, out var known) ? known.CabId : changed.Display.CabId;
                if (registry.Put(changed.Display) is { } died)
                    dead.Bury(died.Code);
                reconciler.NudgeEverywhere(before, changed.Display.CabId);
                break;
            case MonthPublished or HoldDecided:
                reconciler.NudgeAll();
                break;
        }
    }
}
