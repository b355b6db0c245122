using Dispatch.Tests.Displays;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Operations;

/// <summary>Cabs c-1 and c-2 have the ids 1 and 2; the facts told here are those of shifts.</summary>
[TestClass]
public sealed class FactsTests
{
    private readonly List<string> _heard = [];
    private readonly LogLines _log = new();

    [TestMethod]
    public void Tell_TwoFacts_EachReachesTheListenersInTheOrderOfRegistration()
    {
        var facts = new Facts([Listener("first"), Listener("second"), Listener("third")], _log);

        facts.Tell([new ShiftChanged(1), new ShiftChanged(2, 3)]);

        CollectionAssert.AreEqual(new[] { "first 1", "second 1", "third 1", "first 2,3", "second 2,3", "third 2,3" }, _heard);
    }

    [TestMethod]
    public async Task Operation_ListenerThrows_IsCommittedAndLoggedAndTheNextListenerHears()
    {
        await using var city = await DisplayCity.BuildAsync(start: false);
        await using var scope = city.Server.Services.CreateAsyncScope();
        var context = Context(scope, new Broken(), Listener("second"));

        var signedOn = await SignOn.HandleAsync(new(DisplayCity.Keeper, "d-1", "c-1"), context, CancellationToken.None);

        Assert.IsNull(signedOn.Refusal);
        Assert.AreEqual("d-1 on c-1", await OpenShiftsAsync(city));
        CollectionAssert.AreEqual(new[] { "second 1" }, _heard);
        CollectionAssert.AreEqual(new[] { "Error 2001 Broken failed on ShiftChanged; it finds out by its next full pass: I am broken." }, _log.Lines);
    }

    [TestMethod]
    public async Task Operation_Refused_TellsNothing()
    {
        await using var city = await DisplayCity.BuildAsync(start: false);
        await using var scope = city.Server.Services.CreateAsyncScope();

        var refused = await SignOff.HandleAsync(new(DisplayCity.Keeper, "d-1"), Context(scope, Listener("first")), CancellationToken.None);

        Assert.AreEqual("driver-not-signed-on", refused.Refusal?.Code);
        Assert.IsEmpty(_heard);
    }

    [TestMethod]
    public async Task Batch_Committed_TellsTheFactsOfBothOperationsOnceAfterTheCommit()
    {
        await using var city = await DisplayCity.BuildAsync(start: false);
        await using var scope = city.Server.Services.CreateAsyncScope();
        var context = Context(scope, Listener("first"));

        await using (var batch = await context.BeginAsync(CancellationToken.None))
        {
            await SignOnBothAsync(context);
            Assert.IsEmpty(_heard, "nothing is committed yet");
            await batch.CommitAsync(CancellationToken.None);
            CollectionAssert.AreEqual(new[] { "first 1", "first 2" }, _heard);
        }

        _heard.Clear();
        Assert.IsNull((await SignOff.HandleAsync(new(DisplayCity.Keeper, "d-1"), context, CancellationToken.None)).Refusal);
        CollectionAssert.AreEqual(new[] { "first 1" }, _heard);
        Assert.AreEqual("d-2 on c-2", await OpenShiftsAsync(city));
        Assert.AreEqual(3, await city.WithDbAsync(db => db.Audit.CountAsync()), "one line for each operation");
    }

    [TestMethod]
    public async Task Batch_RolledBack_TellsNothingNorLater()
    {
        await using var city = await DisplayCity.BuildAsync(start: false);
        await using var scope = city.Server.Services.CreateAsyncScope();
        var context = Context(scope, Listener("first"));

        await using (await context.BeginAsync(CancellationToken.None))
            await SignOnBothAsync(context);

        Assert.IsEmpty(_heard);
        Assert.AreEqual("", await OpenShiftsAsync(city));
        context.Db.ChangeTracker.Clear();
        Assert.IsNull((await SignOn.HandleAsync(new(DisplayCity.Keeper, "d-2", "c-2"), context, CancellationToken.None)).Refusal);
        CollectionAssert.AreEqual(new[] { "first 2" }, _heard);
    }

    [TestMethod]
    public async Task ShiftChanged_LostBetweenCommitAndTelling_IsMadeGoodByTheFullPass()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        Assert.AreEqual("vacant", (await cab.NextAsync("rating")).Kind);
        await using (var scope = city.Server.Services.CreateAsyncScope())
            Assert.IsNull((await SignOn.HandleAsync(new(DisplayCity.Keeper, "d-1", "c-1"), Context(scope), CancellationToken.None)).Refusal);

        city.Time.Advance(Reconciler.FullPassEvery);

        var rating = await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "unrated");
        Assert.AreEqual("d-1", rating.Json.GetProperty("driver").GetString());
    }

    private static async Task SignOnBothAsync(OperationContext context)
    {
        foreach (var n in new[] { 1, 2 })
            Assert.IsNull((await SignOn.HandleAsync(new(DisplayCity.Keeper, $"d-{n}", $"c-{n}"), context, CancellationToken.None)).Refusal);
    }

    private static Task<string> OpenShiftsAsync(DisplayCity city) => city.WithDbAsync(async db => string.Join(
        '\n', await db.Shifts.Where(s => s.OffAt == null).OrderBy(s => s.Id).Select(s => s.Driver.Code + " on " + s.Cab.Code).ToListAsync()));

    private Hearing Listener(string name) => new(name, _heard);

    /// <summary>As the server makes one, with other listeners; with none it is a server that ends between commit and telling.</summary>
    private OperationContext Context(AsyncServiceScope scope, params IFactListener[] listeners)
    {
        var services = scope.ServiceProvider;
        return new(
            services.GetRequiredService<DispatchContext>(), services.GetRequiredService<BureauTime>(), services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<InstalledRulebooks>(), services.GetRequiredService<IPeople>(),
            services.GetRequiredService<EntryGuard>(), new Facts(listeners, _log),
            services.GetRequiredService<Beginnings>(), new(), services.GetRequiredService<IDriverMessages>());
    }

    private sealed class Hearing(string name, List<string> heard) : IFactListener
    {
        public void Hear(IFact fact) => heard.Add($"{name} {string.Join(',', ((ShiftChanged)fact).CabIds)}");
    }

    private sealed class Broken : IFactListener
    {
        public void Hear(IFact fact) => throw new InvalidOperationException("I am broken.");
    }

    private sealed class LogLines : ILogger<Facts>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {eventId.Id} {formatter(state, exception)}: {exception?.Message}");
    }
}
