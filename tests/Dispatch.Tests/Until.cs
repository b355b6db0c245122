using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;
using TaxiCredit.Dispatch.Features.Teams;
using TaxiCredit.Dispatch.Features.Statistics;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Components.Styleguide;
using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Features.Roster;
using Dispatch.Tests.Displays;

namespace Dispatch.Tests;

/// <summary>Waits for what another thread does and nothing announces; a test that waits in vain is cancelled.</summary>
internal static class Until
{
    public static async Task SoAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(DisplayCity.Patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
