using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>What operations on displays need beside the <see cref="OperationContext"/>.</summary>
internal sealed record DisplayServices(DisplayRegistry Registry, RootKeySeal Seal, TwinBoard Board, Reconciler Windscreens, ICabLink Link, IBrokerAddress Broker)
{
    /// <summary>Lets broker and reconciler know a display as it was just committed.</summary>
    public void TakeUp(Display display)
    {
        Registry.Put(display);
        Windscreens.Nudge(display.CabId);
    }
}

internal static class DisplayRules
{
    public static Refusal Unknown(string displayCode) =>
        Refusal.Missing("display-unknown", $"There is no display '{displayCode}'; see GET /api/v1/displays.");
}
