using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;

namespace Dispatch.Tests.Databases;

/// <summary>
/// What makes the servers of tests cheap to start and changes nothing that their tests assert: passwords hashed in a hundredth of the rounds
/// (<c>PasswordsTests</c> holds the server's own number), and a model compared with its migrations once a run, when <see cref="TestDatabases"/>
/// migrates, rather than at each start. Logs are signed, and looks at files taken into the audit log, by the tests that look at them.
/// What they write is announced, see <see cref="Writes"/>.
/// </summary>
internal static class QuickServices
{
    public static IServiceCollection MakeQuick(this IServiceCollection services) => services
        .Without(AnchorFeature.Signing)
        .Without(ReadsToLog.Job)
        .WithoutFirstPreview()
        .ReachLoopback()
        .Configure<PasswordHasherOptions>(passwords => passwords.IterationCount = 1_000)
        .ConfigureDbContext<SqliteDispatchContext>(Configure)
        .ConfigureDbContext<PostgresDispatchContext>(Configure);

    /// <summary>Months of tests are previewed when the test says so.</summary>
    public static IServiceCollection WithoutFirstPreview(this IServiceCollection services) => services.Without(FirstPreview.Job);

    /// <summary>Units and links of tests are for this machine, unless a test sets it otherwise.</summary>
    private static IServiceCollection ReachLoopback(this IServiceCollection services)
    {
        services.AddOptions<ReachSettings>().PostConfigure<IConfiguration>(
            (reach, settings) => reach.Loopback = settings.GetValue($"{ReachSettings.Section}:{nameof(ReachSettings.Loopback)}", true));
        return services;
    }

    private static IServiceCollection Without(this IServiceCollection services, Job job)
    {
        services.Remove(services.Single(service => ReferenceEquals(service.ImplementationInstance, job)));
        return services;
    }

    private static void Configure(DbContextOptionsBuilder db) =>
        db.AddInterceptors(Writes.All).ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
}
