using Microsoft.Data.Sqlite;
using Npgsql;

namespace TaxiCredit.Dispatch.Data;

/// <summary>Tells a row that the database refuses, again each time it is sent, from a database that cannot be written to now.</summary>
internal static class RowFault
{
    private const int TooBig = 18, Constraint = 19, Mismatch = 20;

    /// <summary>Whether the fault, or one inside it, is about what was to be stored.</summary>
    public static bool Is(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                // Classes 22 (data), 23 (constraint) and P0 (raised by a trigger).
                case PostgresException { SqlState: ['2', '2' or '3', ..] or ['P', '0', ..] }:
                case SqliteException { SqliteErrorCode: TooBig or Constraint or Mismatch }:
                // A text that no encoding has.
                case ArgumentException:
                case OverflowException:
                    return true;
            }
        }
        return false;
    }
}
