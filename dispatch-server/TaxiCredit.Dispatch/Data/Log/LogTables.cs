using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaxiCredit.Dispatch.Data.Log;

internal sealed class LogTables : IEntityTypeConfiguration<CityLeaf>, IEntityTypeConfiguration<AuditLeaf>
{
    public void Configure(EntityTypeBuilder<CityLeaf> table)
    {
        table.ToTable("CityLeaves");
        table.HasKey(l => l.Index);
        table.Property(l => l.Index).ValueGeneratedNever();
        table.HasIndex(l => new { l.Kind, l.Key }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<AuditLeaf> table)
    {
        table.ToTable("AuditLeaves");
        table.HasKey(l => l.Index);
        table.Property(l => l.Index).ValueGeneratedNever();
        table.HasIndex(l => l.AuditId).IsUnique();
    }
}

/// <summary>The tables of the logs, where the database is asked for them.</summary>
internal static class LogSets
{
    extension(DispatchContext db)
    {
        public DbSet<CityLeaf> CityLeaves => db.Set<CityLeaf>();

        public DbSet<AuditLeaf> AuditLeaves => db.Set<AuditLeaf>();
    }
}
