using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Cases.Hearing;

internal sealed class HearingTables :
    IEntityTypeConfiguration<Triage>, IEntityTypeConfiguration<HearingNotice>, IEntityTypeConfiguration<DriverAnswer>
{
    public void Configure(EntityTypeBuilder<Triage> table)
    {
        table.ToTable("Triages");
        table.HasKey(t => t.CaseId);
        table.HasOne<Case>().WithOne().HasForeignKey<Triage>(t => t.CaseId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<HearingNotice> table)
    {
        table.ToTable("HearingNotices");
        table.HasKey(n => n.CaseId);
        table.HasIndex(n => n.Code).IsUnique();
        table.HasOne<Case>().WithOne().HasForeignKey<HearingNotice>(n => n.CaseId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<DriverAnswer> table)
    {
        table.ToTable("DriverAnswers");
        table.HasKey(a => new { a.CaseId, a.Round });
        table.HasOne<Case>().WithMany().HasForeignKey(a => a.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The tables of the hearing, as queries of the context.</summary>
internal static class HearingSets
{
    extension(DispatchContext db)
    {
        public DbSet<Triage> Triages => db.Set<Triage>();

        public DbSet<HearingNotice> Notices => db.Set<HearingNotice>();

        public DbSet<DriverAnswer> Answers => db.Set<DriverAnswer>();
    }
}
