using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>A loss with what belongs to it.</summary>
/// <inheritdoc cref="LossView"/>
internal sealed record LossLine(Loss Loss, DateTimeOffset AnswerBy, int Asked, int Answered, string? Found, bool HasContact)
{
    /// <summary>Nobody has found it, nobody has ended the search, and the time for an answer is over.</summary>
    public bool IsLate(DateTimeOffset now) => Loss.Status is LossStatus.Held or LossStatus.Open && now > AnswerBy;
}

/// <summary>How many things of a kind were missed and found within a year, and what became of them.</summary>
internal sealed record LostCount(PropertyKind Kind, int Lost, int Found, int Returned, int PassedOn);

/// <summary>What the desk has to do with lost property, oldest first.</summary>
internal static class LostQueue
{
    public const int PageSize = 50;

    private const int CountedDays = 365;

    /// <param name="status">Null for what waits: held, open and found.</param>
    /// <param name="after">Id of the last one of the page before; 0 for the first page.</param>
    public static Task<List<LossLine>> LossesAsync(LossStatus? status, long after, OperationContext context, LostDesk tools, CancellationToken stop)
    {
        var asked = status is { } one
            ? context.Db.Losses.Where(l => l.Status == one)
            : context.Db.Losses.Where(l => l.Status == LossStatus.Held || l.Status == LossStatus.Open || l.Status == LossStatus.Found);
        return LinesAsync(asked.Where(l => l.Id > after), context.Db, tools, stop);
    }

    public static async Task<LossLine> LineAsync(Loss loss, OperationContext context, LostDesk tools, CancellationToken stop) =>
        (await LinesAsync(context.Db.Losses.Where(l => l.Id == loss.Id), context.Db, tools, stop))[0];

    private static async Task<List<LossLine>> LinesAsync(IQueryable<Loss> losses, DispatchContext db, LostDesk tools, CancellationToken stop)
    {
        var (questions, things, contacts) = (db.LossQuestions, db.FoundItems, db.LossContacts);
        var rows = await losses.AsNoTracking().OrderBy(l => l.Id).Take(PageSize).Include(l => l.Cab).Select(l => new
        {
            Loss = l,
            l.Cab,
            Asked = questions.Count(q => q.LossId == l.Id),
            Answered = questions.Count(q => q.LossId == l.Id && q.WasFound != null),
            Found = things.Where(f => f.LossId == l.Id).Select(f => (long?)f.Id).FirstOrDefault(),
            HasContact = contacts.Any(c => c.LossId == l.Id),
        }).ToListAsync(stop);
        return rows.ConvertAll(r => new LossLine(
            r.Loss, tools.AnswerBy(r.Loss), r.Asked, r.Answered, r.Found is { } id ? FoundItem.NumberOf(id) : null, r.HasContact));
    }

    /// <param name="status">Null for what waits: kept, claimed, and returned without a merit.</param>
    /// <inheritdoc cref="LossesAsync"/>
    public static Task<List<FoundItem>> FoundAsync(FoundStatus? status, long after, DispatchContext db, CancellationToken stop)
    {
        var asked = status is { } one
            ? db.FoundItems.Where(f => f.Status == one)
            : db.FoundItems.Where(f => f.Status == FoundStatus.Kept || f.Status == FoundStatus.Claimed || f.Status == FoundStatus.Returned && f.CaseId == null);
        return asked.AsNoTracking().Where(f => f.Id > after).OrderBy(f => f.Id).Take(PageSize)
            .Include(f => f.Cab).Include(f => f.Driver).Include(f => f.Loss).Include(f => f.Case).ToListAsync(stop);
    }

    /// <summary>Newest loss whose answer is late; null if none is.</summary>
    public static async Task<long?> NewestLateAsync(OperationContext context, LostSettings settings, CancellationToken stop)
    {
        var since = context.Now.AddHours(-settings.AnswerHours);
        return await context.Db.Losses.Where(l => (l.Status == LossStatus.Held || l.Status == LossStatus.Open) && l.ReceivedAt < since)
            .MaxAsync(l => (long?)l.Id, stop);
    }

    /// <summary>By kind, of what came within a year.</summary>
    public static async Task<List<LostCount>> CountsAsync(OperationContext context, CancellationToken stop)
    {
        var since = context.Today.AddDays(-CountedDays);
        var lost = await context.Db.Losses.Where(l => l.SubmittedOn > since).GroupBy(l => l.Kind)
            .Select(g => new { Kind = g.Key, Count = g.Count() }).ToListAsync(stop);
        var found = await context.Db.FoundItems.Where(f => f.RegisteredOn > since).GroupBy(f => new { f.Kind, f.Status })
            .Select(g => new { g.Key.Kind, g.Key.Status, Count = g.Count() }).ToListAsync(stop);
        return [.. Enum.GetValues<PropertyKind>().Select(kind =>
        {
            var ofKind = found.Where(f => f.Kind == kind).ToList();
            return new LostCount(
                kind, lost.Where(l => l.Kind == kind).Sum(l => l.Count), ofKind.Sum(f => f.Count),
                ofKind.Where(f => f.Status == FoundStatus.Returned).Sum(f => f.Count), ofKind.Where(f => f.Status == FoundStatus.PassedOn).Sum(f => f.Count));
        })];
    }
}
