using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Features.Exchange;

/// <summary>Stores cases and, for those that were upheld, the entries of an empty ledger; the chain is computed as they come.</summary>
/// <param name="firstLeaf">Place of the first entry's leaf in the city's log.</param>
internal sealed class ImportedBooking(DispatchContext db, string city, long firstLeaf) : IAsyncDisposable
{
    /// <summary>Cases that are stored at once; PostgreSQL sets up a COPY for each.</summary>
    public const int Batch = 2_000;

    private readonly BulkInsert<Case> _intoCases = BulkInsert<Case>.Into(db);
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
        if (imported.ReversedOn is { } reversedOn)
        {
            var reversal = decided with
            {
                Kind = EntryKind.Reversal,
                Points = -conduct.Points,
                MaxStars = null,
                DecidedOn = reversedOn,
                Reverses = row.Sequence,
            };
            Append(reversal, new ReversalDetails(imported.ReversalReason!));
        }
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
