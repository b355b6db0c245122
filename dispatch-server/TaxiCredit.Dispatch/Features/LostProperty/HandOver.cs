using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>
/// The owner has the thing in hand and tells the code of the receipt: whoever hands it over proves by it that the owner was there. Wrong codes are counted, and
/// after <see cref="Loss.MaxWrongCodes"/> the bureau looks first.
/// </summary>
/// <param name="Code">Six digits, as the owner says them.</param>
internal sealed record HandOver(Acting Actor, string? Code)
{
    private static readonly OperationRule Rule = new("hand-over-found", Permission.KeepFound);

    public static async Task<Outcome<FoundItem>> HandleAsync(string number, HandOver command, OperationContext context, CancellationToken stop)
    {
        var allowed = await context.MayAsync(command.Actor, Permission.KeepFound, command.Actor.Name, stop);
        if (allowed.Refusal is not null)
            return allowed.Refusal;
        var id = FoundItem.IdOf(number);
        var finder = await context.Db.FoundItems.Where(f => f.Id == id).Select(f => f.Driver).AsNoTracking().SingleOrDefaultAsync(stop);
        // A driver hands over what that driver found; somebody else's thing is like none.
        if (finder is null || allowed.Value.DriverId is { } driver && finder.Id != driver)
            return LostRules.NoFound(number);

        var tried = await context.RunAsync<FoundItem>(
            Rule, command.Actor, finder.Code, async _ => command.Try((await context.Db.FindFoundAsync(number, stop))!, context), stop);
        if (tried.Refusal is not null || tried.Value.Status == FoundStatus.Returned)
            return tried;
        return Refusal.AgainstRule(
            "owner-code-wrong", $"This is not the code of the owner's receipt; {Loss.MaxWrongCodes - tried.Value.Loss!.WrongCodes} tries are left.");
    }

    private Outcome<Done<FoundItem>> Try(FoundItem found, OperationContext context)
    {
        if (found is not { Status: FoundStatus.Claimed, Loss: { } loss })
            return found.Return(context.Today) ?? throw new InvalidOperationException($"{found.Number} is claimed without a loss.");
        if (loss.IsLocked)
        {
            return Refusal.Conflict(
                "owner-code-locked",
                $"{Loss.MaxWrongCodes} wrong codes were tried for {found.Number}; the bureau joins thing and owner again, with a new code.");
        }

        // A wrong code is stored: a refusal would leave nothing behind.
        if (!loss.IsOwnersCode(Code))
            return Done.With(found, found.Number, $"wrong code {loss.WrongCodes}");
        return (found.Return(context.Today) ?? loss.Move(LossSignal.Return, context.Today)) is { } refused
            ? refused
            : Done.With(found, found.Number, loss.Number);
    }
}
