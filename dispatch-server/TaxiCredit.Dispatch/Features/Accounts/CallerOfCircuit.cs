using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// The caller of a circuit is the person for whom its page was rendered, as long as the session is open: what the browser sends is accepted only
/// after a look at the database. <see cref="LiveCallers"/> ends what the page shows.
/// </summary>
internal sealed class CallerOfCircuit(
    Caller caller, LiveCallers live, AuthenticationStateProvider state, IPeople people, IServiceScopeFactory scopes) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (sessions, db) = (scope.ServiceProvider.GetRequiredService<Sessions>(), scope.ServiceProvider.GetRequiredService<DispatchContext>());
        if (await sessions.FindAsync((await state.GetAuthenticationStateAsync()).User, cancellationToken) is { } session
            && await people.FindAsync(session.Name, db, cancellationToken) is { IsAdmitted: true } person)
        {
            caller.Set(person, session);
            live.Add(caller);
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        live.Remove(caller);
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async activity =>
    {
        if (await IsOpenAsync())
            await next(activity);
        else
            caller.End();
    };

    /// <summary>In its own scope: the page may query the database meanwhile, and a context runs one query at a time.</summary>
    private async Task<bool> IsOpenAsync()
    {
        if (caller.IsOver || caller.SessionId is not { } id)
            return !caller.IsOver;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Sessions>().FindAsync(id, CancellationToken.None) is not null;
    }
}
