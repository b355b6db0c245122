using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Reports;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Roster;

namespace TaxiCredit.Dispatch.Data;

/// <summary>One database, whatever its maker: tables are described here and in each feature's <c>*Tables</c>, migrations per provider.</summary>
internal abstract class DispatchContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<AuditEntry> Audit => Set<AuditEntry>();

    public DbSet<Lease> Leases => Set<Lease>();

    public DbSet<Team> Teams => Set<Team>();

    public DbSet<Leadership> Leaderships => Set<Leadership>();

    public DbSet<Cab> Cabs => Set<Cab>();

    public DbSet<Driver> Drivers => Set<Driver>();

    public DbSet<Shift> Shifts => Set<Shift>();

    public DbSet<Actor> Actors => Set<Actor>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<Case> Cases => Set<Case>();

    public DbSet<CasePhoto> CasePhotos => Set<CasePhoto>();

    public DbSet<LedgerRow> Ledger => Set<LedgerRow>();

    public DbSet<LedgerDetails> LedgerDetails => Set<LedgerDetails>();

    public DbSet<Close> Closes => Set<Close>();

    public DbSet<Rating> Ratings => Set<Rating>();

    public DbSet<Display> Displays => Set<Display>();

    public DbSet<DesiredRating> DesiredRatings => Set<DesiredRating>();

    public DbSet<DesiredConfig> DesiredConfigs => Set<DesiredConfig>();

    public DbSet<GivenCommand> GivenCommands => Set<GivenCommand>();

    public DbSet<ReportedTwin> ReportedTwins => Set<ReportedTwin>();

    public DbSet<SupersededJournal> SupersededJournals => Set<SupersededJournal>();

    public DbSet<Incident> Incidents => Set<Incident>();

    public DbSet<PassengerReport> PassengerReports => Set<PassengerReport>();

    public DbSet<ReportContact> ReportContacts => Set<ReportContact>();

    public DbSet<ReportPhoto> ReportPhotos => Set<ReportPhoto>();

    public DbSet<StarCheck> StarChecks => Set<StarCheck>();

    /// <summary>The same database over a connection of its own, to read while this one writes. Whoever asked for it disposes of it.</summary>
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
