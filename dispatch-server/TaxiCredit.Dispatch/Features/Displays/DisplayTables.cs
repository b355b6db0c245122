using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Features.Displays.Reports;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Features.Displays;

internal sealed class DisplayTables :
    IEntityTypeConfiguration<Display>, IEntityTypeConfiguration<DesiredRating>, IEntityTypeConfiguration<DesiredConfig>,
    IEntityTypeConfiguration<GivenCommand>, IEntityTypeConfiguration<ReportedTwin>, IEntityTypeConfiguration<SupersededJournal>,
    IEntityTypeConfiguration<Incident>
{
    public void Configure(EntityTypeBuilder<Display> table)
    {
        table.HasIndex(d => d.Code).IsUnique();
        table.HasIndex(d => d.CabId).IsUnique();
        table.HasOne<Cab>().WithOne().HasForeignKey<Display>(d => d.CabId);
        table.Property(d => d.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<DesiredRating> table)
    {
        OnePerDisplay(table, d => d.DisplayId);
        // Finds the windscreen that a driver has to leave first.
        table.HasIndex(d => d.Driver);
    }

    public void Configure(EntityTypeBuilder<DesiredConfig> table) => OnePerDisplay(table, d => d.DisplayId);

    public void Configure(EntityTypeBuilder<GivenCommand> table) => OnePerDisplay(table, d => d.DisplayId);

    public void Configure(EntityTypeBuilder<ReportedTwin> table) => OnePerDisplay(table, d => d.DisplayId);

    public void Configure(EntityTypeBuilder<SupersededJournal> table)
    {
        table.HasKey(j => new { j.DisplayId, j.Journal });
        table.HasOne<Display>().WithMany().HasForeignKey(j => j.DisplayId);
    }

    public void Configure(EntityTypeBuilder<Incident> table)
    {
        table.HasIndex(i => new { i.DisplayId, i.Journal, i.Seq }).IsUnique();
        table.HasOne<Display>().WithMany().HasForeignKey(i => i.DisplayId);
    }

    private static void OnePerDisplay<T>(EntityTypeBuilder<T> table, System.Linq.Expressions.Expression<Func<T, object?>> displayId)
        where T : class
    {
        table.HasKey(displayId);
        table.HasOne<Display>().WithOne().HasForeignKey<T>(displayId);
    }
}
