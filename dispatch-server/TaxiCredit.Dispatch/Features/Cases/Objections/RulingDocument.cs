using TaxiCredit.Dispatch.Data.Chronicle;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

/// <summary>The numbered document that tells a driver how an objection ended, as it was when it did.</summary>
[Chronicled]
internal sealed class RulingDocument
{
    public required long CaseId { get; init; }

    /// <summary>Year of the ruling, at the bureau.</summary>
    public required int Year { get; init; }

    /// <summary>From 1 within a year, in the order of the rulings.</summary>
    public required int Serial { get; init; }

    /// <summary>What it says, in JSON.</summary>
    public required string Content { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary><c>R2017-000123</c>.</summary>
    public string Number => $"R{Year}-{Serial:D6}";
}
