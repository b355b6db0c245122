using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>
/// Writes the city's log as C2SP tlog-tiles: <c>checkpoint</c>, tiles, and bundles whose entries are the 32-byte commitments. What others check logs with
/// reads it.
/// </summary>
internal static class LogExport
{
    /// <summary>Bytes of the longest tile: 256 hashes.</summary>
    private const int TileBytes = Tile.Width * MerkleHash.Length;

    /// <param name="folder">Made if it is missing; must be empty.</param>
    /// <returns>Leaves that were written, under the newest checkpoint; null if there is no checkpoint yet.</returns>
    /// <exception cref="IOException">The folder is not empty, or cannot be written.</exception>
    public static async Task<long?> WriteAsync(string folder, DispatchContext db, CityTree trees, CancellationToken stop)
    {
        var newest = await db.Checkpoints.AsNoTracking().Where(c => c.Tree == LogTree.City).OrderByDescending(c => c.Id).FirstOrDefaultAsync(stop);
        if (newest is null)
            return null;
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFileSystemEntries(folder).Any())
            throw new IOException($"{folder} is not empty; a log is written into a folder of its own.");

        await File.WriteAllTextAsync(Path.Combine(folder, "checkpoint"), newest.Note, stop);
        foreach (var tile in Tile.Of(newest.Size))
        {
            if (tile.Level > 0)
            {
                var hashes = await trees.WithCityAsync(db, (tree, leaves) => tree.HashesOf(tile, leaves), stop);
                await WriteAsync(folder, tile.Path, Join(hashes), stop);
                continue;
            }

            var first = tile.Index * Tile.Width;
            var entries = await db.CityLeaves.AsNoTracking().Where(l => l.Index >= first && l.Index < first + tile.Hashes).OrderBy(l => l.Index)
                .Select(l => l.Commitment).ToListAsync(stop);
            await WriteAsync(folder, tile.BundlePath, EntryBundle.Write(entries), stop);
            await WriteAsync(folder, tile.Path, Join(entries.ConvertAll(entry => MerkleHash.OfLeaf(entry))), stop);
        }

        return newest.Size;
    }

    private static byte[] Join(IReadOnlyList<byte[]> hashes)
    {
        using var tile = new MemoryStream(TileBytes);
        foreach (var hash in hashes)
            tile.Write(hash);
        return tile.ToArray();
    }

    private static async Task WriteAsync(string folder, string path, byte[] bytes, CancellationToken stop)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, bytes, stop);
    }
}
