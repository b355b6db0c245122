using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Passengers.Reports;

namespace TaxiCredit.Dispatch.Features.Passengers;

internal sealed class PassengerTables :
    IEntityTypeConfiguration<PassengerReport>, IEntityTypeConfiguration<ReportContact>, IEntityTypeConfiguration<ReportPhoto>,
    IEntityTypeConfiguration<StarCheck>
{
    public void Configure(EntityTypeBuilder<PassengerReport> table)
    {
        table.ToTable("PassengerReports");
        table.HasIndex(r => r.Receipt).IsUnique();
        table.HasIndex(r => r.Submission).IsUnique();
        table.HasIndex(r => new { r.CabId, r.ReceivedAt });
        table.HasIndex(r => r.Status);
        table.HasOne(r => r.Case).WithOne().HasForeignKey<PassengerReport>(r => r.CaseId);
        table.Property(r => r.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<ReportContact> table) => OnePerReport(table, "ReportContacts", c => c.ReportId);

    public void Configure(EntityTypeBuilder<ReportPhoto> table) => OnePerReport(table, "ReportPhotos", p => p.ReportId);

    public void Configure(EntityTypeBuilder<StarCheck> table)
    {
        table.ToTable("StarChecks");
        table.HasIndex(c => new { c.CabId, c.ClosedAt });
        table.HasIndex(c => c.ClosedAt);
        table.Property(c => c.Version).IsConcurrencyToken();
    }

    private static void OnePerReport<T>(EntityTypeBuilder<T> table, string name, System.Linq.Expressions.Expression<Func<T, object?>> reportId)
        where T : class
    {
        table.ToTable(name);
        table.HasKey(reportId);
        table.HasOne<PassengerReport>().WithOne().HasForeignKey<T>(reportId);
    }
}

/// <summary>The tables of this feature, as queries of the context.</summary>
internal static class PassengerSets
{
    extension(DispatchContext db)
    {
        public DbSet<PassengerReport> PassengerReports => db.Set<PassengerReport>();

        public DbSet<ReportContact> ReportContacts => db.Set<ReportContact>();

        public DbSet<ReportPhoto> ReportPhotos => db.Set<ReportPhoto>();

        public DbSet<StarCheck> StarChecks => db.Set<StarCheck>();
    }
}
