using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaxiCredit.Dispatch.Data.Ledger;

internal sealed class LedgerTables : IEntityTypeConfiguration<LedgerRow>, IEntityTypeConfiguration<LedgerDetails>
{
    public void Configure(EntityTypeBuilder<LedgerRow> table)
    {
        table.ToTable("Ledger");
        table.HasKey(e => e.Sequence);
        table.Property(e => e.Sequence).ValueGeneratedNever();
        table.HasIndex(e => e.PreviousHash).IsUnique();
        table.HasIndex(e => new { e.DriverId, e.Sequence });
        table.HasIndex(e => e.Reverses).IsUnique();
    }

    public void Configure(EntityTypeBuilder<LedgerDetails> table)
    {
        table.HasKey(d => d.Sequence);
        table.Property(d => d.Sequence).ValueGeneratedNever();
        table.HasOne<LedgerRow>().WithMany().HasForeignKey(d => d.Sequence);
    }
}
