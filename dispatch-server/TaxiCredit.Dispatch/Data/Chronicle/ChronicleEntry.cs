using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaxiCredit.Dispatch.Data.Chronicle;

/// <summary>What happened to a row. <see cref="Adopted"/> is about a whole table: from here on each of its rows has an entry.</summary>
internal enum RowChange { Adopted, Stored, Deleted, Erased }

/// <summary>A link of the chain over facts: a row was stored, deleted, or erased after its time. Append-only. ADR 0027.</summary>
internal sealed class ChronicleEntry
{
    /// <summary>1, 2, 3 … without a gap.</summary>
    public required long Sequence { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset At { get; init; }

    public required RowChange Change { get; init; }

    public required string Table { get; init; }

    /// <summary>The row's key: its values as in <see cref="RowForm"/>, percent-encoded, with <c>/</c> between several. Empty for a whole table.</summary>
    public required string Key { get; init; }

    /// <summary>The entry of this row that this one takes the place of; null for the first.</summary>
    public required long? Replaces { get; init; }

    /// <summary>SHA-256 of salt and row, 64 lower-case hex digits; null where no row is left.</summary>
    public required string? Commitment { get; init; }

    /// <summary>The row in JSON, for an entity whose rows are open; a number and a hash for an adopted chain; otherwise null.</summary>
    public required string? Content { get; init; }

    /// <summary>Over the previous entry's hash and this entry, see <see cref="ChronicleChain"/>.</summary>
    public string Hash { get; set; } = "";
}

/// <summary>The newest entry of a row that is there, and the salt of its commitment, which goes with the row.</summary>
internal sealed class ChronicleMark
{
    public required string Table { get; init; }

    public required string Key { get; init; }

    public required long Sequence { get; init; }

    /// <summary>16 random bytes.</summary>
    public required byte[] Salt { get; init; }
}

/// <summary>Where a chain ends, so that an end that was cut off is missed.</summary>
internal sealed class ChainHead
{
    public const string Ledger = "ledger";
    public const string Chronicle = "chronicle";
    public const string Audit = "audit";

    public required string Name { get; init; }

    /// <summary>Number of the last link, 0 if there is none.</summary>
    public required long Sequence { get; set; }

    /// <summary>Hash of the last link, 64 lower-case hex digits.</summary>
    public required string Hash { get; set; }
}

internal sealed class ChronicleTables :
    IEntityTypeConfiguration<ChronicleEntry>, IEntityTypeConfiguration<ChronicleMark>, IEntityTypeConfiguration<ChainHead>
{
    public void Configure(EntityTypeBuilder<ChronicleEntry> table)
    {
        table.ToTable("Chronicle");
        // One row a table, asked for at each start.
        table.HasIndex(e => e.Table, "AdoptedTables").HasFilter("\"Change\" = 'Adopted'");
        table.HasKey(e => e.Sequence);
        table.Property(e => e.Sequence).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<ChronicleMark> table)
    {
        table.ToTable("ChronicleMarks");
        table.HasKey(m => new { m.Table, m.Key });
    }

    public void Configure(EntityTypeBuilder<ChainHead> table)
    {
        table.ToTable("ChainHeads");
        table.HasKey(h => h.Name);
    }
}
