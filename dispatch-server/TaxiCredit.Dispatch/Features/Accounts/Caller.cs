using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>The person who asks for a page: one per request, and one per circuit of a live page.</summary>
internal sealed class Caller
{
    private DateTimeOffset? _provenAt;

    /// <summary>The session of a live page has ended. Raised once, on the thread that ended it.</summary>
    public event Action? Ended;

    /// <summary>Who is signed in, with today's role; null when nobody is, or when a second factor is still to be shown.</summary>
    public Person? Current { get; private set; }

    /// <summary>Who has shown the password and must still show the second factor.</summary>
    public Person? Unproven { get; private set; }

    /// <summary>Who is signed in, as operations ask for it.</summary>
    public Acting? Acting => Current is { } person ? new Acting(person.Name) { ProvenAt = _provenAt } : null;

    public string? Name => (Current ?? Unproven)?.Name;

    public Guid? SessionId { get; private set; }

    /// <inheritdoc cref="Session.HasNews"/>
    public bool HasNews { get; private set; }

    /// <summary>The live page's session has ended: it shows and does nothing more.</summary>
    public bool IsOver { get; private set; }

    public void Set(Person person, Session session)
    {
        (SessionId, HasNews, _provenAt) = (session.Id, session.HasNews, session.ProvenAt);
        if (session.IsProven || !SecondFactor.IsRequired(person.Role))
            Current = person;
        else
            Unproven = person;
    }

    public void End()
    {
        if (IsOver)
            return;
        IsOver = true;
        Ended?.Invoke();
    }
}
