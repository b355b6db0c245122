using Microsoft.Data.Sqlite;
using Npgsql;

namespace TaxiCredit.Dispatch.Data;

/// <summary>Tells a row that the database refuses, again each time it is sent, from a database that cannot be written to now.</summary>
internal static class RowFault
{
    private const int ReadOnly = 8, InputOutput = 10, Full = 13, CannotOpen = 14, TooBig = 18, Constraint = 19, Mismatch = 20;

    /// <summary>Of a constraint: that a key is unique, and the two by which rows refer to each other.</summary>
    private const int PrimaryKey = 1555, Unique = 2067, ForeignKey = 787;

    /// <summary>Whether somebody else's row is in the way, or one that was there is gone: 23503, 23505, and the two by which a transaction loses.</summary>
    public static bool IsTaken(Exception fault) => Any(fault, inner => inner
        is PostgresException { SqlState: "23503" or "23505" or "40001" or "40P01" }
        or SqliteException { SqliteExtendedErrorCode: PrimaryKey or Unique or ForeignKey });

    /// <summary>Whether the disk below the database is full, read-only or failing. PostgreSQL: 25006, 53100, and class 58.</summary>
    public static bool IsOfStorage(Exception fault) => Any(fault, inner => inner
        is PostgresException { SqlState: "25006" or "53100" or ['5', '8', ..] }
        or SqliteException { SqliteErrorCode: ReadOnly or InputOutput or Full or CannotOpen });

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

    private static bool Any(Exception fault, Func<Exception, bool> isIt)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (isIt(inner))
                return true;
        }

        return false;
    }
}
