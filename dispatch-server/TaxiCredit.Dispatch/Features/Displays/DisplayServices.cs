using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>What operations on displays need besides the <see cref="OperationContext"/>.</summary>
internal sealed record DisplayServices(DisplayRegistry Registry, RootKeySeal Seal, TwinBoard Board, ICabLink Link, IBrokerAddress Broker,
    SigningClock Clock);

/// <summary>A display is new or has other keys.</summary>
/// <param name="Display">As it is committed.</param>
internal sealed record DisplayChanged(Display Display) : IFact;

internal static class DisplayRules
{
    public static Refusal Unknown(string displayCode) =>
        Refusal.Missing("display-unknown", $"There is no display '{displayCode}'; see GET /api/v1/displays.");

    /// <summary>Its root key cannot be opened.</summary>
    public static Refusal KeyLost(string displayCode) => Refusal.Conflict(
        "display-key-lost",
        $"The server's key ring cannot open the root key of display '{displayCode}'. Restore the key ring that was saved with this database.");

    /// <summary>Why a display is not among the registered ones.</summary>
    public static Refusal Absent(string displayCode, DisplayRegistry registry) =>
        registry.Held.Contains(displayCode) ? KeyLost(displayCode) : Unknown(displayCode);
}
