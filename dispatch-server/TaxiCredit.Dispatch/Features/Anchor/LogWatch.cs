using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Holds;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>
/// Looks in every server whether the database still is what this server has signed: in a moment at the start, before anything is published, and each
/// minute; from the rows of the whole log after the start and once a day. What it finds holds publishing, and nothing is called verified any more.
/// </summary>
internal sealed partial class LogWatch(
    IServiceScopeFactory scopes, ChainVerification chain, LossEvidence evidence, LogKeyFile keys, TimeProvider time, ILogger<LogWatch> log) : IHostedService
{
    public const string JobName = "log-watch";

    private static readonly TimeSpan WholeEvery = TimeSpan.FromDays(1);

    private DateTimeOffset _wholeAt = DateTimeOffset.MinValue;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // A key that others can read stops the start; one that is not made yet is made with the first checkpoint.
        keys.Read();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        if (await PublishingHolds.IsLogChangedAsync(db, cancellationToken))
            chain.Distrust("the log of this city was found changed");
        await LookAsync(db, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>One look; the whole log if it is time.</summary>
    public async Task RunAsync(DispatchContext db, CancellationToken stop)
    {
        var now = time.GetUtcNow();
        await LookAsync(db, stop);
        if ((now - _wholeAt).Duration() < WholeEvery)
            return;
        await CheckWholeAsync(db, stop);
        _wholeAt = now;
    }

    /// <summary>Recomputes both logs against every checkpoint that was ever signed.</summary>
    public async Task CheckWholeAsync(DispatchContext db, CancellationToken stop)
    {
        if (await FindFaultAsync(db, stop) is not { } fault)
            return;
        chain.Distrust(fault);
        await HoldAsync(db, new(HoldCause.LogChanged, fault, time.GetUtcNow()), stop);
    }

    /// <summary>Over a connection of its own, in the database of one moment, while others go on writing.</summary>
    private static async Task<string?> FindFaultAsync(DispatchContext db, CancellationToken stop)
    {
        await using var beside = db.CreateSecondContext();
        await using var moment = await beside.BeginReadAsync(stop);
        return await LogCheck.OfCityAsync(beside, await SignedAsync(beside, LogTree.City, stop), stop)
            ?? await LogCheck.OfAuditAsync(beside, await SignedAsync(beside, LogTree.Audit, stop), stop);
    }

    public static Task<List<Anchored>> SignedAsync(DispatchContext db, LogTree tree, CancellationToken stop) =>
        db.Checkpoints.AsNoTracking().Where(c => c.Tree == tree).Select(c => new { c.Id, c.Size, c.Root, c.At }).AsAsyncEnumerable()
            .Select(c => new Anchored($"checkpoint of {c.At:yyyy-MM-dd HH:mm:ss}Z", c.Size, c.Root)).ToListAsync(stop).AsTask();

    private async Task LookAsync(DispatchContext db, CancellationToken stop)
    {
        if (await evidence.FindAsync(db, time.GetUtcNow(), stop) is not { } loss)
            return;
        if (loss.Cause == HoldCause.LogChanged)
            chain.Distrust(loss.Evidence);
        await HoldAsync(db, loss, stop);
    }

    private async Task HoldAsync(DispatchContext db, Loss loss, CancellationToken stop)
    {
        await using var write = await db.BeginWriteAsync(stop);
        var hold = new PublishingHold { Cause = loss.Cause, Evidence = loss.Evidence, EvidenceAt = loss.At, Since = time.GetUtcNow() };
        if (!await PublishingHolds.RaiseAsync(db, hold, await db.CityAsync(stop), stop))
            return;
        await write.SaveAsync(stop);
        LogHeld(loss.Cause, loss.Evidence);
    }

    [LoggerMessage(4201, LogLevel.Critical, "Publishing is held, {Cause}: {Evidence}; a person decides at /bureau/holds")]
    private partial void LogHeld(HoldCause cause, string evidence);
}
