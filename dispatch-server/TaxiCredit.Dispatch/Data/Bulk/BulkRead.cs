using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace TaxiCredit.Dispatch.Data.Bulk;

internal static class BulkRead
{
    /// <summary>
    /// Hands over what a query answers row by row, its columns in the order of its <c>select</c>: of hundreds of thousands of rows, to make an
    /// object of each costs as much as to find them.
    /// </summary>
    public static async Task ReadAsync(this DispatchContext db, IQueryable query, Action<DbDataReader> take, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await using var command = query.CreateDbCommand();
            await using var row = await command.ExecuteReaderAsync(stop);
            while (await row.ReadAsync(stop))
                take(row);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    public static int? IntOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
