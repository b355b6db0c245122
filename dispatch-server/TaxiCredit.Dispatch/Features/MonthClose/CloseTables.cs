using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Features.MonthClose;

internal sealed class CloseTables : IEntityTypeConfiguration<Close>, IEntityTypeConfiguration<Signature>, IEntityTypeConfiguration<Rating>
{
    public void Configure(EntityTypeBuilder<Close> table)
    {
        table.ToTable("Closes");
        table.HasIndex(c => new { c.Period, c.Revision }).IsUnique();
        table.Property(c => c.Version).IsConcurrencyToken();
        table.HasMany(c => c.Signatures).WithOne().HasForeignKey(s => s.CloseId);
        table.HasOne<Close>().WithMany().HasForeignKey(c => c.LedById);
    }

    public void Configure(EntityTypeBuilder<Signature> table) => table.HasKey(s => new { s.CloseId, s.Actor });

    public void Configure(EntityTypeBuilder<Rating> table)
    {
        table.ToTable("Ratings");
        table.HasKey(r => new { r.CloseId, r.DriverId });
        table.HasOne<Close>().WithMany().HasForeignKey(r => r.CloseId);
        table.HasOne<Driver>().WithMany().HasForeignKey(r => r.DriverId);
    }
}

/// <summary>The tables of this feature, as queries of the context.</summary>
internal static class CloseSets
{
    extension(DispatchContext db)
    {
        public DbSet<Close> Closes => db.Set<Close>();

        public DbSet<Rating> Ratings => db.Set<Rating>();
    }
}
