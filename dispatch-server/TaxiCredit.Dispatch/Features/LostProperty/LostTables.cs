using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.LostProperty;

internal sealed class LostTables :
    IEntityTypeConfiguration<Loss>, IEntityTypeConfiguration<LossContact>, IEntityTypeConfiguration<LossQuestion>, IEntityTypeConfiguration<FoundItem>
{
    public void Configure(EntityTypeBuilder<Loss> table)
    {
        table.ToTable("Losses");
        table.HasIndex(l => l.Receipt).IsUnique();
        table.HasIndex(l => l.Submission).IsUnique();
        table.HasIndex(l => new { l.CabId, l.ReceivedAt });
        table.HasIndex(l => l.Status);
        table.HasIndex(l => l.SubmittedOn);
        table.HasOne(l => l.Cab).WithMany().HasForeignKey(l => l.CabId).OnDelete(DeleteBehavior.Restrict);
        table.Property(l => l.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<LossContact> table)
    {
        table.ToTable("LossContacts");
        table.HasKey(c => c.LossId);
        table.HasOne<Loss>().WithOne().HasForeignKey<LossContact>(c => c.LossId);
    }

    public void Configure(EntityTypeBuilder<LossQuestion> table)
    {
        table.ToTable("LossQuestions");
        table.HasIndex(q => new { q.LossId, q.DriverId }).IsUnique();
        table.HasIndex(q => q.DriverId);
        table.HasOne(q => q.Driver).WithMany().HasForeignKey(q => q.DriverId).OnDelete(DeleteBehavior.Restrict);
        table.Ignore(q => q.HasNews);
    }

    public void Configure(EntityTypeBuilder<FoundItem> table)
    {
        table.ToTable("FoundItems");
        table.HasIndex(f => f.Status);
        table.HasIndex(f => f.DriverId);
        table.HasIndex(f => f.CabId);
        table.HasIndex(f => f.RegisteredOn);
        table.HasOne(f => f.Cab).WithMany().HasForeignKey(f => f.CabId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne(f => f.Driver).WithMany().HasForeignKey(f => f.DriverId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne(f => f.Loss).WithMany().HasForeignKey(f => f.LossId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne(f => f.Case).WithMany().HasForeignKey(f => f.CaseId).OnDelete(DeleteBehavior.Restrict);
        table.Property(f => f.Version).IsConcurrencyToken();
    }
}

/// <summary>The tables of this feature, as queries of the context.</summary>
internal static class LostSets
{
    extension(DispatchContext db)
    {
        public DbSet<Loss> Losses => db.Set<Loss>();

        public DbSet<LossContact> LossContacts => db.Set<LossContact>();

        public DbSet<LossQuestion> LossQuestions => db.Set<LossQuestion>();

        public DbSet<FoundItem> FoundItems => db.Set<FoundItem>();
    }
}
