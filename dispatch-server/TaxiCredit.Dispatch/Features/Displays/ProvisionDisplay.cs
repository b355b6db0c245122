using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <param name="Id">Display id, <c>[a-z0-9-]{4,32}</c>.</param>
/// <param name="Cab">Code of a cab that has no display.</param>
internal sealed record ProvisionRequest(string Id, string Cab);

/// <summary>Content of the unit's <c>config.json</c>. It holds the root key and is shown this once.</summary>
internal sealed record UnitConfig(
    [property: JsonPropertyName("v")] int V,
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("epoch")] int Epoch,
    [property: JsonPropertyName("broker")] string Broker,
    [property: JsonPropertyName("port")] int Port,
    [property: JsonPropertyName("tls")] bool Tls);

/// <summary>Gives a cab its display: id, root key, broker password.</summary>
internal sealed class ProvisionDisplay(
    DispatchContext db, DisplayRegistry registry, RootKeySeal seal, Reconciler reconciler, IBrokerAddress broker, TimeProvider time)
{
    public async Task<Outcome<UnitConfig>> RunAsync(ProvisionRequest request, string actor, CancellationToken stop)
    {
        if (!Display.IsCode(request.Id))
            return Refusal.Malformed("display-id-malformed", $"'{request.Id}' is no display id; it has 4 to 32 of a to z, 0 to 9 and '-'.");
        var cab = await db.Cabs.AsNoTracking().SingleOrDefaultAsync(c => c.Code == request.Cab, stop);
        if (cab is null)
            return Refusal.Missing("cab-unknown", $"There is no cab '{request.Cab}'.");
        var taken = await db.Displays.AsNoTracking().FirstOrDefaultAsync(d => d.Code == request.Id || d.CabId == cab.Id, stop);
        if (taken is not null)
            return Taken(taken, request);
        var rootKey = RandomNumberGenerator.GetBytes(DisplayKeys.RootKeyBytes);
        var display = new Display
        {
            Code = request.Id,
            CabId = cab.Id,
            SealedRootKey = seal.Seal(rootKey),
            ProvisionedAt = time.GetUtcNow(),
            PasswordSha256 = DisplayKeys.HashPassword(DisplayKeys.DerivePassword(rootKey, epoch: 1)),
        };
        if (!await TrySaveAsync(display, actor, stop))
            return Refusal.Conflict("display-taken", $"Display '{request.Id}' or cab '{request.Cab}' was given away at this moment.");
        registry.Put(display);
        reconciler.Nudge(display.CabId);
        return new UnitConfig(1, display.Code, Base64Url.EncodeToString(rootKey), display.Epoch, broker.Host, broker.Port, Tls: false);
    }

    private static Refusal Taken(Display taken, ProvisionRequest request) => taken.Code == request.Id
        ? Refusal.Conflict("display-taken", $"There is a display '{request.Id}' already.")
        : Refusal.Conflict("cab-has-display", $"Cab '{request.Cab}' has display '{taken.Code}'.");

    private async Task<bool> TrySaveAsync(Display display, string actor, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        db.Displays.Add(display);
        db.Audit.Add(new AuditEntry { At = display.ProvisionedAt, Actor = actor, Operation = "provision-display", Subject = display.Code });
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateException) when (!stop.IsCancellationRequested)
        {
            // Two indexes are unique; if neither was the cause, the fault is not a refusal.
            await transaction.RollbackAsync(stop);
            db.ChangeTracker.Clear();
            if (!await db.Displays.AnyAsync(d => d.Code == display.Code || d.CabId == display.CabId, stop))
                throw;
            return false;
        }
        db.ReportedTwins.Add(new ReportedTwin { DisplayId = display.Id });
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }
}
