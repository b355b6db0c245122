using Dispatch.Tests.Displays;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Mqtt;

/// <summary>Two servers side by side at one database and one Mosquitto. The city's own has the duty; the other's clock is another.</summary>
[TestClass]
public class NeighbourTests
{
    [TestMethod]
    public async Task Duty_LeaseOver_IsTheOthersAndTheFirstIsFenced()
    {
        await using var side = await Side.BySideAsync();
        await using var cab = await ExternalBrokerTests.ConnectAsync(side.City, 1);
        await cab.NextAsync("rating");
        var begun = side.BegunAsync();

        side.Time.Advance(DisplayLeadership.Term - DisplayLeadership.LookEvery);
        Assert.IsFalse(side.DisplayLeadership.IsLeader, "the lease lasts");
        side.Time.Advance(DisplayLeadership.LookEvery);

        await begun;
        side.City.Sent.Clear();
        // The first believes in its lease as long as it does not look: what it is told first falls to it.
        await side.City.SignOnAsync(driver: 1, cab: 1);
        await side.City.PublishAsync("2017-12", 2);
        var rating = await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "rated");
        Assert.AreEqual(2, rating.Json.GetProperty("stars").GetInt32());
        Assert.IsEmpty(side.City.Sent.Where(sent => sent.Topic.EndsWith("/rating", StringComparison.Ordinal)), "not by the first");
        // The other may have found it in its own first pass. Then there was nothing left that made the first look at its lease, but its clock does.
        side.City.Time.Advance(DisplayLeadership.LookEvery);
        await Until.SoAsync(() => !side.City.Server.Services.GetRequiredService<DisplayLeadership>().IsLeader, look => side.City.Warned += look);
        Assert.AreEqual(
            2L,
            await side.City.WithDbAsync(
                db => db.Leases.Where(lease => lease.Name == DisplayLeadership.LeaseName).Select(lease => lease.Fence).SingleAsync()));
    }

    [TestMethod]
    public async Task Duty_ServerStopped_IsTheOthersWithoutWaiting()
    {
        await using var side = await Side.BySideAsync();
        var begun = side.BegunAsync();
        await side.City.Server.StopAsync();

        side.Time.Advance(DisplayLeadership.LookEvery);

        await begun;
    }

    [TestMethod]
    public async Task Display_ProvisionedAtTheOther_IsServedByTheOneOnDuty()
    {
        await using var side = await Side.BySideAsync(cabs: 3);
        await using (var scope = side.Server.Services.CreateAsyncScope())
        {
            Assert.IsNull((await ProvisionDisplay.HandleAsync(
                new(DisplayCity.Keeper, "disp-0003", "c-3"), scope.ServiceProvider.GetRequiredService<OperationContext>(),
                scope.ServiceProvider.GetRequiredService<DisplayServices>(), CancellationToken.None)).Refusal);
        }

        await side.City.AwaitTwinAsync("disp-0003", twin => twin.Kind == RatingKind.Vacant);
        await DisplayCity.AwaitAllTwinsAsync(side.Board, 1, twin => twin.Display == "disp-0003");
        // What a display is to show is on the board before it is sent.
        await Until.SoAsync(() => side.City.Sent.Any(sent => sent.Topic == "tc/v1/d/disp-0003/rating"), look => side.City.Sending += look);
    }

    [TestMethod]
    public async Task Shift_SignedOnAtTheOther_IsShownAndReadAlong()
    {
        await using var side = await Side.BySideAsync();
        await using var cab = await ExternalBrokerTests.ConnectAsync(side.City, 1);
        await side.City.SignOnAsync(driver: 1, cab: 1);

        side.Server.Services.GetRequiredService<Reconciler>().Nudge(
            await side.City.WithDbAsync(db => db.Cabs.Where(c => c.Code == "c-1").Select(c => c.Id).ToListAsync()));

        var rating = await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "unrated");
        var config = await cab.NextAsync("config");
        await DisplayCity.AwaitAllTwinsAsync(side.Board, 1, twin => twin.Driver == "d-1");
        await cab.SendStateAsync(rating.Rev, config.Rev, "unrated");
        await DisplayCity.AwaitAllTwinsAsync(side.Board, 1, twin => twin.ShowsDesired);
        await side.City.AwaitTwinAsync(cab.Unit.Id, twin => twin.ShowsDesired);
    }

    [TestMethod]
    public async Task Incidents_HeardByBoth_AreSavedAndAcknowledgedOnce()
    {
        await using var side = await Side.BySideAsync();
        await using var cab = await ExternalBrokerTests.ConnectAsync(side.City, 1);

        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1, 2)));
        await cab.SendStateAsync(lit: "11000");

        await cab.NextAsync("incidents/ack");
        await DisplayCity.AwaitAllTwinsAsync(side.Board, 1, twin => twin.Lit == "11000");
        await side.City.AwaitTwinAsync(cab.Unit.Id, twin => twin.Lit == "11000");
        Assert.IsFalse(cab.HasMore("incidents/ack"));
        Assert.AreEqual(2, await side.City.WithDbAsync(db => db.Incidents.CountAsync()));
    }

    [TestMethod]
    public async Task Commands_GivenAtBothAtOnce_HaveRevisionsOfTheirOwn()
    {
        await using var side = await Side.BySideAsync();
        await using var cab = await ExternalBrokerTests.ConnectAsync(side.City, 1);
        await cab.SendStateAsync();
        await side.City.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
        await DisplayCity.AwaitAllTwinsAsync(side.Board, 1, twin => twin.Online);

        var given = await Task.WhenAll(Enumerable.Range(0, 20).Select(n =>
            Task.Run(() => ExternalBrokerTests.CommandAsync((n % 2 == 0 ? side.City.Server : side.Server).Services, cab.Unit.Id))));

        CollectionAssert.AllItemsAreUnique(given.Select(command => command.Value.Rev).ToList());
        for (var n = 0; n < given.Length; n++)
            await cab.NextAsync("cmd");
    }

    private sealed class Side : IAsyncDisposable
    {
        private readonly MosquittoServer _broker = new();

        public DisplayCity City { get; private set; } = null!;

        /// <summary>The other server's.</summary>
        public FakeTimeProvider Time { get; private set; } = null!;

        public WebApplication Server { get; private set; } = null!;

        public DisplayLeadership DisplayLeadership => Server.Services.GetRequiredService<DisplayLeadership>();

        public TwinBoard Board => Server.Services.GetRequiredService<TwinBoard>();

        public static async Task<Side> BySideAsync(int cabs = 2)
        {
            var side = new Side();
            side.City = await ExternalBrokerTests.BuildAsync(side._broker, cabs: cabs);
            side.Time = new(side.City.Time.GetUtcNow());
            side.Server = await side.City.StartNeighbourAsync(side.Time);
            Assert.IsFalse(side.DisplayLeadership.IsLeader);
            return side;
        }

        public async Task BegunAsync()
        {
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            DisplayLeadership.Begun += () => begun.TrySetResult();
            // A look that found the database locked is repeated at the next tick.
            City.Warned += () =>
            {
                if (!begun.Task.IsCompleted)
                    Time.Advance(DisplayLeadership.LookEvery);
            };
            await begun.Task.WaitAsync(DisplayCity.Patience);
        }

        public async ValueTask DisposeAsync()
        {
            await Server.StopAsync();
            await Server.DisposeAsync();
            await City.DisposeAsync();
            await _broker.DisposeAsync();
        }
    }
}
