using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>
/// The trees over the leaves as they are stored, in memory and caught up when they are asked for: roots and proofs without reading the whole log. That
/// the leaves are what the rows say is another question, see <see cref="LogCheck"/>. Thread-safe.
/// </summary>
internal sealed class CityTree : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly TiledTree _city = new();
    private readonly CompactRange _audit = new();

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Works with the city's tree. Its committed leaves alone: not inside a transaction that has appended some.</summary>
    /// <param name="use">Gets the tree and the leaf hashes of a full tile.</param>
    /// <exception cref="InvalidDataException">A leaf is missing.</exception>
    public async Task<T> WithCityAsync<T>(DispatchContext db, Func<TiledTree, Func<long, IReadOnlyList<byte[]>>, T> use, CancellationToken stop)
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            var leaves = db.CityLeaves.AsNoTracking().Where(l => l.Index >= _city.Size).OrderBy(l => l.Index);
            await foreach (var leaf in leaves.Select(l => new { l.Index, l.Commitment }).AsAsyncEnumerable().WithCancellation(stop))
            {
                Require(leaf.Index, _city.Size);
                _city.Append(MerkleHash.OfLeaf(leaf.Commitment));
            }

            return use(_city, tile => LeavesOfTile(db, tile));
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Size and root of the log of audit lines.</summary>
    /// <inheritdoc cref="WithCityAsync"/>
    public async Task<(long Size, byte[] Root)> AuditAsync(DispatchContext db, CancellationToken stop)
    {
        await _oneAtATime.WaitAsync(stop);
        try
        {
            var leaves = db.AuditLeaves.AsNoTracking().Where(l => l.Index >= _audit.Size).OrderBy(l => l.Index);
            await foreach (var leaf in leaves.Select(l => new { l.Index, l.Commitment }).AsAsyncEnumerable().WithCancellation(stop))
            {
                Require(leaf.Index, _audit.Size);
                _audit.Append(MerkleHash.OfLeaf(leaf.Commitment));
            }

            return (_audit.Size, _audit.Root());
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private static IReadOnlyList<byte[]> LeavesOfTile(DispatchContext db, long tile)
    {
        var first = tile * Tile.Width;
        return
        [
            .. db.CityLeaves.AsNoTracking().Where(l => l.Index >= first && l.Index < first + Tile.Width).OrderBy(l => l.Index)
                .Select(l => l.Commitment).AsEnumerable().Select(commitment => MerkleHash.OfLeaf(commitment)),
        ];
    }

    private static void Require(long index, long expected)
    {
        if (index != expected)
            throw new InvalidDataException($"Leaf {expected} of the log is missing; {index} follows {expected - 1}.");
    }
}
