namespace TaxiCredit.Dispatch.Features.Displays.Twins;

internal static class TwinWait
{
    /// <summary>
    /// Waits until a cab's windscreen shows what it should show for a driver, or for nobody, so that the answer to a sign-on can tell it. A cab without
    /// a display, or one that is offline, is not waited for.
    /// </summary>
    /// <param name="driver">Code of the driver who should be shown; null for a vacant cab.</param>
    /// <param name="longest">After this the wait ends without it.</param>
    public static async Task UntilShownAsync(this TwinBoard board, int cabId, string? driver, TimeSpan longest, TimeProvider time, CancellationToken stop)
    {
        if (!board.All.Any(twin => twin.CabId == cabId && twin.Online))
            return;
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = board.Subscribe(changed => Look(changed));
        Look(board.All);
        await Task.WhenAny(shown.Task, Task.Delay(longest, time, stop));

        void Look(IEnumerable<TwinSnapshot> twins)
        {
            if (twins.Any(twin => twin.CabId == cabId && twin.Driver == driver && twin.ShowsDesired))
                shown.TrySetResult();
        }
    }
}
