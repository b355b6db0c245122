using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Holds;

internal sealed class HoldTables : IEntityTypeConfiguration<PublishingHold>
{
    public void Configure(EntityTypeBuilder<PublishingHold> table)
    {
        table.ToTable("PublishingHolds");
        // One open hold a display and a cause.
        table.HasIndex(h => new { h.DisplayId, h.Cause }).HasFilter("\"DecidedAt\" IS NULL");
    }
}

/// <summary>The table of this feature, where the database is asked for it.</summary>
internal static class HoldSets
{
    extension(DispatchContext db)
    {
        public DbSet<PublishingHold> PublishingHolds => db.Set<PublishingHold>();
    }
}
