using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Features.Cases.Repairs;

internal sealed class RepairTables : IEntityTypeConfiguration<Repair>
{
    public void Configure(EntityTypeBuilder<Repair> table)
    {
        table.ToTable("Repairs");
        table.Property(r => r.Id).ValueGeneratedNever();
        table.Ignore(r => r.HasNews);
        table.HasIndex(r => r.DriverId);
        table.HasIndex(r => r.CaseId);
        table.HasIndex(r => r.Id, "WaitingRepairs").HasFilter("\"Outcome\" IS NULL");
        table.HasOne<Driver>().WithMany().HasForeignKey(r => r.DriverId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne<Case>().WithMany().HasForeignKey(r => r.CaseId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The table of repairs, as queries of the context.</summary>
internal static class RepairSets
{
    extension(DispatchContext db)
    {
        public DbSet<Repair> Repairs => db.Set<Repair>();

        /// <summary>Whether points of a case were given back.</summary>
        public Task<bool> IsRepairedAsync(long caseId, CancellationToken stop) =>
            db.Set<Repair>().AnyAsync(r => r.CaseId == caseId && r.Outcome == RepairOutcome.Granted, stop);
    }
}
