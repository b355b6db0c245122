using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TaxiCredit.Dispatch.Data.Ledger;

namespace TaxiCredit.Dispatch.Data;

/// <summary>One database on either provider: tables are described here and in each feature's <c>*Tables</c>, migrations per provider.</summary>
internal abstract class DispatchContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<Lease> Leases => Set<Lease>();

    public DbSet<LedgerRow> Ledger => Set<LedgerRow>();

    public DbSet<LedgerDetails> LedgerDetails => Set<LedgerDetails>();

    /// <summary>The same database over a connection of its own, to read while this one writes. The caller disposes of it.</summary>
    public abstract DispatchContext CreateSecondContext();

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        // SQLite cannot order DateTimeOffset; unix milliseconds sort everywhere alike.
        configuration.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
        configuration.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.Entity<Setting>().HasKey(s => s.Name);
        model.Entity<Lease>().HasKey(l => l.Name);
        model.ApplyConfigurationsFromAssembly(typeof(DispatchContext).Assembly);
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(), stored => DateTimeOffset.FromUnixTimeMilliseconds(stored));
}

internal sealed class SqliteDispatchContext(DbContextOptions<SqliteDispatchContext> options) : DispatchContext(options)
{
    private readonly DbContextOptions<SqliteDispatchContext> _options = options;

    public override DispatchContext CreateSecondContext() => new SqliteDispatchContext(_options);
}

internal sealed class PostgresDispatchContext(DbContextOptions<PostgresDispatchContext> options) : DispatchContext(options)
{
    private readonly DbContextOptions<PostgresDispatchContext> _options = options;

    public override DispatchContext CreateSecondContext() => new PostgresDispatchContext(_options);

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        base.ConfigureConventions(configuration);
        // Text sorts by its bytes, as in SQLite and as the digests do, whatever locale the cluster was made with.
        configuration.Properties<string>().UseCollation("C");
    }
}
