using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays.Life;

/// <summary>What operations that hand out a unit's <c>config.json</c> share. Call under the write lock.</summary>
internal static class UnitIssue
{
    /// <summary>Puts a new unit, or one from stock, into a cab that has none.</summary>
    public static async Task<Outcome<(Display Display, UnitConfig Config)>> IntoCabAsync(
        string code, Cab cab, OperationContext context, DisplayServices displays, CancellationToken stop)
    {
        if (await context.Db.Displays.SingleOrDefaultAsync(d => d.Code == code, stop) is { } known)
            return FromStock(known, cab, context, displays);

        var (display, config) = Make(code, cab, context, displays);
        await context.Db.SaveChangesAsync(stop);
        AddTwins([display], context.Db);
        return (display, config);
    }

    /// <summary>Makes a new unit; the caller saves, and then adds its twin.</summary>
    public static (Display Display, UnitConfig Config) Make(string code, Cab cab, OperationContext context, DisplayServices displays)
    {
        var rootKey = RandomNumberGenerator.GetBytes(DisplayKeys.RootKeyBytes);
        var display = new Display
        {
            Code = code,
            CabId = cab.Id,
            SealedRootKey = displays.Seal.Seal(rootKey),
            ProvisionedAt = context.Now,
            PasswordSha256 = DisplayKeys.HashPassword(DisplayKeys.DerivePassword(rootKey, epoch: 1)),
        };
        context.Db.Displays.Add(display);
        return (display, Config(display, rootKey, context, displays));
    }

    /// <summary>What new units have reported: nothing yet. They have to be saved.</summary>
    public static void AddTwins(IEnumerable<Display> displays, DispatchContext db) =>
        db.ReportedTwins.AddRange(displays.Select(display => new ReportedTwin { DisplayId = display.Id }));

    /// <summary>Gives a unit another root key, and returns the file with it.</summary>
    public static Outcome<UnitConfig> Rekey(Display display, OperationContext context, DisplayServices displays)
    {
        var rootKey = RandomNumberGenerator.GetBytes(DisplayKeys.RootKeyBytes);
        return display.Rekey(rootKey, displays.Seal) is { } refused ? refused : Config(display, rootKey, context, displays);
    }

    /// <summary>What held publishing to an identity ends with it: there is nothing left that could be published.</summary>
    public static async Task EndHoldsAsync(Display display, string by, string reason, OperationContext context, CancellationToken stop)
    {
        foreach (var hold in await context.Db.PublishingHolds.Where(h => h.DisplayId == display.Id && h.DecidedAt == null).ToListAsync(stop))
            hold.Continue(by, reason, context.Now);
    }

    /// <summary>Puts a unit in stock into a cab that has none.</summary>
    public static Outcome<(Display Display, UnitConfig Config)> FromStock(Display display, Cab cab, OperationContext context, DisplayServices displays)
    {
        if (display.Rest is null)
            return DisplayRules.Taken(display.Code);
        if (display.Rest is not DisplayRest.Stock)
            return Refusal.Conflict("display-not-in-stock", $"Display '{display.Code}' is {display.Rest.Word}; only one in stock can be put into a cab.");
        var config = Rekey(display, context, displays);
        if (config.Refusal is not null)
            return config.Refusal;
        display.Place(cab.Id, context.Now);
        return (display, config.Value);
    }

    private static UnitConfig Config(Display display, byte[] rootKey, OperationContext context, DisplayServices displays)
    {
        var broker = displays.Broker;
        return new(
            1, display.Code, Base64Url.EncodeToString(rootKey), display.Epoch, context.Now.ToUnixTimeSeconds(),
            broker.Host, broker.Port, broker.Tls, broker.Tls ? broker.Authority : null);
    }
}
