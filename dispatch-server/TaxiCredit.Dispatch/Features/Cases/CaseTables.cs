using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaxiCredit.Dispatch.Features.Cases;

internal sealed class CaseTables : IEntityTypeConfiguration<Case>, IEntityTypeConfiguration<CasePhoto>
{
    public void Configure(EntityTypeBuilder<Case> table)
    {
        table.HasIndex(c => c.Number).IsUnique();
        table.HasIndex(c => new { c.Status, c.SubmittedOn });
        table.HasIndex(c => new { c.Kind, c.SubmittedOn });
        table.Property(c => c.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<CasePhoto> table)
    {
        table.HasKey(p => p.CaseId);
        table.HasOne<Case>().WithOne().HasForeignKey<CasePhoto>(p => p.CaseId);
    }
}
