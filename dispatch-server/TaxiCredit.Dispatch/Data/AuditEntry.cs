namespace TaxiCredit.Dispatch.Data;

/// <summary>Who did or read what. Append-only: the database refuses to change or delete a row.</summary>
internal sealed class AuditEntry
{
    /// <summary>1, 2, 3 …, without a gap since there is a chain.</summary>
    public long Id { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    /// <summary>Kebab-case name of the operation: <c>decide-case</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Code of what it was done to: a driver's, a case's, a month's.</summary>
    public required string Subject { get; init; }

    public string Detail { get; init; } = "";

    /// <summary>Over the line before and this one, see <see cref="Chronicle.AuditChain"/>; empty for lines from before there was a chain.</summary>
    public string Hash { get; private set; } = "";
}
