using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Features.Exchange;

/// <summary>Stores cases and, for those that were upheld, the entries of an empty ledger; the chain is computed as they come.</summary>
/// <param name="firstLeaf">Place of the first entry's leaf in the city's log.</param>
internal sealed class ImportedBooking(DispatchContext db, string city, long firstLeaf) : IAsyncDisposable
{
    /// <summary>Cases that are stored at once; PostgreSQL sets up a COPY for each.</summary>
    public const int Batch = 2_000;

    private readonly BulkInsert<Case> _intoCases = BulkInsert<Case>.Into(db);
    private readonly BulkInsert<Objection> _intoObjections = BulkInsert<Objection>.Into(db);
    private readonly BulkInsert<LedgerRow> _intoLedger = BulkInsert<LedgerRow>.Into(db);
    private readonly BulkInsert<LedgerDetails> _intoDetails = BulkInsert<LedgerDetails>.Into(db);
    private readonly BulkInsert<CityLeaf> _intoLeaves = BulkInsert<CityLeaf>.Into(db);
    private readonly List<LedgerRow> _rows = new(2 * Batch);
    private readonly List<LedgerDetails> _details = new(2 * Batch);
    private readonly List<CityLeaf> _leaves = new(2 * Batch);

    public long Cases { get; private set; }

    public long Entries { get; private set; }

    public string HeadHash { get; private set; } = LedgerChain.Genesis(city);

    public async Task AddAsync(IReadOnlyCollection<ImportedCase> imported, CancellationToken stop)
    {
        foreach (var one in imported)
            Book(one);
        Cases += imported.Count;
        await _intoCases.WriteAsync([.. imported.Select(one => one.Case)], stop);
        await _intoObjections.WriteAsync([.. imported.Select(one => one.Objection?.Objection).OfType<Objection>()], stop);
        await WriteEntriesAsync(stop);
    }

    /// <summary>After the last case: repairs with their entries, in the order of their file.</summary>
    public async Task AddAsync(IReadOnlyCollection<RepairLine> repairs, DateTimeOffset now, CancellationToken stop)
    {
        var stored = repairs.Select(line => line.Decided(
            line.Entry() is { } entry ? Append(entry, new RepairDetails(line.Stored!.Number, line.Proof, line.Reason!)).Sequence : null, now)).ToList();
        await using var intoRepairs = BulkInsert<Repair>.Into(db);
        await intoRepairs.WriteAsync(stored, stop);
        await WriteEntriesAsync(stop);
    }

    private async Task WriteEntriesAsync(CancellationToken stop)
    {
        await _intoLedger.WriteAsync(_rows, stop);
        await _intoDetails.WriteAsync(_details, stop);
        await _intoLeaves.WriteAsync(_leaves, stop);
        _rows.Clear();
        _leaves.Clear();
        _details.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _intoCases.DisposeAsync();
        await _intoObjections.DisposeAsync();
        await _intoLedger.DisposeAsync();
        await _intoDetails.DisposeAsync();
        await _intoLeaves.DisposeAsync();
    }

    private void Book(ImportedCase imported)
    {
        if (imported.Conduct is not { } conduct)
            return;

        var report = imported.Case;
        var decided = new NewEntry(
            report.DriverId, report.Driver.Code, EntryKind.Decision, conduct.Id, conduct.Points, conduct.MaxStars, report.ConductOn,
            report.DecidedOn!.Value, report.Number, null);
        var row = Append(decided, new DecisionDetails(report.Kind, report.ConductHour, report.Place, report.Reason!, imported.Corroboration));
        report.BookedAs(row.Sequence);
        if (imported.Objection is { } objected)
            row = Book(objected, report, decided, row, imported.Corroboration);
        if (imported.ReversedOn is { } reversedOn)
            Append(NewEntry.Reversing(row, reversedOn), new ReversalDetails(imported.ReversalReason!));
    }

    /// <summary>As an objection and its ruling book: the stay or what takes the decision back, then what counts in its place.</summary>
    /// <param name="booked">Entry of the decision.</param>
    /// <returns>The entry by which the case counts.</returns>
    private LedgerRow Book(ImportedObjection objected, Case report, NewEntry decided, LedgerRow booked, string? corroboration)
    {
        var objection = objected.Objection;
        if (objected.StayedOn is { } stayedOn)
            objection.StaySequence = Append(NewEntry.Reversing(booked, stayedOn), new StayDetails(true)).Sequence;
        else if (objection.Outcome is Ruling.Amended or Ruling.Overturned)
            Append(NewEntry.Reversing(booked, objection.RuledOn!.Value), new ReversalDetails(objection.Reason!));
        if (objected.Stands is not { } stands || objection.Outcome == Ruling.Confirmed && !objection.IsStayed)
            return booked;

        var ruled = decided with { Code = stands.Id, Points = stands.Points, MaxStars = stands.MaxStars, DecidedOn = objection.RuledOn!.Value };
        var row = Append(ruled, new DecisionDetails(report.Kind, report.ConductHour, report.Place, objection.Reason!, corroboration));
        report.RuledAs(row.Sequence);
        return row;
    }

    private LedgerRow Append(NewEntry entry, object details)
    {
        var (row, kept) = LedgerAppend.Seal(entry, details, ++Entries, HeadHash);
        HeadHash = row.Hash;
        _rows.Add(row);
        _details.Add(kept);
        _leaves.Add(CityLeaf.Of(firstLeaf + Entries - 1, LeafKind.Entry, row.Sequence, LogForms.OfEntry(row)));
        return row;
    }
}
