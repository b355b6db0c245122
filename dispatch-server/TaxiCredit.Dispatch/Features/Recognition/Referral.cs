using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Features.Recognition;

/// <summary>The bureau proposed a driver for an award; at most once in a calendar year.</summary>
[Chronicled]
internal sealed class Referral
{
    public int Id { get; init; }

    public required int DriverId { get; init; }

    public Driver Driver { get; init; } = null!;

    /// <summary>Calendar year of the month whose shortlist the driver was on.</summary>
    public required int Year { get; init; }

    /// <summary>That month: <c>2017-12</c>.</summary>
    public required string Period { get; init; }

    public required string Reason { get; init; }

    public required string ReferredBy { get; init; }

    /// <summary>The bureau's date.</summary>
    public required DateOnly ReferredOn { get; init; }
}

internal sealed class ReferralTable : IEntityTypeConfiguration<Referral>
{
    public void Configure(EntityTypeBuilder<Referral> table)
    {
        table.ToTable("Referrals");
        table.HasIndex(r => new { r.DriverId, r.Year }).IsUnique();
    }
}
