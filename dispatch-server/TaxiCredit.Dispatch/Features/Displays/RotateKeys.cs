using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <param name="Epoch">In use.</param>
/// <param name="PendingEpoch">Announced; in use when the display's state has confirmed it.</param>
internal sealed record KeyEpochs(int Epoch, int? PendingEpoch);

/// <summary>Announces the next key epoch to a display. Both epochs are valid until the display confirms; no secret travels.</summary>
internal sealed record RotateKeys(string Actor)
{
    public static async Task<Outcome<KeyEpochs>> HandleAsync(
        string displayCode, RotateKeys command, OperationContext context, DisplayServices displays, CancellationToken stop)
    {
        var actor = await context.MayAsync(command.Actor, Permission.RotateKeys, null, stop);
        if (actor.Refusal is not null)
            return actor.Refusal;

        await using var write = await context.Db.BeginWriteAsync(stop);
        var display = await context.Db.Displays.SingleOrDefaultAsync(d => d.Code == displayCode, stop);
        if (display is null)
            return DisplayRules.Unknown(displayCode);
        var password = DisplayKeys.DerivePassword(displays.Seal.Open(display), display.Epoch + 1);
        if (display.AnnounceNextEpoch(DisplayKeys.HashPassword(password)) is { } refusal)
            return refusal;

        context.Record(command.Actor, "rotate-display-keys", display.Code, $"epoch {display.PendingEpoch}");
        await write.SaveAsync(stop);
        displays.TakeUp(display);
        return new KeyEpochs(display.Epoch, display.PendingEpoch);
    }
}
