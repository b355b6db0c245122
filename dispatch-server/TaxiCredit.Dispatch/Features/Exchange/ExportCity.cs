using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Features.Exchange;

internal sealed record ExportReport(int Drivers, long Cases);

/// <summary>
/// Writes the files that <see cref="ImportCity"/> reads: comma-separated UTF-8 with a mark at its beginning, as Excel opens it. A file that
/// exists is replaced once its successor is complete. Cases come in the order in which they were submitted. Not by <c>ReadAsync</c>: the command
/// line acts as the system, whose right nobody checks. Its audit line is there before the first file is.
/// </summary>
/// <param name="Actor">Who is at the command line, for the audit log.</param>
internal sealed record ExportCity(string Roster, string Cases, string Actor)
{
    // Text that a spreadsheet would run as a formula gets an apostrophe in front, which the import takes off again.
    private static readonly CsvWriterOptions Form = new() { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    public static async Task<Outcome<ExportReport>> HandleAsync(ExportCity command, OperationContext context, CancellationToken stop)
    {
        if (await context.Db.Ledger.AnyAsync(e => e.Kind == EntryKind.Repair, stop))
            return Refusal.AgainstRule("repairs-not-exported", "The ledger has repairs, for which the files have no column; nothing was written.");
        if (await context.Db.Repairs.CountAsync(r => r.Outcome == null, stop) is > 0 and var asked)
            return Refusal.AgainstRule("repairs-not-exported", $"{asked} repairs wait for a decision, and the files have no column; nothing was written.");

        if (await context.Db.Objections.CountAsync(o => o.Outcome == null, stop) is > 0 and var open)
        {
            return Refusal.AgainstRule(
                "objections-not-exported", $"{open} objections wait for their ruling, for which the files have no column; nothing was written.");
        }

        var told = $"{Path.GetFileName(command.Roster)}, {Path.GetFileName(command.Cases)}";
        var recorded = await context.RunWithoutPermissionAsync("export-city", command.Actor, Tell, stop);
        if (recorded.Refusal is not null)
            return recorded.Refusal;
        // Both files show the database at one moment.
        await using var moment = await context.Db.BeginReadAsync(stop);
        var drivers = await WriteAsync(command.Roster, RosterFile.Columns, file => WriteRosterAsync(file, context, stop));
        var cases = await WriteAsync(command.Cases, [.. CasesFile.Columns, .. CasesFile.Optional], file => WriteCasesAsync(file, context.Db, stop));
        return new ExportReport((int)drivers, cases);

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
                     join objection in db.Objections on report.Id equals objection.CaseId into objections
                     from objection in objections.DefaultIfEmpty()
                     let counts = report.RulingSequence ?? report.LedgerSequence
                     join decision in db.LedgerDetails on counts equals decision.Sequence into decisions
                     from decision in decisions.DefaultIfEmpty()
                     join reversal in db.Ledger on counts equals reversal.Reverses into reversals
                     from reversal in reversals.DefaultIfEmpty()
                     join words in db.LedgerDetails on reversal.Sequence equals words.Sequence into reasons
                     from words in reasons.DefaultIfEmpty()
                     orderby report.Id
                     select new
                     {
                         Report = report,
                         Objection = objection,
                         Driver = report.Driver.Code,
                         Decision = decision.Json,
                         ReversedAs = (long?)reversal.Sequence,
                         ReversedOn = (DateOnly?)reversal.DecidedOn,
                         Reversal = words.Json,
                     };
        var again = await ReversedReversalsAsync(db, stop);
        var written = 0L;
        await foreach (var row in booked.AsAsyncEnumerable().WithCancellation(stop))
        {
            var (c, ended) = (row.Report, EndOf(row.Report, row.Objection));
            var corroboration = row.Decision is null
                ? null
                : JsonSerializer.Deserialize<DecisionDetails>(row.Decision, LedgerAppend.DetailsJson)!.Corroboration;
            var (reversedOn, words) = row.ReversedAs is { } first && again.TryGetValue(first, out var last) ? last : (row.ReversedOn, row.Reversal);
            var reversal = words is null ? null : JsonSerializer.Deserialize<ReversalDetails>(words, LedgerAppend.DetailsJson)!.Reason;
            file.WriteRecord(
            [
                c.Number, Word(c.Kind), row.Driver, c.Code, Day(c.ConductOn), c.ConductHour?.ToString(CultureInfo.InvariantCulture) ?? "", c.Place, c.Account,
                c.Reporter ?? "", c.PropertyFen is { } fen ? (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture) : "",
                Day(c.SubmittedOn), c.SubmittedBy, Word(ended.Status),
                Day(ended.On), ended.By ?? "", ended.Code ?? "", ended.Reason ?? "",
                corroboration ?? "", Day(reversedOn), reversal ?? (reversedOn is null ? "" : ended.Reversal ?? ""),
                Day(c.ComplexOn), c.ComplexBy ?? "", c.ComplexReason ?? "",
                c.Authority ?? "", c.MergedInto ?? "",
            ]);
            written++;
        }

        return written;
    }

    /// <summary>
    /// How the file tells a case whose objection has ended: what counts now as if it had been decided so, and what counts nothing as reversed, which comes to
    /// the same points in the same months.
    /// </summary>
    private static EndedCase EndOf(Case c, Objection? objection)
    {
        var status = c.Status switch
        {
            CaseStatus.Confirmed or CaseStatus.Amended or CaseStatus.Repaired => CaseStatus.Upheld,
            CaseStatus.Overturned or CaseStatus.Lapsed => CaseStatus.Reversed,
            CaseStatus.Reassigned => CaseStatus.Merged,
            var other => other.IsOpen() ? CaseStatus.Submitted : other,
        };
        return c.RulingSequence is null
            ? new(status, c.DecidedOn, c.DecidedBy, c.DecidedCode, c.Reason, objection is null ? null : objection.Reason ?? "No ruling in time.")
            : new(status, objection!.RuledOn, objection.RuledBy, objection.Code ?? c.DecidedCode, objection.Reason, null);
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

    /// <param name="Reversal">Why it was reversed, where the entry that does it gives no reason.</param>
    private sealed record EndedCase(CaseStatus Status, DateOnly? On, string? By, string? Code, string? Reason, string? Reversal);

    private static string Word(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
