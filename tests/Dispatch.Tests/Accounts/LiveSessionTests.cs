using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Accounts;

/// <summary>A live page whose session ends shows nothing more and does nothing more.</summary>
[TestClass]
public class LiveSessionTests : CityTests
{
    private readonly Caller _caller = new();
    private Guid _session;
    private CallerOfCircuit _circuit = null!;

    private IServiceProvider Services => City.Server.Services;

    [TestMethod]
    [DataRow("owner")]
    [DataRow("admin")]
    [DataRow("password")]
    [DataRow("account")]
    [DataRow("invitation")]
    public async Task Session_EndedInThisProcess_EndsItsLivePageAtOnce(string by)
    {
        (await City.EnterDriverAsync("d-2")).Dispose();
        var others = new Caller();
        await OpenAsync("d-1", others);
        await OpenAsync("d-2", _caller);
        var ended = 0;
        _caller.Ended += () => ended++;

        await InContextAsync(async (context, accounts, sessions) =>
        {
            Refusal? refused = by switch
            {
                "owner" => await EndSessions.HandleAsync(new("d-2", "d-2", _session), context, sessions, CancellationToken.None),
                "admin" => await EndSessions.HandleAsync(new(SmallCity.Admin, "d-2", null), context, sessions, CancellationToken.None),
                "password" => await ChangePassword.HandleAsync(
                    new("d-2", AccountCity.Password, "three more grey lamps", Guid.NewGuid(), "here"), context, accounts,
                    City.Server.Services.GetRequiredService<SignInThrottle>(), sessions, CancellationToken.None),
                "account" => (await CloseAccount.HandleAsync(
                    new(Acting.AtServer(SmallCity.Admin), "d-2", Closes: true), context, sessions, CancellationToken.None)).Refusal,
                _ => (await AcceptInvitation.HandleAsync(
                    new((await City.InviteAsync("d-2")).Split('/')[^1], AccountCity.Password),
                    context, accounts, sessions, CancellationToken.None)).Refusal,
            };
            Assert.IsNull(refused);
        });

        Assert.AreEqual((true, 1), (_caller.IsOver, ended));
        Assert.IsFalse(await ActsAsync());
        Assert.IsFalse(others.IsOver, "another person's page stays");
    }

    [TestMethod]
    public async Task Session_OfAnotherBrowserEnded_LeavesThisOneLive()
    {
        await OpenAsync("d-2", new Caller());
        var other = _session;
        await OpenAsync("d-2", _caller);

        await InContextAsync(async (context, _, sessions) =>
            Assert.IsNull(await EndSessions.HandleAsync(new("d-2", "d-2", other), context, sessions, CancellationToken.None)));

        Assert.IsFalse(_caller.IsOver);
        Assert.IsTrue(await ActsAsync());
    }

    [TestMethod]
    public async Task Session_EndedAtAnotherServer_TakesNothingMoreAndIsSoonSeen()
    {
        var shown = new Caller();
        await OpenAsync("d-2", shown);
        await OpenAsync("d-2", _caller);
        await City.WithDbAsync(db => db.Set<Session>().ExecuteDeleteAsync());

        Assert.IsFalse(await ActsAsync());
        Assert.IsTrue(_caller.IsOver);
        await ActivatorUtilities.CreateInstance<LiveWatch>(Services).LookAsync(CancellationToken.None);

        Assert.IsTrue(shown.IsOver);
    }

    [TestMethod]
    [DataRow(-60, false)]
    [DataRow(60, true)]
    public async Task Session_NotSeenForTwelveHours_EndsItsLivePage(int secondsBeyond, bool isOver)
    {
        await OpenAsync("d-2", _caller);
        var seen = DateTimeOffset.UtcNow - TimeSpan.FromHours(12) - TimeSpan.FromSeconds(secondsBeyond);
        await City.WithDbAsync(db => db.Set<Session>().ExecuteUpdateAsync(row => row.SetProperty(s => s.SeenAt, seen)));

        await ActivatorUtilities.CreateInstance<LiveWatch>(Services).LookAsync(CancellationToken.None);

        Assert.AreEqual(isOver, _caller.IsOver);
    }

    [TestMethod]
    public async Task Page_ThatWasLeft_IsForgotten()
    {
        await OpenAsync("d-2", _caller);

        await _circuit.OnCircuitClosedAsync(null!, CancellationToken.None);

        Assert.IsEmpty(Services.GetRequiredService<LiveCallers>().Sessions);
    }

    [TestMethod]
    public async Task Visitor_WithoutASession_StaysLive()
    {
        _circuit = new(
            _caller, Services.GetRequiredService<LiveCallers>(), new Known(new ClaimsPrincipal(new ClaimsIdentity())), Services.GetRequiredService<IPeople>(),
            Services.GetRequiredService<IServiceScopeFactory>());
        await _circuit.OnCircuitOpenedAsync(null!, CancellationToken.None);

        Assert.IsTrue(await ActsAsync());
        Assert.IsNull(_caller.Current);
    }

    /// <summary>A live page of somebody who has just signed in, in one more browser.</summary>
    private async Task OpenAsync(string name, Caller caller)
    {
        _session = Guid.NewGuid();
        var now = DateTimeOffset.UtcNow;
        await City.WithDbAsync(db =>
        {
            db.Add(new Session { Id = _session, Name = name, IsProven = true, BegunAt = now, SeenAt = now, Device = "test" });
            return db.SaveChangesAsync();
        });
        var user = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, name), new("session", $"{_session:N}")], IdentityConstants.ApplicationScheme));
        _circuit = new(
            caller, Services.GetRequiredService<LiveCallers>(), new Known(user), Services.GetRequiredService<IPeople>(),
            Services.GetRequiredService<IServiceScopeFactory>());
        await _circuit.OnCircuitOpenedAsync(null!, CancellationToken.None);
        Assert.AreEqual(name, caller.Name);
    }

    /// <summary>Whether what the browser of the page that was opened last sends is taken.</summary>
    private async Task<bool> ActsAsync()
    {
        var taken = false;
        await _circuit.CreateInboundActivityHandler(_ =>
        {
            taken = true;
            return Task.CompletedTask;
        })(null!);
        return taken;
    }

    private async Task InContextAsync(Func<OperationContext, UserManager<Account>, Sessions, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        await work(
            scope.ServiceProvider.GetRequiredService<OperationContext>(), scope.ServiceProvider.GetRequiredService<UserManager<Account>>(),
            scope.ServiceProvider.GetRequiredService<Sessions>());
    }

    /// <summary>Whom the page was drawn for, as the framework tells a circuit.</summary>
    private sealed class Known(ClaimsPrincipal user) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(user));
    }
}
