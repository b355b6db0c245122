using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>Content of the unit's <c>config.json</c>. It holds the root key and cannot be read again.</summary>
internal sealed record UnitConfig(
    [property: JsonPropertyName("v")] int V,
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("epoch")] int Epoch,
    [property: JsonPropertyName("broker")] string Broker,
    [property: JsonPropertyName("port")] int Port,
    [property: JsonPropertyName("tls")] bool Tls,
    [property: JsonPropertyName("ca"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ca);

/// <summary>Gives a cab that has none a display: id, root key, broker password.</summary>
/// <param name="Id">Display id, <c>[a-z0-9-]{4,32}</c>.</param>
/// <param name="Cab">Code of the cab.</param>
internal sealed record ProvisionDisplay(Acting Actor, string Id, string Cab)
{
    private static readonly OperationRule Rule = new("provision-display", Permission.ProvisionDisplay);

    public static Task<Outcome<UnitConfig>> HandleAsync(
        ProvisionDisplay command, OperationContext context, DisplayServices displays, CancellationToken stop)
    {
        return context.RunAsync<UnitConfig>(Rule, command.Actor, null, Check, _ => ProvisionAsync(command, context, displays, stop), stop);

        Refusal? Check() => Topics.IsDisplayCode(command.Id)
            ? null
            : Refusal.Malformed("display-id-malformed", $"'{command.Id}' is no display id; it has 4 to 32 of a to z, 0 to 9 and '-'.");
    }

    private static async Task<Outcome<Done<UnitConfig>>> ProvisionAsync(
        ProvisionDisplay command, OperationContext context, DisplayServices displays, CancellationToken stop)
    {
        var cab = await context.Db.Cabs.AsNoTracking().SingleOrDefaultAsync(c => c.Code == command.Cab, stop);
        if (cab is null)
            return RosterRules.NoCab(command.Cab);
        if (await FindTakenAsync(command, cab.Id, context.Db, stop) is { } taken)
            return taken;

        var rootKey = RandomNumberGenerator.GetBytes(DisplayKeys.RootKeyBytes);
        var display = new Display
        {
            Code = command.Id,
            CabId = cab.Id,
            SealedRootKey = displays.Seal.Seal(rootKey),
            ProvisionedAt = context.Now,
            PasswordSha256 = DisplayKeys.HashPassword(DisplayKeys.DerivePassword(rootKey, epoch: 1)),
        };
        context.Db.Displays.Add(display);
        await context.Db.SaveChangesAsync(stop);
        context.Db.ReportedTwins.Add(new ReportedTwin { DisplayId = display.Id });
        var broker = displays.Broker;
        var unit = new UnitConfig(
            1, display.Code, Base64Url.EncodeToString(rootKey), display.Epoch, broker.Host, broker.Port, broker.Tls, broker.Tls ? broker.Authority : null);
        return Done.With(unit, display.Code, cab.Code, new DisplayChanged(display));
    }

    private static async Task<Refusal?> FindTakenAsync(ProvisionDisplay command, int cabId, DispatchContext db, CancellationToken stop)
    {
        var taken = await db.Displays.AsNoTracking().FirstOrDefaultAsync(d => d.Code == command.Id || d.CabId == cabId, stop);
        return taken switch
        {
            null => null,
            _ when taken.Code == command.Id => Refusal.Conflict("display-taken", $"There is a display '{command.Id}' already; choose another id."),
            _ => Refusal.Conflict("cab-has-display", $"Cab '{command.Cab}' has display '{taken.Code}'."),
        };
    }
}
