using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Exchange.Csv;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Exchange;

internal sealed record ExportReport(int Drivers, long Cases, long Objections, long Repairs);

/// <summary>
/// Writes the files that <see cref="ImportCity"/> reads: comma-separated UTF-8 with a mark at its beginning, as Excel opens it. A file that
/// exists is replaced once its successor is complete. Cases come in the order in which they were submitted. Not by <c>ReadAsync</c>: the command
/// line acts as the system, whose right nobody checks. Its audit line is there before the first file is.
/// </summary>
/// <param name="Actor">Who is at the command line, for the audit log.</param>
internal sealed record ExportCity(string Roster, string Cases, string Objections, string Repairs, string Actor)
{
    // Text that a spreadsheet would run as a formula gets an apostrophe in front, which the import takes off again.
    private static readonly CsvWriterOptions Form = new() { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    public static async Task<Outcome<ExportReport>> HandleAsync(ExportCity command, OperationContext context, CancellationToken stop)
    {
        var told = string.Join(", ", new[] { command.Roster, command.Cases, command.Objections, command.Repairs }.Select(Path.GetFileName));
        var recorded = await context.RunWithoutPermissionAsync("export-city", command.Actor, Tell, stop);
        if (recorded.Refusal is not null)
            return recorded.Refusal;
        // All files show the database at one moment.
        await using var moment = await context.Db.BeginReadAsync(stop);
        var drivers = await WriteAsync(command.Roster, RosterFile.Columns, file => WriteRosterAsync(file, context, stop));
        var cases = await WriteAsync(command.Cases, [.. CasesFile.Columns, .. CasesFile.Optional], file => WriteCasesAsync(file, context.Db, stop));
        var objections = await WriteAsync(command.Objections, ObjectionsFile.Columns, file => WriteObjectionsAsync(file, context.Db, stop));
        var repairs = await WriteAsync(command.Repairs, RepairsFile.Columns, file => WriteRepairsAsync(file, context.Db, stop));
        return new ExportReport((int)drivers, cases, objections, repairs);

        Task<Outcome<Done<string>>> Tell() => Task.FromResult<Outcome<Done<string>>>(Done.With(told, "city", told));
    }

    private static async Task<long> WriteAsync(string path, string[] columns, Func<CsvWriter, Task<long>> write)
    {
        var unfinished = path + ".part";
        long records;
        await using (var file = CsvWriter.ToFile(unfinished, Form))
        {
            file.WriteRecord(columns);
            records = await write(file);
        }

        File.Move(unfinished, path, overwrite: true);
        return records;
    }

    private static async Task<long> WriteRowsAsync<T>(CsvWriter file, IQueryable<T> rows, Func<T, string[]> record, CancellationToken stop)
    {
        var written = 0L;
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(stop))
        {
            file.WriteRecord(record(row));
            written++;
        }

        return written;
    }

    private static async Task<long> WriteRosterAsync(CsvWriter file, OperationContext context, CancellationToken stop)
    {
        // An unbroken shift up to today of as many days as were driven: it counts the same towards probation.
        var days = await FactsOfDrivers.DaysOnShiftAsync(context.Db, context.Db.Shifts, context.Today, stop);
        var drivers = await context.Db.Drivers.AsNoTracking().OrderBy(d => d.Code).Select(d => new
        {
            d.Id, d.Code, d.Name, Cab = d.HomeCab.Code, d.HomeCab.Plate, Team = d.HomeCab.Team.Code, TeamName = d.HomeCab.Team.Name,
            LeadsSince = context.Db.Set<Leadership>().Where(l => l.DriverId == d.Id && l.TeamId == d.HomeCab.TeamId && l.RemovedOn == null)
                .Select(l => (DateOnly?)l.AppointedOn).SingleOrDefault(),
            SignedOnTo = context.Db.Set<Shift>().Where(s => s.DriverId == d.Id && s.OffAt == null).Select(s => s.Cab.Code).SingleOrDefault(),
        }).ToListAsync(stop);
        foreach (var d in drivers)
        {
            var since = days.TryGetValue(d.Id, out var count) ? Day(context.Today.AddDays(1 - count)) : "";
            file.WriteRecord([d.Code, d.Name, d.Cab, d.Plate, d.Team, d.TeamName, Day(d.LeadsSince), since, d.SignedOnTo ?? ""]);
        }

        return drivers.Count;
    }

    private static async Task<long> WriteCasesAsync(CsvWriter file, DispatchContext db, CancellationToken stop)
    {
        var booked = from report in db.Cases.AsNoTracking()
                     join decision in db.LedgerDetails on report.LedgerSequence equals decision.Sequence into decisions
                     from decision in decisions.DefaultIfEmpty()
                     let counts = report.RulingSequence ?? report.LedgerSequence
                     join reversal in db.Ledger on counts equals reversal.Reverses into reversals
                     from reversal in reversals.DefaultIfEmpty()
                     join words in db.LedgerDetails on reversal.Sequence equals words.Sequence into reasons
                     from words in reasons.DefaultIfEmpty()
                     orderby report.Id
                     select new
                     {
                         Report = report,
                         Driver = report.Driver.Code,
                         Decision = decision.Json,
                         ReversedAs = (long?)reversal.Sequence,
                         ReversedOn = (DateOnly?)reversal.DecidedOn,
                         Reversal = words.Json,
                     };
        var again = await ReversedReversalsAsync(db, stop);
        return await WriteRowsAsync(file, booked, row =>
        {
            var c = row.Report;
            var corroboration = row.Decision is null
                ? null
                : JsonSerializer.Deserialize<DecisionDetails>(row.Decision, LedgerAppend.DetailsJson)!.Corroboration;
            // What an objection took back is told with the objection.
            var (reversedOn, words) = c.Status != CaseStatus.Reversed ? (null, null)
                : row.ReversedAs is { } first && again.TryGetValue(first, out var last) ? last : (row.ReversedOn, row.Reversal);
            var reversal = words is null ? null : JsonSerializer.Deserialize<ReversalDetails>(words, LedgerAppend.DetailsJson)!.Reason;
            return
            [
                c.Number, c.Kind.InFile(), row.Driver, c.Code, Day(c.ConductOn), c.ConductHour?.ToString(CultureInfo.InvariantCulture) ?? "", c.Place,
                c.Account, c.Reporter ?? "", c.PropertyFen is { } fen ? (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture) : "",
                Day(c.SubmittedOn), c.SubmittedBy, StatusOf(c).InFile(),
                Day(c.DecidedOn), c.DecidedBy ?? "", c.DecidedCode ?? "", c.Reason ?? "",
                corroboration ?? "", Day(reversedOn), reversal ?? "",
                Day(c.ComplexOn), c.ComplexBy ?? "", c.ComplexReason ?? "",
                c.Authority ?? "", c.MergedInto ?? "",
            ];
        }, stop);
    }

    /// <summary>How the file tells it: a hearing begins anew, and the case of the driver who drove tells of the same.</summary>
    private static CaseStatus StatusOf(Case c) =>
        c.Status.IsOpen() ? CaseStatus.Submitted : c.Status == CaseStatus.Reassigned ? CaseStatus.Merged : c.Status;

    private static Task<long> WriteObjectionsAsync(CsvWriter file, DispatchContext db, CancellationToken stop)
    {
        var all = from objection in db.Objections.AsNoTracking()
                  join report in db.Cases on objection.CaseId equals report.Id
                  join stayed in db.Ledger on objection.StaySequence equals stayed.Sequence into stays
                  from stay in stays.DefaultIfEmpty()
                  orderby objection.CaseId
                  select new { Objection = objection, report.Number, StayedOn = (DateOnly?)stay.DecidedOn };
        return WriteRowsAsync(file, all, row =>
        {
            var o = row.Objection;
            return
            [
                row.Number, Day(o.On), o.OnPaperBy ?? "", o.Statement, Day(o.RuleBy), Day(row.StayedOn),
                o.Outcome?.InFile() ?? "", Day(o.RuledOn), o.RuledBy ?? "", o.Code ?? "", o.Reason ?? "",
            ];
        }, stop);
    }

    private static Task<long> WriteRepairsAsync(CsvWriter file, DispatchContext db, CancellationToken stop)
    {
        var all = from repair in db.Repairs.AsNoTracking()
                  join report in db.Cases on repair.CaseId equals report.Id
                  join booked in db.Ledger on repair.LedgerSequence equals booked.Sequence into entries
                  from entry in entries.DefaultIfEmpty()
                  orderby repair.Id
                  select new { Repair = repair, report.Number, Points = (int?)entry.Points };
        return WriteRowsAsync(file, all, row =>
        {
            var r = row.Repair;
            return
            [
                r.Number, row.Number, r.Rule, r.Proof, Day(r.On), r.OnPaperBy ?? "",
                r.Outcome?.InFile() ?? "", Day(r.DecidedOn), r.DecidedBy ?? "", r.Reason ?? "",
                row.Points is { } points ? new Points(points).ToString() : "", r.ReadAt is null ? "" : "yes",
            ];
        }, stop);
    }

    /// <summary>
    /// By the first reversal of an entry, of those that were themselves reversed: day and details of the one in force, or nothing where the decision is.
    /// </summary>
    private static async Task<Dictionary<long, (DateOnly? On, string? Json)>> ReversedReversalsAsync(DispatchContext db, CancellationToken stop)
    {
        var first = await (from later in db.Ledger.AsNoTracking()
                           join earlier in db.Ledger on later.Reverses equals earlier.Sequence
                           join booked in db.Ledger on earlier.Reverses equals booked.Sequence
                           where booked.Reverses == null
                           select earlier.Sequence).ToListAsync(stop);
        var found = new Dictionary<long, (DateOnly? On, string? Json)>();
        foreach (var sequence in first)
        {
            var chain = await db.ReversalsOfAsync(sequence, stop);
            // One more than its own reversals: the first, with which the chain of the decision begins.
            found[sequence] = chain.IsReversed
                ? (null, null)
                : (chain.Last.DecidedOn, await db.LedgerDetails.Where(d => d.Sequence == chain.Last.Sequence).Select(d => d.Json).SingleOrDefaultAsync(stop));
        }

        return found;
    }

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
