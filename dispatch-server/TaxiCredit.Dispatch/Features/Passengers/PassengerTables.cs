using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Passengers.Reports;

namespace TaxiCredit.Dispatch.Features.Passengers;

internal sealed class PassengerTables :
    IEntityTypeConfiguration<PassengerReport>, IEntityTypeConfiguration<ReportContact>, IEntityTypeConfiguration<ReportPhoto>, IEntityTypeConfiguration<StarCheck>
{
    public void Configure(EntityTypeBuilder<PassengerReport> table)
    {
        table.HasIndex(r => r.Receipt).IsUnique();
        table.HasIndex(r => r.Submission).IsUnique();
        table.HasIndex(r => new { r.CabId, r.ReceivedAt });
        table.HasIndex(r => r.Status);
        table.HasOne(r => r.Case).WithOne().HasForeignKey<PassengerReport>(r => r.CaseId);
        table.Property(r => r.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<ReportContact> table) => OnePerReport(table, c => c.ReportId);

    public void Configure(EntityTypeBuilder<ReportPhoto> table) => OnePerReport(table, p => p.ReportId);

    public void Configure(EntityTypeBuilder<StarCheck> table)
    {
        table.HasIndex(c => new { c.CabId, c.ClosedAt });
        table.Property(c => c.Version).IsConcurrencyToken();
    }

    private static void OnePerReport<T>(EntityTypeBuilder<T> table, System.Linq.Expressions.Expression<Func<T, object?>> reportId)
        where T : class
    {
        table.HasKey(reportId);
        table.HasOne<PassengerReport>().WithOne().HasForeignKey<T>(reportId);
    }
}
