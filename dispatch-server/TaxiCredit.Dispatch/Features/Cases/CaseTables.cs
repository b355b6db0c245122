using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Cases;

internal sealed class CaseTables : IEntityTypeConfiguration<Case>, IEntityTypeConfiguration<CasePhoto>
{
    public void Configure(EntityTypeBuilder<Case> table)
    {
        table.ToTable("Cases");
        table.HasIndex(c => c.Number).IsUnique();
        table.HasIndex(c => new { c.Status, c.SubmittedOn });
        table.HasIndex(c => new { c.Kind, c.SubmittedOn });
        table.HasIndex(c => c.DecidedOn);
        table.HasIndex(c => c.LedgerSequence);
        table.HasIndex(c => c.RulingSequence);
        table.Property(c => c.Version).IsConcurrencyToken();
        table.Ignore(c => c.HasNews);
    }

    public void Configure(EntityTypeBuilder<CasePhoto> table)
    {
        table.ToTable("CasePhotos");
        table.HasKey(p => p.CaseId);
        table.HasOne<Case>().WithOne().HasForeignKey<CasePhoto>(p => p.CaseId);
    }
}

/// <summary>The tables of this feature, as queries of the context.</summary>
internal static class CaseSets
{
    extension(DispatchContext db)
    {
        public DbSet<Case> Cases => db.Set<Case>();

        public DbSet<CasePhoto> CasePhotos => db.Set<CasePhoto>();

        public DbSet<Recusal> Recusals => db.Set<Recusal>();

        /// <summary>A case with its driver, to be changed; null if none has the number.</summary>
        public Task<Case?> FindCaseAsync(string number, CancellationToken stop) =>
            db.Set<Case>().Include(c => c.Driver).SingleOrDefaultAsync(c => c.Number == number, stop);
    }
}
