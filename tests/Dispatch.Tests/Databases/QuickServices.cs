using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests.Databases;

/// <summary>
/// What makes the servers of tests cheap to start and changes nothing that their tests assert: passwords hashed in a hundredth of the rounds
/// (<c>PasswordsTests</c> holds the server's own number), and a model compared with its migrations once a run, when <see cref="TestDatabases"/>
/// migrates, rather than at each start.
/// What they write is announced, see <see cref="Writes"/>.
/// </summary>
internal static class QuickServices
{
    public static IServiceCollection MakeQuick(this IServiceCollection services) => services
        .Configure<PasswordHasherOptions>(passwords => passwords.IterationCount = 1_000)
        .ConfigureDbContext<SqliteDispatchContext>(Configure)
        .ConfigureDbContext<PostgresDispatchContext>(Configure);

    private static void Configure(DbContextOptionsBuilder db) =>
        db.AddInterceptors(Writes.All).ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
}
