using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace TaxiCredit.Dispatch.Data;

/// <summary>For <c>dotnet ef migrations add NAME --context SqliteDispatchContext --output-dir Data/Migrations/Sqlite</c>; never used at run time.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteDispatchContext>
{
    public SqliteDispatchContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDispatchContext>().UseSqlite("Data Source=design.db").Options);
}
