using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Exchange.Csv;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Exchange;

/// <param name="Faults">What keeps the files from being stored; empty if they were.</param>
internal sealed record ImportReport(IReadOnlyList<Fault> Faults, int Drivers, long Cases, long Entries, string HeadHash);

/// <summary>
/// Imports roster and cases from files into a city that has neither, all of it or nothing. Decisions that were upheld are booked
/// in the order of the file, with the points of the rulebook; repairs after the last of them. Memory grows with drivers, objections and repairs, not with the
/// cases. Not by <c>RunAsync</c>: the command line acts as the system, and a report of faults is an outcome with which nothing may be stored.
/// </summary>
/// <param name="Roster">Path of <c>roster.csv</c>.</param>
/// <param name="Cases">Path of <c>cases.csv</c>.</param>
/// <param name="Objections">Path of <c>objections.csv</c>; null if nobody objected.</param>
/// <param name="Repairs">Path of <c>repairs.csv</c>; null if nobody asked for any.</param>
internal sealed record ImportCity(string Roster, string Cases, string? Objections = null, string? Repairs = null)
{
    public const string Actor = "import";

    private static readonly string[] LargeTables = ["Cases", "Ledger", "LedgerDetails", "CityLeaves"];

    public static async Task<Outcome<ImportReport>> HandleAsync(ImportCity command, OperationContext context, ImportProgress progress, CancellationToken stop)
    {
        var faults = new Faults();
        var roster = RosterFile.Read(command.Roster, context.Today, faults);
        var (objections, repairs) = (
            new ObjectionsFile(context.Rulebooks, context.Today, context.Now), new RepairsFile(context.Rulebooks, context.Today, context.Now));
        objections.Read(command.Objections, faults);
        repairs.Read(command.Repairs, faults);
        using var file = CsvFile.Open(command.Cases, CasesFile.Columns, CasesFile.Optional, faults);
        if (roster is null || file is null)
            return Refused(faults);

        await using var batch = await context.BeginAsync(stop);
        if (await context.Db.Drivers.AnyAsync(stop) || await context.Db.Cabs.AnyAsync(stop)
            || await context.Db.Cases.AnyAsync(stop) || await context.Db.Ledger.AnyAsync(stop))
        {
            return Refusal.Conflict(
                "city-not-empty", "The database has a roster or cases already; an import fills a city that has neither. Nothing was stored.");
        }

        if (!faults.Any)
            await StoreRosterAsync(roster, context, stop);
        var keys = await SuspendedKeys.OfAsync(context.Db, LargeTables, stop);
        await using var booking = new ImportedBooking(context.Db, await context.Db.CityAsync(stop), await context.Db.NextLeafAsync(stop));
        var cases = new CasesFile(file, roster, objections, repairs, context.Rulebooks, context.Today, faults);
        await StoreCasesAsync(cases, file, booking, progress, faults, stop);
        // Cases that were not read may be those that the lines name.
        if (file.IsAtEnd)
        {
            objections.CheckTogether();
            repairs.CheckTogether();
        }

        if (faults.Any)
            return Refused(faults);
        await booking.AddAsync([.. repairs.Taken], context.Now, stop);

        if (await context.KeepRulebooksAsync(context.Today, stop) is { } outdated)
            return outdated;
        progress.Say("making the indexes");
        await keys.RestoreAsync(stop);
        string[] filled = ["Teams", "Cabs", "Drivers", "Leaderships", "Memberships", "Shifts", "Cases"];
        await Identities.CatchUpAsync(context.Db, filled, stop);
        await ChronicleAdoption.AddAsync(context.Db, [.. filled, "Objections", "Repairs"], context.Now, stop);
        if (booking.Entries > 0)
            await context.Db.MoveEndAsync(ChainHead.Ledger, booking.Entries, booking.HeadHash, stop);
        var contents = $"{roster.Drivers.Count()} drivers (sha256 {roster.Sha256}), {booking.Cases} cases (sha256 {file.Sha256})"
            + Told("objections", objections.Sha256) + Told("repairs", repairs.Sha256);
        context.Record(Actor, "import-city", file.Name, contents);
        await batch.CommitAsync(stop);
        return new ImportReport([], roster.Drivers.Count(), booking.Cases, booking.Entries, booking.HeadHash);
    }

    private static string Told(string what, string? sha256) => sha256 is null ? "" : $", {what} (sha256 {sha256})";

    private static ImportReport Refused(Faults faults) => new(faults.Found, 0, 0, 0, "");

    /// <summary>One batch is stored while the next is read. Lines after a fault are still judged, so that one run names as many faults as it can.</summary>
    private static async Task StoreCasesAsync(
        CasesFile cases, CsvFile file, ImportedBooking booking, ImportProgress progress, Faults faults, CancellationToken stop)
    {
        var storing = Task.CompletedTask;
        var read = new List<ImportedCase>(ImportedBooking.Batch);
        try
        {
            while (file.Next())
            {
                progress.Show(file.Name, file.Records, file.Share);
                if (cases.Take() is not { } taken || faults.Any)
                    continue;
                read.Add(taken);
                if (read.Count == ImportedBooking.Batch)
                    await PassOnAsync();
            }

            if (!faults.Any)
                await PassOnAsync();
        }
        finally
        {
            // The transaction ends after this; nobody may still write in it.
            await storing;
        }

        async Task PassOnAsync()
        {
            await storing;
            var batch = read;
            storing = Task.Run(() => booking.AddAsync(batch, stop), stop);
            read = new(ImportedBooking.Batch);
        }
    }

    private static async Task StoreRosterAsync(RosterFile roster, OperationContext context, CancellationToken stop)
    {
        await WriteAsync(roster.Teams);
        await WriteAsync(roster.Cabs);
        await WriteAsync([.. roster.Drivers]);
        await WriteAsync(roster.Leaderships);
        await WriteAsync(roster.Memberships);
        await WriteAsync([.. roster.Shifts(context.Now, context.Today)]);

        async Task WriteAsync<T>(IReadOnlyCollection<T> rows)
            where T : class
        {
            await using var table = BulkInsert<T>.Into(context.Db);
            await table.WriteAsync(rows, stop);
        }
    }
}
