using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace TaxiCredit.Dispatch.Data;

/// <summary>
/// For <c>dotnet ef migrations add NAME --context SqliteDispatchContext --output-dir Data/Migrations/Sqlite</c>, by dotnet-ef 10.0.15; never used
/// at run time. Afterwards the attributes of the .Designer.cs move to the migration and the file goes, see ADR 0023.
/// </summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteDispatchContext>
{
    public SqliteDispatchContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDispatchContext>().UseSqlite("Data Source=design.db").Options);
}

/// <summary>The same for <c>--context PostgresDispatchContext --output-dir Data/Migrations/Postgres</c>.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresDispatchContext>
{
    public PostgresDispatchContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDispatchContext>().UseNpgsql("Host=127.0.0.1;Database=design").Options);
}
