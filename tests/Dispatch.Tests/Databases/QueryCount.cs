using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests.Databases;

/// <summary>How many queries a server has sent to its database.</summary>
internal sealed class QueryCount : DbCommandInterceptor
{
    private int _queries;
    private int _ofRequests;

    public int Queries => Volatile.Read(ref _queries);

    /// <summary>Those that requests have asked, themselves or through work that they share; the server's jobs ask beside them.</summary>
    public int OfRequests => Volatile.Read(ref _ofRequests);

    public void Watch(IServiceCollection services) => services
        .ConfigureDbContext<SqliteDispatchContext>(db => db.AddInterceptors(this))
        .ConfigureDbContext<PostgresDispatchContext>(db => db.AddInterceptors(this));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _queries);
        if (Activity.Current?.OperationName == "Microsoft.AspNetCore.Hosting.HttpRequestIn")
            Interlocked.Increment(ref _ofRequests);
        return ValueTask.FromResult(result);
    }
}
