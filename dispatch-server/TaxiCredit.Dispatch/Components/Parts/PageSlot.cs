namespace TaxiCredit.Dispatch.Components.Parts;

/// <summary>Places on pages that a program around the server may fill.</summary>
public enum PageSlot
{
    /// <summary>Beside the ways to sign in.</summary>
    SignIn,

    /// <summary>Beside the ways to show the second factor again.</summary>
    ProveAgain,

    /// <summary>Above the windscreens; parameters <c>Tiles</c>, <c>NextPeriod</c> (empty before the first month is published) and <c>OnPublished</c>.</summary>
    Wall,

    /// <summary>Where a month is not over yet; parameters <c>Period</c> and <c>IsItsTime</c>.</summary>
    MonthClose,
}

/// <summary>A component that is drawn in a slot.</summary>
internal sealed record SlotContent(PageSlot Slot, Type Component);
