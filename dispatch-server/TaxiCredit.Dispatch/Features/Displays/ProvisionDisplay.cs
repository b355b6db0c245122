using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>Content of the unit's <c>config.json</c>. It holds the root key and cannot be read again.</summary>
/// <param name="Now">Unix seconds: a floor for the clock of a unit that knows no other time, so that TLS does not begin in 1970.</param>
internal sealed record UnitConfig(
    [property: JsonPropertyName("v")] int V,
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("key")] string Key,
    [property: JsonPropertyName("epoch")] int Epoch,
    [property: JsonPropertyName("now")] long Now,
    [property: JsonPropertyName("broker")] string Broker,
    [property: JsonPropertyName("port")] int Port,
    [property: JsonPropertyName("tls")] bool Tls,
    [property: JsonPropertyName("ca"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ca)
{
    /// <summary>WiFi network of the cab, where the workshop's file names one; up to three more are added by hand.</summary>
    [JsonPropertyName("ssid1"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Ssid { get; init; }

    [JsonPropertyName("psk1"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Passphrase { get; init; }

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>Content of the file, for people to read too.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Readable);
}

/// <summary>Gives a cab that has none a display, a new one or one in stock: id, root key, broker password.</summary>
/// <param name="Id">Display id, <c>[a-z0-9-]{4,32}</c>.</param>
/// <param name="Cab">Code of the cab.</param>
internal sealed record ProvisionDisplay(Acting Actor, string Id, string Cab)
{
    public string Cab { get; init; } = Spelling.Code(Cab);

    private static readonly OperationRule Rule = new("provision-display", Permission.ProvisionDisplay);

    public static Task<Outcome<UnitConfig>> HandleAsync(
        ProvisionDisplay command, OperationContext context, DisplayServices displays, CancellationToken stop) =>
        context.RunAsync<UnitConfig>(
            Rule, command.Actor, null, () => FindFault(command.Id) ?? displays.FindUnreachable(), _ => ProvisionAsync(command, context, displays, stop), stop);

    public static Refusal? FindFault(string? id) => Topics.IsDisplayCode(id ?? "")
        ? null
        : Refusal.Malformed("display-id-malformed", $"'{id}' is no display id; it has 4 to 32 of a to z, 0 to 9 and '-'.");

    private static async Task<Outcome<Done<UnitConfig>>> ProvisionAsync(
        ProvisionDisplay command, OperationContext context, DisplayServices displays, CancellationToken stop)
    {
        var cab = await context.Db.Cabs.AsNoTracking().SingleOrDefaultAsync(c => c.Code == command.Cab, stop);
        if (cab is null)
            return RosterRules.NoCab(command.Cab);
        if (await context.Db.Displays.AnyAsync(d => d.Code == command.Id && d.Rest == null, stop))
            return DisplayRules.Taken(command.Id);
        if (await DisplayRules.CabTakenAsync(context.Db, cab, stop) is { } taken)
            return taken;
        var issued = await UnitIssue.IntoCabAsync(command.Id, cab, context, displays, stop);
        if (issued.Refusal is not null)
            return issued.Refusal;
        var (display, config) = issued.Value;
        return Done.With(config, display.Code, cab.Code, new DisplayChanged(display));
    }
}
