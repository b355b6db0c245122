using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Cases.Objections;

internal sealed class ObjectionTables :
    IEntityTypeConfiguration<Objection>, IEntityTypeConfiguration<DecisionService>, IEntityTypeConfiguration<RulingDocument>
{
    public void Configure(EntityTypeBuilder<Objection> table)
    {
        table.ToTable("Objections");
        table.HasKey(o => o.CaseId);
        // Those that wait: few among all that ever were.
        table.HasIndex(o => o.RuleBy).HasFilter("\"Outcome\" IS NULL");
        table.HasIndex(o => o.RuledOn);
        table.HasOne<Case>().WithOne().HasForeignKey<Objection>(o => o.CaseId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<DecisionService> table)
    {
        table.ToTable("DecisionServices");
        table.HasKey(s => new { s.CaseId, s.Document });
        table.HasOne<Case>().WithMany().HasForeignKey(s => s.CaseId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<RulingDocument> table)
    {
        table.ToTable("RulingDocuments");
        table.HasKey(d => d.CaseId);
        table.HasIndex(d => new { d.Year, d.Serial }).IsUnique();
        table.HasOne<Case>().WithOne().HasForeignKey<RulingDocument>(d => d.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The tables of objections, as queries of the context.</summary>
internal static class ObjectionSets
{
    extension(DispatchContext db)
    {
        public DbSet<Objection> Objections => db.Set<Objection>();

        public DbSet<DecisionService> Services => db.Set<DecisionService>();

        public DbSet<RulingDocument> Rulings => db.Set<RulingDocument>();
    }
}
