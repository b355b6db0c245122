using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>
/// Operations that are committed together. Begun inside another batch it joins that one, which commits for both. Facts are told after the outermost
/// commit; disposed of without <see cref="CommitAsync"/>, the outermost leaves everything as it was and tells nothing.
/// </summary>
internal sealed class OperationBatch(Write write, Func<CancellationToken, Task> tellDrivers, Facts facts, List<IFact> untold) : IAsyncDisposable
{
    public void Tell(IEnumerable<IFact> happened) => untold.AddRange(happened);

    public async Task CommitAsync(CancellationToken stop)
    {
        await tellDrivers(stop);
        await write.SaveAsync(stop);
        if (write.IsJoined)
            return;
        IFact[] now = [.. untold];
        untold.Clear();
        facts.Tell(now);
    }

    public ValueTask DisposeAsync()
    {
        if (!write.IsJoined)
            untold.Clear();
        return write.DisposeAsync();
    }
}
