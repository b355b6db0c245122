using TaxiCredit.TransparencyLog;

namespace Scoring.Tests.TransparencyLog;

[TestClass]
public sealed class TileTests
{
    [TestMethod]
    [DataRow(0, 0L, 256, "tile/0/000")]
    [DataRow(0, 1_234_067L, 256, "tile/0/x001/x234/067")]
    [DataRow(1, 5L, 7, "tile/1/005.p/7")]
    [DataRow(0, 999L, 255, "tile/0/999.p/255")]
    [DataRow(0, 1_000L, 256, "tile/0/x001/000")]
    public void Path_OfATile_IsTheSpecifications(int level, long index, int hashes, string path) =>
        Assert.AreEqual(path, new Tile(level, index, hashes).Path);

    [TestMethod]
    public void BundlePath_OfAPartialTile_EndsInItsWidth() =>
        Assert.AreEqual("tile/entries/x001/x234/067.p/3", new Tile(0, 1_234_067, 3).BundlePath);

    [TestMethod]
    [DataRow(0L, "")]
    [DataRow(1L, "tile/0/000.p/1")]
    [DataRow(255L, "tile/0/000.p/255")]
    [DataRow(256L, "tile/0/000 tile/1/000.p/1")]
    [DataRow(257L, "tile/0/000 tile/0/001.p/1 tile/1/000.p/1")]
    public void Tiles_OfALog_AreNeverEmpty(long size, string paths) => Assert.AreEqual(paths, string.Join(' ', Tile.Of(size).Select(tile => tile.Path)));

    [TestMethod]
    public void Hashes_OfEveryTile_LeadToTheRoot()
    {
        var tree = SmallTree.Of(70_000);
        var top = Tile.Of(70_000).Last();
        Assert.AreEqual(new Tile(2, 0, 1), top);
        Assert.AreSequenceEqual(SmallTree.Of(65_536).Root(65_536, SmallTree.LeavesOfTile), tree.HashesOf(top, SmallTree.LeavesOfTile)[0]);
        Assert.AreSequenceEqual(SmallTree.LeafHash(69_999), tree.HashesOf(new(0, 273, 112), SmallTree.LeavesOfTile)[111]);
        Assert.AreSequenceEqual(SmallTree.LeafHash(256), tree.HashesOf(new(0, 1, 256), SmallTree.LeavesOfTile)[0]);
    }

    [TestMethod]
    public void Bundle_OfEntries_IsReadBack()
    {
        var bundle = EntryBundle.Write([[1, 2, 3], [], new byte[300]]);
        Assert.AreEqual("0003010203" + "0000" + "012c" + "00", Convert.ToHexStringLower(bundle)[..20]);
        Assert.AreEqual("3 0 300", string.Join(' ', EntryBundle.Read(bundle).Select(entry => entry.Length)));
    }

    [TestMethod]
    public void Bundle_CutOff_IsRefused()
    {
        var bundle = EntryBundle.Write([[1, 2, 3]]);
        for (var length = 1; length < bundle.Length; length++)
            Assert.ThrowsExactly<FormatException>(() => EntryBundle.Read(bundle.AsSpan(0, length)), $"{length} bytes");
        Assert.IsEmpty(EntryBundle.Read([]));
    }
}
