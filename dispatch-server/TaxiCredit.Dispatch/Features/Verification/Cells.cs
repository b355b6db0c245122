using System.Data.Common;
using System.Globalization;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Values as they stand in a row, null where one has another type than it ought to have: SQLite stores any type in any column.</summary>
internal static class Cells
{
    public static long? Number(this DbDataReader row, int column) => row.GetValue(column) switch
    {
        long number => number,
        int number => number,
        _ => null,
    };

    public static string? Text(this DbDataReader row, int column) => row.GetValue(column) as string;

    /// <summary>A day that is selected as text.</summary>
    public static DateOnly? Day(this DbDataReader row, int column) =>
        DateOnly.TryParseExact(row.Text(column), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
