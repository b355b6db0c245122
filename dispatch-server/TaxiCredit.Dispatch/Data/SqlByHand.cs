using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace TaxiCredit.Dispatch.Data;

/// <summary>
/// Statements that each operation sends several times. Entity Framework makes such a query anew from its expression each time, which takes a multiple of what
/// either database takes to answer it. All in the transaction that is open.
/// </summary>
internal static class SqlByHand
{
    /// <summary>Hands over what a statement selects, row by row.</summary>
    public static async Task ReadAsync(
        this DispatchContext db, string sql, Action<DbDataReader> take, CancellationToken stop, params (string Name, object Value)[] parameters)
    {
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            await using var command = db.Statement(sql, parameters);
            await command.TakeAllAsync(take, stop);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Carries out a statement that gives no rows, inside a write transaction.</summary>
    public static async Task ChangeAsync(this DispatchContext db, string sql, CancellationToken stop, params (string Name, object Value)[] parameters)
    {
        await using var command = db.Statement(sql, parameters);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Hands over each row that a statement gives.</summary>
    public static async Task TakeAllAsync(this DbCommand command, Action<DbDataReader> take, CancellationToken stop)
    {
        await using var row = await command.ExecuteReaderAsync(stop);
        while (await row.ReadAsync(stop))
            take(row);
    }

    /// <summary>A statement on the connection as it is. The caller disposes of it.</summary>
    public static DbCommand Statement(this DispatchContext db, string sql, params (string Name, object Value)[] parameters)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
