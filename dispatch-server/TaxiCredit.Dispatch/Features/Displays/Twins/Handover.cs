namespace TaxiCredit.Dispatch.Features.Displays.Twins;

/// <summary>Order of publishing, so that no driver's stars stand in two windscreens.</summary>
internal static class Handover
{
    /// <summary>
    /// A windscreen that a driver leaves comes before the one that the same driver comes to. Drivers who swap cabs within one
    /// change leave no such order; <see cref="Swapped"/> tells.
    /// </summary>
    public static IReadOnlyList<T> Order<T>(IReadOnlyList<T> changes, Func<T, string?> driverBefore, Func<T, string?> driverAfter)
        where T : class
    {
        var left = new Dictionary<string, T>();
        foreach (var change in changes)
        {
            if (driverBefore(change) is { } driver && driver != driverAfter(change))
                left[driver] = change;
        }
        var ordered = new List<T>(changes.Count);
        var placed = new HashSet<T>(ReferenceEqualityComparer.Instance);
        var chain = new Stack<T>();
        foreach (var change in changes)
        {
            // Back along the chain of cabs that have to be left, then out in reverse.
            for (var next = change; next is not null && placed.Add(next);
                next = driverAfter(next) is { } driver ? left.GetValueOrDefault(driver) : null)
                chain.Push(next);
            while (chain.TryPop(out var first))
                ordered.Add(first);
        }
        return ordered;
    }

    /// <summary>Those of an order whose driver comes to another one before they are left: they have to be vacant before it begins.</summary>
    public static IReadOnlySet<T> Swapped<T>(IReadOnlyList<T> ordered, Func<T, string?> driverBefore, Func<T, string?> driverAfter)
        where T : class
    {
        var arrived = new HashSet<string>();
        var swapped = new HashSet<T>(ReferenceEqualityComparer.Instance);
        foreach (var change in ordered)
        {
            if (driverBefore(change) is { } leaving && leaving != driverAfter(change) && arrived.Contains(leaving))
                swapped.Add(change);
            if (driverAfter(change) is { } coming)
                arrived.Add(coming);
        }
        return swapped;
    }
}
