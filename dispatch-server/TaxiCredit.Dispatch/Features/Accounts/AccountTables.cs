using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace TaxiCredit.Dispatch.Features.Accounts;

internal sealed class AccountTables : IEntityTypeConfiguration<Actor>, IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<Actor> table) => table.HasIndex(a => a.Name).IsUnique();

    public void Configure(EntityTypeBuilder<ApiToken> table) => table.HasIndex(t => t.Sha256).IsUnique();
}
