using TaxiCredit.Dispatch.Outbox;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>Section <c>Log</c> of the configuration: the transparency logs and where their checkpoints go.</summary>
internal sealed class AnchorSettings
{
    public const string Section = "Log";

    /// <summary>Address of the city's log without scheme and without a slash at the end; the name of its key. By default <c>CITY.log.invalid</c>.</summary>
    public string? Origin { get; init; }

    /// <summary>Private keys, instead of those in the data folder: one or more, with spaces or line feeds between them.</summary>
    public string? Key { get; init; }

    /// <summary>Who gets each checkpoint: <c>channel:recipient</c> of the outbox, <c>file:auditor</c> or <c>webhook:https://…</c>.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>The first setting outside its range, or null. Never repeats a key.</summary>
    public string? FindFault()
    {
        if (Origin is not null && (!NoteVerifier.IsName(Origin) || Origin.Contains("://", StringComparison.Ordinal) || Origin.EndsWith('/')))
            return $"{Section}:Origin is '{Origin}'; an address without scheme, spaces, '+' and a slash at the end: log.example.org/taxis.";
        var wrong = Recipients.FirstOrDefault(recipient => recipient.Split(':', 2) is not [{ Length: > 0 }, { Length: > 0 and <= OutboxMessage.MaxRecipient }]);
        return wrong is null ? null : $"{Section}:Recipients has '{wrong.Split(':')[0]}'; channel:recipient, as in file:auditor.";
    }

    public string OriginOf(string city) => Origin ?? $"{city}.log.invalid";
}
