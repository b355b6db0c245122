using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>What whoever has the receipt reads of a loss.</summary>
/// <param name="KeptAt">Where the thing is that may be it; null until something is found.</param>
/// <param name="OwnerCode">Told to who hands it over, with the thing in hand; null until something is found.</param>
internal sealed record LossReceipt(
    string Code, LossStatus Status, PropertyKind Kind, string Description, string Plate, DateOnly LostOn, int? LostHour, DateOnly AnswerOn,
    bool HasContact, DateOnly? SettledOn, string? KeptAt, string? OwnerCode)
{
    /// <summary>Whether a number that was typed as a receipt's is one of a loss.</summary>
    public static async Task<bool> IsOneAsync(string? typed, DispatchContext db, CancellationToken stop) =>
        ShortCode.TryRead(typed, out var code) && await db.Losses.AnyAsync(l => l.Receipt == code, stop);

    /// <returns>Null if there is no such receipt.</returns>
    public static async Task<LossReceipt?> FindAsync(string? typed, OperationContext context, LostDesk tools, CancellationToken stop)
    {
        if (!ShortCode.TryRead(typed, out var code))
            return null;
        var (things, contacts) = (context.Db.FoundItems, context.Db.LossContacts);
        var row = await context.Db.Losses.AsNoTracking().Where(l => l.Receipt == code).Select(l => new
        {
            Loss = l,
            l.Cab.Plate,
            HasContact = contacts.Any(c => c.LossId == l.Id),
            KeptAt = things.Where(f => f.LossId == l.Id).Select(f => f.KeptAt).FirstOrDefault(),
        }).SingleOrDefaultAsync(stop);
        if (row is null)
            return null;
        var loss = row.Loss;
        // Of one that is held back nothing else is told: who floods learns nothing.
        var status = loss.Status == LossStatus.Held ? LossStatus.Open : loss.Status;
        return new(
            code, status, loss.Kind, loss.Description, row.Plate, loss.LostOn, loss.LostHour, tools.AnswerOn(loss), row.HasContact, loss.SettledOn, row.KeptAt,
            status == LossStatus.Found ? loss.OwnerCode : null);
    }
}
