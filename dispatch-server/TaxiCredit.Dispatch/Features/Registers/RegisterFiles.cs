using CsvHelper;

namespace TaxiCredit.Dispatch.Features.Registers;

/// <summary>
/// Registers that go out: an empty one to begin with, the city's own, which comes in again without a change, and the one that came in with a remark on each
/// line that has a fault.
/// </summary>
internal static class RegisterFiles
{
    private static readonly CsvWriterOptions Form = new() { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    /// <param name="names">Names of the columns, in the reader's language.</param>
    public static byte[] Template(IEnumerable<string> names) => Written([[.. names]]);

    /// <summary>Who is on the register, by code; of who is known to leave, no more than a list of additions would say.</summary>
    /// <param name="names">As of <see cref="Template"/>.</param>
    public static byte[] Current(RegisterCity city, IEnumerable<string> names) => Written(
    [
        [.. names],
        .. city.Drivers.Values.Where(driver => driver.IsOn).OrderBy(driver => driver.Code, StringComparer.Ordinal).Select(driver => new[]
        {
            driver.Code, driver.Name, driver.Cab.Plate, driver.Cab.Code, driver.Cab.Team, city.Teams[driver.Cab.Team],
        }),
    ]);

    /// <summary>The sheet as it came, with one column more.</summary>
    /// <param name="remark">Name of that column.</param>
    /// <param name="words">What is wrong, in the reader's language.</param>
    public static byte[] WithRemarks(RegisterTable table, IReadOnlyList<RegisterFault> faults, string remark, Func<RegisterFault, string> words)
    {
        var byLine = faults.ToLookup(fault => fault.Line);
        var width = table.Sheet.Rows.Max(row => row.Cells.Count);
        return Written(table.Sheet.Rows.Select((row, index) => (string[])
        [
            .. Enumerable.Range(0, width).Select(column => row[column]),
            index == table.Columns.Header ? remark : string.Join(' ', byLine[row.Line].Select(words)),
        ]));
    }

    private static byte[] Written(IEnumerable<string[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var file = CsvWriter.Create(bytes, Form, leaveOpen: true))
        {
            foreach (var row in rows)
                file.WriteRecord(row);
        }

        return bytes.ToArray();
    }
}
