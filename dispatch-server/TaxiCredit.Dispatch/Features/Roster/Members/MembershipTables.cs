using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Roster.Members;

internal sealed class MembershipTables : IEntityTypeConfiguration<Membership>
{
    public void Configure(EntityTypeBuilder<Membership> table)
    {
        table.ToTable("Memberships");
        table.Ignore(m => m.HasNews);
        table.HasIndex(m => new { m.DriverId, m.JoinedOn }).IsUnique();
        table.HasIndex(m => m.DriverId, "OpenMembershipOfDriver").IsUnique().HasFilter("\"LeftOn\" IS NULL");
        table.HasIndex(m => m.JoinedOn);
        table.HasOne(m => m.Driver).WithMany().HasForeignKey(m => m.DriverId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne(m => m.Team).WithMany().HasForeignKey(m => m.TeamId).OnDelete(DeleteBehavior.Restrict);
        table.HasOne(m => m.Cab).WithMany().HasForeignKey(m => m.CabId).OnDelete(DeleteBehavior.Restrict);
    }
}

/// <summary>The table of memberships, as queries of the context.</summary>
internal static class MembershipSets
{
    extension(DispatchContext db)
    {
        public DbSet<Membership> Memberships => db.Set<Membership>();
    }
}
