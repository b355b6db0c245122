using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;

namespace TaxiCredit.Dispatch.Features.Roster;

internal sealed class RosterTables :
    IEntityTypeConfiguration<Team>, IEntityTypeConfiguration<Leadership>, IEntityTypeConfiguration<Cab>,
    IEntityTypeConfiguration<Driver>, IEntityTypeConfiguration<Shift>, IEntityTypeConfiguration<LedgerRow>
{
    public void Configure(EntityTypeBuilder<Team> table)
    {
        table.ToTable("Teams");
        table.HasIndex(t => t.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Leadership> table)
    {
        table.ToTable("Leaderships");
        table.HasIndex(l => l.TeamId).IsUnique().HasFilter("\"RemovedOn\" IS NULL");
        table.HasOne<Team>().WithMany().HasForeignKey(l => l.TeamId);
    }

    public void Configure(EntityTypeBuilder<Cab> table)
    {
        table.ToTable("Cabs");
        table.HasIndex(c => c.Code).IsUnique();
        table.HasIndex(c => c.PlateKey).IsUnique().HasFilter("\"PlateKey\" <> ''");
        table.HasIndex(c => c.PassengerCode).IsUnique().HasFilter("\"PassengerCode\" <> ''");
    }

    public void Configure(EntityTypeBuilder<Driver> table)
    {
        table.ToTable("Drivers");
        table.HasIndex(d => d.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Shift> table)
    {
        table.ToTable("Shifts");
        table.HasIndex(s => s.DriverId, "OpenShiftOfDriver").IsUnique().HasFilter("\"OffAt\" IS NULL");
        table.HasIndex(s => s.CabId, "OpenShiftOfCab").IsUnique().HasFilter("\"OffAt\" IS NULL");
        table.HasIndex(s => new { s.DriverId, s.OnDay });
        table.HasIndex(s => new { s.CabId, s.OnAt });
        // A day of the log looks for what began or ended in it.
        table.HasIndex(s => s.OnAt);
        table.HasIndex(s => s.OffAt);
    }

    /// <summary>A driver with entries in the ledger cannot be deleted. The ledger itself knows no roster.</summary>
    public void Configure(EntityTypeBuilder<LedgerRow> table) => table.HasOne<Driver>().WithMany().HasForeignKey(e => e.DriverId);
}

/// <summary>The tables of this feature, as queries of the context.</summary>
internal static class RosterSets
{
    extension(DispatchContext db)
    {
        public DbSet<Team> Teams => db.Set<Team>();

        public DbSet<Leadership> Leaderships => db.Set<Leadership>();

        public DbSet<Cab> Cabs => db.Set<Cab>();

        public DbSet<Driver> Drivers => db.Set<Driver>();

        public DbSet<Shift> Shifts => db.Set<Shift>();
    }
}
