using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <param name="Epoch">In use.</param>
/// <param name="PendingEpoch">Announced; in use when the display's state has confirmed it.</param>
internal sealed record KeyEpochs(int Epoch, int? PendingEpoch);

/// <summary>Announces the next key epoch to a display. Both epochs are valid until the display confirms; no secret travels.</summary>
internal sealed class RotateKeys(DispatchContext db, DisplayRegistry registry, RootKeySeal seal, Reconciler reconciler, TimeProvider time)
{
    public async Task<Outcome<KeyEpochs>> RunAsync(string displayCode, string actor, CancellationToken stop)
    {
        var display = await db.Displays.SingleOrDefaultAsync(d => d.Code == displayCode, stop);
        if (display is null)
            return DisplayRefusals.Unknown(displayCode);
        var password = DisplayKeys.DerivePassword(seal.Open(display), display.Epoch + 1);
        if (display.AnnounceNextEpoch(DisplayKeys.HashPassword(password)) is { } refusal)
            return refusal;
        db.Audit.Add(new AuditEntry { At = time.GetUtcNow(), Actor = actor, Operation = "rotate-display-keys", Subject = display.Code });
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Refusal.Conflict("display-changed", $"The keys of display '{displayCode}' were changed at this moment; look again.");
        }
        registry.Put(display);
        reconciler.Nudge(display.CabId);
        return new KeyEpochs(display.Epoch, display.PendingEpoch);
    }
}

internal static class DisplayRefusals
{
    public static Refusal Unknown(string displayCode) => Refusal.Missing("display-unknown", $"There is no display '{displayCode}'.");
}
