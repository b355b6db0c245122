using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>Which log: the city's, or that of audit lines, which is closed.</summary>
internal enum LogTree { City, Audit }

/// <summary>A checkpoint as it was signed. Append-only: a trigger refuses to change or delete a row.</summary>
internal sealed class SignedCheckpoint
{
    public long Id { get; init; }

    public required LogTree Tree { get; init; }

    /// <summary>Leaves that it covers.</summary>
    public required long Size { get; init; }

    /// <summary>32 bytes.</summary>
    public required byte[] Root { get; init; }

    /// <summary>System time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The signed note, C2SP tlog-checkpoint.</summary>
    public required string Note { get; init; }

    /// <summary>The month with which it is public; null for one that only leaves the machine.</summary>
    public required string? Period { get; init; }
}

/// <summary>
/// What a leaf of kind <see cref="Data.Log.LeafKind.Day"/> stands for: shifts that began or ended since the last one, and the end of the chronicle, which
/// commits to roster and shifts as they were.
/// </summary>
internal sealed class LogDay
{
    /// <summary>Last day in the city that it covers, counted from 0001-01-01.</summary>
    public required long Through { get; init; }

    /// <summary>First day.</summary>
    public required long From { get; init; }

    /// <summary>Root over a leaf for each beginning and end of a shift in that time, 32 bytes.</summary>
    public required byte[] Shifts { get; init; }

    public required long ShiftEvents { get; init; }

    /// <summary>Last entry of the chronicle, 0 if there is none.</summary>
    public required long Chronicle { get; init; }

    /// <summary>Its hash, 64 hex digits; empty if there is none.</summary>
    public required string ChronicleHash { get; init; }
}

/// <summary>A public key that has signed checkpoints. Rows stay when a key is retired: what it signed still has to be checked.</summary>
internal sealed class LogKey
{
    /// <summary>Eight lower-case hex digits.</summary>
    public required string Id { get; init; }

    /// <summary><c>name+hex8+base64</c>.</summary>
    public required string Verifier { get; init; }

    /// <summary>System time of its first use.</summary>
    public required DateTimeOffset Since { get; init; }
}

internal sealed class AnchorTables :
    IEntityTypeConfiguration<SignedCheckpoint>, IEntityTypeConfiguration<LogDay>, IEntityTypeConfiguration<LogKey>
{
    public void Configure(EntityTypeBuilder<SignedCheckpoint> table)
    {
        table.ToTable("Checkpoints");
        table.HasIndex(c => new { c.Tree, c.Size });
    }

    public void Configure(EntityTypeBuilder<LogDay> table)
    {
        table.ToTable("LogDays");
        table.HasKey(d => d.Through);
        table.Property(d => d.Through).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<LogKey> table) => table.ToTable("LogKeys");
}

/// <summary>The tables of this feature, where the database is asked for them.</summary>
internal static class AnchorSets
{
    extension(DispatchContext db)
    {
        public DbSet<SignedCheckpoint> Checkpoints => db.Set<SignedCheckpoint>();

        public DbSet<LogDay> LogDays => db.Set<LogDay>();

        public DbSet<LogKey> LogKeys => db.Set<LogKey>();
    }
}
