using System.Data.Common;
using TaxiCredit.Dispatch.Features.Exchange;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.CommandLine;

internal static partial class Commands
{
    private const int NotCarriedOut = 1;

    private const string NotCarried =
        "roster, cases, objections and repairs only: not closes, signatures, revisions, past shifts, memberships and leaderships, hearings, documents of "
        + "decisions and rulings with the proofs of their service, files of evidence, accounts, displays, photos, receipts, referrals and audit log; archive "
        + "and restore carry the whole city";

    /// <summary>
    /// Fills an empty city. Exit code 2: the files have faults or the city is not empty; 1: the database or the disk failed. Nothing is stored then.
    /// </summary>
    public static Task<int> ImportAsync(DispatchOptions options, ImportCity files) => WithFilesAsync("import", options, async services =>
    {
        var progress = new ImportProgress(Console.Error, services.GetRequiredService<TimeProvider>());
        var outcome = await ImportCity.HandleAsync(files, services.GetRequiredService<OperationContext>(), progress, CancellationToken.None);
        if (outcome.Refusal is { } refusal)
            return Fail(refusal.Detail);

        var report = outcome.Value;
        foreach (var fault in report.Faults)
            Console.Error.WriteLine(fault);
        if (report.Faults.Count > 0)
        {
            var more = report.Faults.Count == Features.Exchange.Csv.Faults.Most ? " or more; the reading stopped" : "";
            return Fail($"{report.Faults.Count} fault{(report.Faults.Count == 1 ? "" : "s")}{more}. Nothing was stored.");
        }

        Console.Error.WriteLine($"import: {NotCarried}");
        Console.WriteLine($"stored {report.Drivers} drivers, {report.Cases} cases, {report.Entries} ledger entries, head {report.HeadHash}");
        return 0;
    });

    public static Task<int> ExportAsync(DispatchOptions options, ExportCity files) => WithFilesAsync("export", options, async services =>
    {
        var context = services.GetRequiredService<OperationContext>();
        var outcome = await ExportCity.HandleAsync(files, context, CancellationToken.None);
        if (outcome.Refusal is { } refusal)
            return Fail(refusal.Detail);

        Console.Error.WriteLine($"export: {NotCarried}");
        var written = outcome.Value;
        Console.WriteLine(
            $"wrote {written.Drivers} drivers to {files.Roster}, {written.Cases} cases to {files.Cases}, {written.Objections} objections to {files.Objections} "
            + $"and {written.Repairs} repairs to {files.Repairs}");
        return 0;
    });

    private static async Task<int> WithFilesAsync(string command, DispatchOptions options, Func<IServiceProvider, Task<int>> run)
    {
        try
        {
            return await WithDatabaseAsync(options, (services, _) => run(services));
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or DbException or InvalidOperationException { InnerException: DbException })
        {
            Console.Error.WriteLine($"{command} was not carried out, and nothing was stored: {failure.Message}");
            return NotCarriedOut;
        }
    }
}
