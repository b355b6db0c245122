using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Data.Ledger;

/// <summary>Points on their way into a file; sequence and hash come with the place in the chain.</summary>
/// <param name="Driver">Public code of the driver with that id.</param>
internal sealed record NewEntry(
    int DriverId, string Driver, EntryKind Kind, string Code, Points Points, int? MaxStars, DateOnly ConductOn, DateOnly DecidedOn, string Case,
    long? Reverses)
{
    /// <summary>Takes an entry back, the last of its <see cref="ReversalChain"/>: a decision, or what took one back.</summary>
    public static NewEntry Reversing(LedgerRow last, DateOnly decidedOn) => new(
        last.DriverId, last.Driver, EntryKind.Reversal, last.Code, new Points(-last.Points), null, last.ConductOn, decidedOn, last.Case, last.Sequence);
}

internal static class LedgerAppend
{
    /// <summary>
    /// Puts an entry at the end of the chain, and its leaf at the end of the city's log. Call inside a write transaction
    /// (<see cref="Writing.BeginWriteAsync"/>): its lock is what keeps the chain one.
    /// </summary>
    /// <param name="details">Anything JSON: place, hour, reason. Kept outside the chain, which holds only a salted commitment to it.</param>
    public static async Task<LedgerRow> AppendAsync(this DispatchContext db, NewEntry entry, object details, CancellationToken stop)
    {
        var last = await db.Ledger.AsNoTracking().OrderByDescending(e => e.Sequence)
            .Select(e => new { e.Sequence, e.Hash }).FirstOrDefaultAsync(stop);
        var (row, kept) = Seal(entry, details, (last?.Sequence ?? 0) + 1, last?.Hash ?? LedgerChain.Genesis(await db.CityAsync(stop)));
        db.Ledger.Add(row);
        db.LedgerDetails.Add(kept);
        await db.AppendLeafAsync(LeafKind.Entry, row.Sequence, LogForms.OfEntry(row), stop);
        return row;
    }

    /// <summary>The entry in its place of the chain, with its details under a new salt.</summary>
    /// <param name="sequence">One more than the entry's before it.</param>
    /// <param name="previousHash">Hash of the entry before, or the city's.</param>
    public static (LedgerRow Row, LedgerDetails Details) Seal(NewEntry entry, object details, long sequence, string previousHash)
    {
        var salt = LedgerChain.NewSalt();
        var json = JsonSerializer.Serialize(details, DetailsJson);
        var sealedEntry = new LedgerEntry(
            sequence, entry.Driver, entry.Kind, entry.Code, entry.Points, entry.MaxStars,
            entry.ConductOn, entry.DecidedOn, entry.Case, entry.Reverses, LedgerChain.Commit(salt, json));
        var row = new LedgerRow
        {
            Sequence = sealedEntry.Sequence,
            DriverId = entry.DriverId,
            Driver = sealedEntry.Driver,
            Kind = sealedEntry.Kind,
            Code = sealedEntry.Code,
            Points = checked((int)sealedEntry.Points.Hundredths),
            MaxStars = sealedEntry.MaxStars,
            ConductOn = sealedEntry.ConductOn,
            DecidedOn = sealedEntry.DecidedOn,
            Case = sealedEntry.Case,
            Reverses = sealedEntry.Reverses,
            DetailsCommitment = sealedEntry.DetailsCommitment,
            PreviousHash = previousHash,
            Hash = LedgerChain.Hash(previousHash, sealedEntry),
        };
        return (row, new LedgerDetails { Sequence = sequence, Salt = salt, Json = json });
    }

    /// <summary>How details are written. Chinese is stored as written, so that an export reads as people wrote it.</summary>
    public static readonly JsonSerializerOptions DetailsJson = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
