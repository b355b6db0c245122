using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;

namespace TaxiCredit.Dispatch.Data.Ledger;

/// <summary>Points on their way into a file; sequence and hash come with the place in the chain.</summary>
internal sealed record NewEntry(
    Driver Driver, EntryKind Kind, string Code, Points Points, int? MaxStars, DateOnly ConductOn, DateOnly DecidedOn, string Case, long? Reverses);

internal static class LedgerAppend
{
    /// <summary>
    /// Puts an entry at the end of the chain. Call inside a write transaction (<see cref="Writing.BeginWriteAsync"/>): its lock is what keeps the chain one.
    /// </summary>
    /// <param name="details">Anything JSON: place, hour, reason. Kept beside the chain, which holds only a salted commitment to it.</param>
    public static async Task<LedgerRow> AppendAsync(this DispatchContext db, NewEntry entry, object details, CancellationToken stop)
    {
        var last = await db.Ledger.AsNoTracking().OrderByDescending(e => e.Sequence)
            .Select(e => new { e.Sequence, e.Hash }).FirstOrDefaultAsync(stop);
        var previous = last?.Hash ?? LedgerChain.Genesis(await db.CityAsync(stop));
        var salt = LedgerChain.NewSalt();
        var json = JsonSerializer.Serialize(details, DetailsJson);
        var sealedEntry = new LedgerEntry(
            (last?.Sequence ?? 0) + 1, entry.Driver.Code, entry.Kind, entry.Code, entry.Points, entry.MaxStars,
            entry.ConductOn, entry.DecidedOn, entry.Case, entry.Reverses, LedgerChain.Commit(salt, json));
        var row = new LedgerRow
        {
            Sequence = sealedEntry.Sequence,
            DriverId = entry.Driver.Id,
            Driver = sealedEntry.Driver,
            Kind = sealedEntry.Kind,
            Code = sealedEntry.Code,
            Points = sealedEntry.Points.Hundredths,
            MaxStars = sealedEntry.MaxStars,
            ConductOn = sealedEntry.ConductOn,
            DecidedOn = sealedEntry.DecidedOn,
            Case = sealedEntry.Case,
            Reverses = sealedEntry.Reverses,
            DetailsCommitment = sealedEntry.DetailsCommitment,
            PreviousHash = previous,
            Hash = LedgerChain.Hash(previous, sealedEntry),
        };
        db.Ledger.Add(row);
        db.LedgerDetails.Add(new LedgerDetails { Sequence = row.Sequence, Salt = salt, Json = json });
        return row;
    }

    // Chinese is stored as written, so that an export reads as people wrote it.
    private static readonly JsonSerializerOptions DetailsJson = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };
}
