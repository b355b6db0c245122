using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Data.Ledger;

namespace TaxiCredit.Dispatch.Data;

/// <summary>One database on either provider: tables are described here and in each feature's <c>*Tables</c>, migrations per provider.</summary>
internal abstract class DispatchContext(DbContextOptions options) : DbContext(options)
{
    private readonly HashSet<object> _erased = new(ReferenceEqualityComparer.Instance);

    // A context that a tool makes by hand has no services.
    private readonly TimeProvider _time =
        options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetService<TimeProvider>() ?? TimeProvider.System;

    /// <summary>Where the writers of this process queue; null for a context that a tool makes by hand, which has nobody to wait for.</summary>
    public WriteGate? Gate { get; } = options.FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetService<WriteGate>();

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<Lease> Leases => Set<Lease>();

    public DbSet<LedgerRow> Ledger => Set<LedgerRow>();

    public DbSet<LedgerDetails> LedgerDetails => Set<LedgerDetails>();

    /// <summary>The same database over a connection of its own, to read while this one writes. The caller disposes of it.</summary>
    public abstract DispatchContext CreateSecondContext();

    /// <summary>Deletes entities because their time is over; the chronicle tells that from any other deletion.</summary>
    public void Erase(IReadOnlyCollection<object> entities)
    {
        _erased.UnionWith(entities);
        RemoveRange(entities);
    }

    /// <summary>Stores what is tracked, together with its traces, see <see cref="ChronicleWriter"/>.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        ChangeTracker.DetectChanges();
        try
        {
            return await ChronicleWriter.SaveAsync(
                this, stop => base.SaveChangesAsync(acceptAllChangesOnSuccess, stop), _erased, _time.GetUtcNow(), cancellationToken);
        }
        finally
        {
            _erased.Clear();
        }
    }

    /// <summary>Not to be used: what is stored is chronicled too, which waits for the write lock.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Only SaveChangesAsync stores.");

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
