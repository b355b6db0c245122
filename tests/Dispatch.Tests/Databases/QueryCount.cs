using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests.Databases;

/// <summary>How many queries a server has sent to its database.</summary>
internal sealed class QueryCount : DbCommandInterceptor
{
    private int _queries;

    public int Queries => Volatile.Read(ref _queries);

    public void Watch(IServiceCollection services) => services
        .ConfigureDbContext<SqliteDispatchContext>(db => db.AddInterceptors(this))
        .ConfigureDbContext<PostgresDispatchContext>(db => db.AddInterceptors(this));

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _queries);
        return ValueTask.FromResult(result);
    }
}
