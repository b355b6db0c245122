using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Features.Displays.Reports;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Features.Displays;

internal sealed class DisplayTables :
    IEntityTypeConfiguration<Display>, IEntityTypeConfiguration<DesiredRating>, IEntityTypeConfiguration<DesiredConfig>,
    IEntityTypeConfiguration<GivenCommand>, IEntityTypeConfiguration<ReportedTwin>, IEntityTypeConfiguration<SupersededJournal>,
    IEntityTypeConfiguration<Incident>, IEntityTypeConfiguration<PastPlacement>
{
    public void Configure(EntityTypeBuilder<Display> table)
    {
        table.ToTable("Displays");
        table.HasIndex(d => d.Code).IsUnique();
        // One in each cab, and any number that were.
        table.HasIndex(d => d.CabId).IsUnique().HasFilter("\"Rest\" IS NULL");
        table.HasOne<Cab>().WithMany().HasForeignKey(d => d.CabId);
        table.Property(d => d.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<DesiredRating> table)
    {
        OnePerDisplay(table, "DesiredRatings", d => d.DisplayId);
        // Finds the windscreen that a driver has to leave first.
        table.HasIndex(d => d.Driver);
    }

    public void Configure(EntityTypeBuilder<DesiredConfig> table) => OnePerDisplay(table, "DesiredConfigs", d => d.DisplayId);

    public void Configure(EntityTypeBuilder<GivenCommand> table) => OnePerDisplay(table, "GivenCommands", d => d.DisplayId);

    public void Configure(EntityTypeBuilder<ReportedTwin> table) => OnePerDisplay(table, "ReportedTwins", d => d.DisplayId);

    public void Configure(EntityTypeBuilder<SupersededJournal> table)
    {
        table.ToTable("SupersededJournals");
        table.HasKey(j => new { j.DisplayId, j.Journal });
        table.HasOne<Display>().WithMany().HasForeignKey(j => j.DisplayId);
    }

    public void Configure(EntityTypeBuilder<Incident> table)
    {
        table.ToTable("Incidents");
        table.HasIndex(i => new { i.DisplayId, i.Journal, i.Seq }).IsUnique();
        table.HasOne<Display>().WithMany().HasForeignKey(i => i.DisplayId);
    }

    public void Configure(EntityTypeBuilder<PastPlacement> table)
    {
        table.ToTable("PastPlacements");
        table.HasIndex(p => new { p.CabId, p.UntilAt });
        table.HasOne<Display>().WithMany().HasForeignKey(p => p.DisplayId);
        table.HasOne<Cab>().WithMany().HasForeignKey(p => p.CabId);
    }

    private static void OnePerDisplay<T>(EntityTypeBuilder<T> table, string name, System.Linq.Expressions.Expression<Func<T, object?>> displayId)
        where T : class
    {
        table.ToTable(name);
        table.HasKey(displayId);
        table.HasOne<Display>().WithOne().HasForeignKey<T>(displayId);
    }
}

/// <summary>The tables of this feature, as queries of the context.</summary>
internal static class DisplaySets
{
    extension(DispatchContext db)
    {
        public DbSet<Display> Displays => db.Set<Display>();

        /// <summary>Those that are in a cab: all others are history.</summary>
        public IQueryable<Display> DisplaysInCabs => db.Set<Display>().Where(d => d.Rest == null);

        public DbSet<PastPlacement> PastPlacements => db.Set<PastPlacement>();

        public DbSet<DesiredRating> DesiredRatings => db.Set<DesiredRating>();

        public DbSet<DesiredConfig> DesiredConfigs => db.Set<DesiredConfig>();

        public DbSet<GivenCommand> GivenCommands => db.Set<GivenCommand>();

        public DbSet<ReportedTwin> ReportedTwins => db.Set<ReportedTwin>();

        public DbSet<SupersededJournal> SupersededJournals => db.Set<SupersededJournal>();

        public DbSet<Incident> Incidents => db.Set<Incident>();
    }
}
