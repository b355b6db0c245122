using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Holds;

/// <summary>Every hold as the database has it now: who may be published to, and which revisions are no evidence any more.</summary>
internal sealed class PublishingHolds
{
    /// <summary>Name in the audit log of who found the evidence.</summary>
    public const string Finder = "server";

    private const string Audited = "hold-publishing";

    private readonly HashSet<int> _heldDisplays;
    private readonly Dictionary<int, long> _acceptedOf;
    private readonly long _accepted;

    private PublishingHolds(List<PublishingHold> all)
    {
        OfCity = all.Find(h => h is { DecidedAt: null, DisplayId: null });
        _heldDisplays = [.. all.Where(h => h is { DecidedAt: null, DisplayId: not null }).Select(h => h.DisplayId!.Value)];
        _accepted = all.Where(h => h.DisplayId is null).Select(h => h.AcceptedThrough).DefaultIfEmpty().Max();
        _acceptedOf = all.Where(h => h.DisplayId is not null).GroupBy(h => h.DisplayId!.Value).ToDictionary(g => g.Key, g => g.Max(h => h.AcceptedThrough));
    }

    /// <summary>The hold of the whole city that was found first; null if publishing goes on.</summary>
    public PublishingHold? OfCity { get; }

    public static async Task<PublishingHolds> ReadAsync(DispatchContext db, CancellationToken stop) =>
        new(await db.PublishingHolds.AsNoTracking().OrderBy(h => h.Id).ToListAsync(stop));

    /// <summary>Whether this display alone is held.</summary>
    public bool Of(int displayId) => _heldDisplays.Contains(displayId);

    /// <summary>Whether a person has decided to continue although a cab holds this revision.</summary>
    public bool IsAccepted(int displayId, long revision) => revision <= Math.Max(_accepted, _acceptedOf.GetValueOrDefault(displayId));

    /// <summary>Open ones, the oldest first.</summary>
    public static Task<List<PublishingHold>> OpenAsync(DispatchContext db, CancellationToken stop) =>
        db.PublishingHolds.AsNoTracking().Where(h => h.DecidedAt == null).OrderBy(h => h.Id).ToListAsync(stop);

    /// <summary>Why no month may be published now; null if one may.</summary>
    public static async Task<Refusal?> AgainstPublishingAsync(DispatchContext db, CancellationToken stop) =>
        (await ReadAsync(db, stop)).OfCity is { } hold
            ? Refusal.Conflict(
                "publishing-held",
                $"Publishing is held since {hold.Since:O}: {hold.Evidence}. Decide at /bureau/holds or POST /api/v1/holds/{hold.Id}/decision.")
            : null;

    /// <summary>Whether history was found changed; nothing is called verified then, whoever decides what.</summary>
    public static Task<bool> IsLogChangedAsync(DispatchContext db, CancellationToken stop) =>
        db.PublishingHolds.AnyAsync(h => h.Cause == HoldCause.LogChanged, stop);

    /// <summary>Holds publishing, unless it is held for that already. Call inside a write transaction, which commits hold and audit line.</summary>
    /// <param name="subject">Code in the audit log: the city's, or the display's.</param>
    /// <returns>Whether the hold is new; false also where a person has decided to continue in spite of this evidence.</returns>
    public static async Task<bool> RaiseAsync(DispatchContext db, PublishingHold hold, string subject, CancellationToken stop)
    {
        if (await db.PublishingHolds.AnyAsync(h => h.DecidedAt == null && h.Cause == hold.Cause && h.DisplayId == hold.DisplayId, stop))
            return false;
        if (hold.EvidenceAt is { } at && await db.PublishingHolds.AnyAsync(
            h => h.DecidedAt != null && h.Cause == hold.Cause && h.DisplayId == hold.DisplayId && h.EvidenceAt >= at, stop))
            return false;
        db.PublishingHolds.Add(hold);
        db.Audit.Add(new AuditEntry
        {
            At = hold.Since, Actor = Finder, Operation = Audited, Subject = subject, Detail = $"{hold.Cause}: {hold.Evidence}",
        });
        return true;
    }
}
