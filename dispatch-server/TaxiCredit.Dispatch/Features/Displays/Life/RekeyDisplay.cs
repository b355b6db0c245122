using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays.Life;

/// <summary>
/// Gives a unit another root key: where a copy of the old one may be in wrong hands, or the server's key ring cannot open it any more. The old key is dead from
/// the commit on, and the windscreen is unconfirmed until the unit has the new file. A rotation, in which nothing goes dark, is <see cref="RotateKeys"/>.
/// </summary>
internal sealed record RekeyDisplay(Acting Actor)
{
    private static readonly OperationRule Rule = new("rekey-display", Permission.ProvisionDisplay);

    public static Task<Outcome<UnitConfig>> HandleAsync(
        string code, RekeyDisplay command, OperationContext context, DisplayServices displays, CancellationToken stop)
    {
        return context.RunAsync<UnitConfig>(Rule, command.Actor, null, displays.FindUnreachable, _ => RekeyAsync(), stop);

        async Task<Outcome<Done<UnitConfig>>> RekeyAsync()
        {
            if (await context.Db.Displays.SingleOrDefaultAsync(d => d.Code == code, stop) is not { } display)
                return DisplayRules.Unknown(code);
            if (display.Rest is not null)
                return DisplayRules.NotInCab(display);
            var config = UnitIssue.Rekey(display, context, displays);
            if (config.Refusal is not null)
                return config.Refusal;
            await UnitIssue.EndHoldsAsync(display, command.Actor.Name, "the unit has another key", context, stop);
            return Done.With(config.Value, code, $"epoch {display.Epoch}", new DisplayChanged(display));
        }
    }
}
