using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Cases.Decisions;

internal sealed class DecisionTables : IEntityTypeConfiguration<PendingDecision>, IEntityTypeConfiguration<DecisionDocument>
{
    public void Configure(EntityTypeBuilder<PendingDecision> table)
    {
        table.ToTable("PendingDecisions");
        table.HasKey(d => d.CaseId);
        table.HasOne<Case>().WithOne().HasForeignKey<PendingDecision>(d => d.CaseId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<DecisionDocument> table)
    {
        table.ToTable("DecisionDocuments");
        table.HasKey(d => d.CaseId);
        table.HasIndex(d => new { d.Year, d.Serial }).IsUnique();
        table.HasOne<Case>().WithOne().HasForeignKey<DecisionDocument>(d => d.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The tables of decisions, as queries of the context.</summary>
internal static class DecisionSets
{
    extension(DispatchContext db)
    {
        public DbSet<PendingDecision> PendingDecisions => db.Set<PendingDecision>();

        public DbSet<DecisionDocument> Decisions => db.Set<DecisionDocument>();
    }
}
