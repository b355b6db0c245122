using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaxiCredit.Dispatch.Operations;

/// <summary>
/// That an operation was carried out under a key of the client's choice. Stored with what it did, so that the same sent twice, by a second press or
/// after an answer that was lost, is done once. A key belongs to a person and an operation.
/// </summary>
internal sealed class OperationKey
{
    /// <summary>Name of the operation's rule.</summary>
    public required string Operation { get; init; }

    public required string Actor { get; init; }

    /// <summary>1 to 64 visible ASCII characters.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of what was sent, 64 lower-case hex digits.</summary>
    public required string Content { get; init; }

    /// <summary>Code of what the operation made: a case's number.</summary>
    public required string Subject { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset At { get; init; }
}

internal sealed class OperationKeyTable : IEntityTypeConfiguration<OperationKey>
{
    public void Configure(EntityTypeBuilder<OperationKey> table)
    {
        table.ToTable("OperationKeys");
        table.HasKey(k => new { k.Operation, k.Actor, k.Key });
        table.HasIndex(k => k.At);
    }
}
