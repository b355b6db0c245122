using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <param name="Epoch">In use.</param>
/// <param name="PendingEpoch">Announced; in use when the display's state has confirmed it.</param>
internal sealed record KeyEpochs(int Epoch, int? PendingEpoch);

/// <summary>Announces the next key epoch to a display. Both epochs are valid until the display confirms; no secret is transmitted.</summary>
internal sealed record RotateKeys(Acting Actor)
{
    private static readonly OperationRule Rule = new("rotate-display-keys", Permission.RotateKeys);

    public static Task<Outcome<KeyEpochs>> HandleAsync(
        string displayCode, RotateKeys command, OperationContext context, DisplayServices displays, CancellationToken stop) =>
        context.RunAsync<KeyEpochs>(Rule, command.Actor, null, async _ =>
        {
            var display = await context.Db.Displays.SingleOrDefaultAsync(d => d.Code == displayCode, stop);
            if (display is null)
                return DisplayRules.Unknown(displayCode);
            if (display.Rest is not null)
                return DisplayRules.NotInCab(display);
            if (displays.Registry.Held.Contains(displayCode))
                return DisplayRules.KeyLost(displayCode);
            var password = DisplayKeys.DerivePassword(displays.Seal.Open(display), display.Epoch + 1);
            if (display.AnnounceNextEpoch(DisplayKeys.HashPassword(password)) is { } refusal)
                return refusal;

            return Done.With(
                new KeyEpochs(display.Epoch, display.PendingEpoch), display.Code, $"epoch {display.PendingEpoch}", new DisplayChanged(display));
        }, stop);
}
