using Microsoft.EntityFrameworkCore;

namespace TaxiCredit.Dispatch.Data.Log;

internal static class LeafAppend
{
    /// <summary>Place of the next leaf in the city's log. Call inside a write transaction, after saving: its lock keeps the places one.</summary>
    public static async Task<long> NextLeafAsync(this DispatchContext db, CancellationToken stop) =>
        (await db.CityLeaves.MaxAsync(l => (long?)l.Index, stop) ?? -1) + 1;

    /// <summary>Puts a leaf at the end of the city's log, stored with what it stands for.</summary>
    /// <param name="form">Canonical bytes, <see cref="LogForms"/>.</param>
    /// <inheritdoc cref="NextLeafAsync"/>
    public static async Task AppendLeafAsync(this DispatchContext db, LeafKind kind, long key, byte[] form, CancellationToken stop) =>
        db.CityLeaves.Add(CityLeaf.Of(await db.NextLeafAsync(stop), kind, key, form));
}
