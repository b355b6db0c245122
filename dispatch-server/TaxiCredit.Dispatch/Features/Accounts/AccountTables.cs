using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.Accounts;

// Counters and stamps that each sign-in moves are no facts.
[assembly: ChronicledType(
    typeof(Account),
    Except =
    [
        nameof(Account.AccessFailedCount), nameof(Account.ConcurrencyStamp), nameof(Account.CodeStep), nameof(Account.CodeFailures),
        nameof(Account.CodeNotBefore),
    ])]
[assembly: ChronicledType(typeof(IdentityUserToken<int>))]
[assembly: ChronicledType(typeof(IdentityUserPasskey<int>))]

namespace TaxiCredit.Dispatch.Features.Accounts;

internal sealed class AccountTables :
    IEntityTypeConfiguration<Actor>, IEntityTypeConfiguration<ApiToken>, IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<Session>,
    IEntityTypeConfiguration<Invitation>, IEntityTypeConfiguration<IdentityUserToken<int>>, IEntityTypeConfiguration<IdentityUserPasskey<int>>
{
    public void Configure(EntityTypeBuilder<Actor> table)
    {
        table.ToTable("Actors");
        table.HasIndex(a => a.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<ApiToken> table)
    {
        table.ToTable("ApiTokens");
        table.HasIndex(t => t.Sha256).IsUnique();
    }

    /// <summary>Identity's columns without those that nobody needs here: no address, no telephone.</summary>
    public void Configure(EntityTypeBuilder<Account> table)
    {
        table.ToTable("Accounts");
        table.HasIndex(a => a.NormalizedUserName).IsUnique();
        table.HasIndex(a => a.UserName);
        table.HasIndex(a => a.Number).IsUnique();
        table.Property(a => a.ConcurrencyStamp).IsConcurrencyToken();
        table.Ignore(a => a.Email).Ignore(a => a.NormalizedEmail).Ignore(a => a.EmailConfirmed).Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed);
    }

    public void Configure(EntityTypeBuilder<Session> table)
    {
        table.ToTable("Sessions");
        table.HasIndex(s => s.Name);
    }

    public void Configure(EntityTypeBuilder<Invitation> table)
    {
        table.ToTable("Invitations");
        table.HasIndex(i => i.Sha256).IsUnique();
        table.HasIndex(i => i.Name);
        table.HasIndex(i => i.ExpiresAt);
    }

    /// <summary>Sealed keys of authenticators and hashes of recovery codes, see <see cref="AccountStore"/>.</summary>
    public void Configure(EntityTypeBuilder<IdentityUserToken<int>> table)
    {
        table.ToTable("AccountSecrets");
        table.HasKey(t => new { t.UserId, t.LoginProvider, t.Name });
        table.HasOne<Account>().WithMany().HasForeignKey(t => t.UserId);
    }

    public void Configure(EntityTypeBuilder<IdentityUserPasskey<int>> table)
    {
        table.ToTable("Passkeys");
        table.HasKey(p => p.CredentialId);
        table.Property(p => p.CredentialId).HasMaxLength(1024);
        table.HasOne<Account>().WithMany().HasForeignKey(p => p.UserId);
        table.OwnsOne(p => p.Data).ToJson();
    }
}

/// <summary>The tables of this feature, as queries of the context.</summary>
internal static class AccountSets
{
    extension(DispatchContext db)
    {
        public DbSet<Actor> Actors => db.Set<Actor>();

        public DbSet<ApiToken> ApiTokens => db.Set<ApiToken>();
    }
}
