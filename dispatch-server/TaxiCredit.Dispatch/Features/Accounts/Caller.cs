using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Who asks for a page: one of each request, and of each live page's connection.</summary>
internal sealed class Caller
{
    /// <summary>Who is signed in, with today's role; null when nobody is, or when a second factor is still to be shown.</summary>
    public Person? Current { get; private set; }

    /// <summary>Who has shown the password and owes the second factor.</summary>
    public Person? Unproven { get; private set; }

    public Guid? SessionId { get; private set; }

    public void Set(Person person, Session session)
    {
        SessionId = session.Id;
        if (session.IsProven || !SecondFactor.IsRequired(person.Role))
            Current = person;
        else
            Unproven = person;
    }
}

/// <summary>A live page's connection is called by whoever its page was drawn for, if the session is still open.</summary>
internal sealed class CallerOfCircuit(Caller caller, AuthenticationStateProvider state, Sessions sessions, DispatchContext db) : CircuitHandler
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync((await state.GetAuthenticationStateAsync()).User, cancellationToken) is { } session
            && await Person.FindAsync(session.Name, db, cancellationToken) is { } person)
            caller.Set(person, session);
    }
}
