using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaxiCredit.Dispatch.Features.Roster;

internal sealed class RosterTables :
    IEntityTypeConfiguration<Team>, IEntityTypeConfiguration<Leadership>, IEntityTypeConfiguration<Cab>,
    IEntityTypeConfiguration<Driver>, IEntityTypeConfiguration<Shift>
{
    public void Configure(EntityTypeBuilder<Team> table) => table.HasIndex(t => t.Code).IsUnique();

    public void Configure(EntityTypeBuilder<Leadership> table)
    {
        table.HasIndex(l => l.TeamId).IsUnique().HasFilter("\"RemovedOn\" IS NULL");
        table.HasOne<Team>().WithMany().HasForeignKey(l => l.TeamId);
    }

    public void Configure(EntityTypeBuilder<Cab> table)
    {
        table.HasIndex(c => c.Code).IsUnique();
        table.HasIndex(c => c.Plate).IsUnique();
        table.HasIndex(c => c.PassengerCode).IsUnique().HasFilter("\"PassengerCode\" <> ''");
    }

    public void Configure(EntityTypeBuilder<Driver> table) => table.HasIndex(d => d.Code).IsUnique();

    public void Configure(EntityTypeBuilder<Shift> table)
    {
        table.HasIndex(s => s.DriverId, "OpenShiftOfDriver").IsUnique().HasFilter("\"OffAt\" IS NULL");
        table.HasIndex(s => s.CabId, "OpenShiftOfCab").IsUnique().HasFilter("\"OffAt\" IS NULL");
        table.HasIndex(s => new { s.DriverId, s.OnDay });
    }
}
