using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>That an entry of the ledger is in the city's log: whoever has this and the log's public key needs nobody else to check it.</summary>
/// <param name="Form">Canonical form of the entry, ADR 0014.</param>
/// <param name="Salt">16 bytes in base64.</param>
/// <param name="Proof"><c>c2sp.org/tlog-proof@v1</c>, with the newest public checkpoint.</param>
internal sealed record EntryProof(long Entry, string Form, string Salt, string Proof);

internal static class EntryProofs
{
    /// <summary>Proofs of those entries that the newest public checkpoint covers: a decision since then gets its proof with the next published month.</summary>
    public static async Task<IReadOnlyList<EntryProof>> OfAsync(IReadOnlyCollection<long> entries, DispatchContext db, CityTree trees, CancellationToken stop)
    {
        if (entries.Count == 0 || await AnchorFeature.NewestPublicAsync(db, stop) is not { } newest)
            return [];
        var leaves = await db.CityLeaves.AsNoTracking()
            .Where(l => l.Kind == LeafKind.Entry && entries.Contains(l.Key) && l.Index < newest.Size).OrderBy(l => l.Key).ToListAsync(stop);
        var rows = await db.Ledger.AsNoTracking().Where(e => entries.Contains(e.Sequence)).ToDictionaryAsync(e => e.Sequence, stop);
        return await trees.WithCityAsync(
            db,
            (tree, ofTile) => leaves.ConvertAll(leaf => new EntryProof(
                leaf.Key, Encoding.ASCII.GetString(LogForms.OfEntry(rows[leaf.Key])), Convert.ToBase64String(leaf.Salt),
                new InclusionProof(leaf.Index, tree.InclusionProof(leaf.Index, newest.Size, ofTile), newest.Note).Text)),
            stop);
    }
}
