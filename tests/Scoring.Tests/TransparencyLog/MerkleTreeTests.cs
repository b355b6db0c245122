using TaxiCredit.TransparencyLog;

namespace Scoring.Tests.TransparencyLog;

/// <summary>
/// Roots and proofs against two programs of others: the reference vectors of Certificate Transparency, and golang.org/x/mod/sumdb/tlog 0.7.0, whose
/// answers for the same leaves stand here.
/// </summary>
[TestClass]
public sealed class MerkleTreeTests
{
    /// <summary>Leaves of the reference vectors, in hex.</summary>
    private static readonly string[] ReferenceLeaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] ReferenceRoots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [TestMethod]
    public void Root_OfTheReferenceLeaves_IsTheReferences()
    {
        var (range, tree) = (new CompactRange(), new TiledTree());
        for (var size = 0; size <= ReferenceLeaves.Length; size++)
        {
            Assert.AreEqual(ReferenceRoots[size], Convert.ToHexStringLower(range.Root()), $"compact range of {size}");
            Assert.AreEqual(ReferenceRoots[size], Convert.ToHexStringLower(tree.Root(size, SmallTree.LeavesOfTile)), $"tiled tree of {size}");
            if (size == ReferenceLeaves.Length)
                break;
            var leaf = MerkleHash.OfLeaf(Convert.FromHexString(ReferenceLeaves[size]));
            range.Append(leaf);
            tree.Append(leaf);
        }
    }

    [TestMethod]
    [DataRow(1, "773885a613489e24ce2cf76199d6a423f042e4bbf12d7eecee912ef276c65701")]
    [DataRow(2, "5a47662fd8a317d96049a3f9f47c55dc67ca66051baa3683dbb19b2fe09a07b0")]
    [DataRow(3, "94fbd0dd836f50301692e6d0eade728ee19ec52bfff1606ed807c8575d5aaa19")]
    [DataRow(7, "98c97f0ba3175cd08b031dd084b9dc4e649b64d1a28e6ea694646503173ab587")]
    [DataRow(8, "b69732ce5c914162ca9accfaf4e95d3f9874d68805437088aaff184a4db96773")]
    [DataRow(255, "cf66793e6329dff242eb3cee0a6f36ad3e3a196dcc573a1ec775e102be863f1c")]
    [DataRow(256, "da6596d95369f5fef322ab8e4e0da3b0b50236aa9c8a3b1d246f7411c9e2e32e")]
    [DataRow(257, "5c1fdfe835358022f2392de478dbe053fc130cfe1d3a082879a90cf6bf14bf7e")]
    [DataRow(511, "ba24c6b7ac0a5cfe33d63335afc1e768bb20ca931f2712f333e6086f2229e4a1")]
    [DataRow(513, "78d674cc3de6985c25d64763bb968acf022d827ebc1158584a6629baebc4c31c")]
    [DataRow(600, "e8a804af596789ed4f53942e294cfe44d5bed4c7140c7f0f5fa52c0c122232d6")]
    public void Root_OfALargerTree_IsWhatGoSays(long size, string root)
    {
        var range = new CompactRange();
        for (var index = 0L; index < size; index++)
            range.Append(SmallTree.LeafHash(index));
        Assert.AreEqual(root, Convert.ToHexStringLower(range.Root()));
        // Also of a tree that has grown since.
        Assert.AreEqual(root, Convert.ToHexStringLower(SmallTree.Of(600).Root(size, SmallTree.LeavesOfTile)));
    }

    [TestMethod]
    [DataRow(1, 0, "")]
    [DataRow(2, 1, "dziFpg==")]
    [DataRow(7, 6, "3QN52A==l5nzBw==")]
    [DataRow(257, 0, "Lfs2xg==3b3oDw==GhZ/vA==fGUIzg==FKwDuw==TJPs4Q==Ze8RuQ==CwAYpw==och3qA==")]
    [DataRow(257, 256, "2mWW2Q==")]
    [DataRow(600, 299, "byywqA==WIt80g==MFu2Jw==DSBEUQ==gJy/fA==R6PPvg==35gS6g==X0lwcw==2mWW2Q==Lo95dw==")]
    [DataRow(600, 599, "zGhKSQ==V5N44Q==UuXiIw==sjWY2A==2cFLsg==xtuUng==")]
    [DataRow(513, 512, "xtuUng==")]
    public void InclusionProof_OfALeaf_IsWhatGoSays(long size, long index, string proof) =>
        Assert.AreEqual(proof, SmallTree.Brief(SmallTree.Of(600).InclusionProof(index, size, SmallTree.LeavesOfTile)));

    [TestMethod]
    [DataRow(2, 1, "Lfs2xg==")]
    [DataRow(7, 3, "V8efTw==YcoROQ==WkdmLw==lK+4og==")]
    [DataRow(8, 4, "GhZ/vA==")]
    [DataRow(257, 256, "och3qA==")]
    [DataRow(600, 257, "och3qA==Zzfq7A==2weeEg==7A6bpA==j5skCA==v0dikg==ECgX8A==35gS6g==X0lwcw==2mWW2Q==Lo95dw==")]
    [DataRow(600, 512, "Lo95dw==")]
    [DataRow(600, 599, "zGhKSQ==v8hD4w==V5N44Q==UuXiIw==sjWY2A==2cFLsg==xtuUng==")]
    [DataRow(600, 600, "")]
    public void ConsistencyProof_OfAnOlderTree_IsWhatGoSays(long size, long older, string proof) =>
        Assert.AreEqual(proof, SmallTree.Brief(SmallTree.Of(600).ConsistencyProof(older, size, SmallTree.LeavesOfTile)));

    [TestMethod]
    public void Proofs_OfEverySmallTree_HoldAndFailForAnythingElse()
    {
        var tree = SmallTree.Of(70);
        for (var size = 1L; size <= 70; size++)
        {
            var root = tree.Root(size, SmallTree.LeavesOfTile);
            for (var index = 0L; index < size; index++)
            {
                var proof = tree.InclusionProof(index, size, SmallTree.LeavesOfTile);
                Assert.IsTrue(MerkleProof.IsIncluded(SmallTree.LeafHash(index), index, size, root, proof), $"leaf {index} of {size}");
                Assert.IsFalse(MerkleProof.IsIncluded(SmallTree.LeafHash(index + 1), index, size, root, proof), $"another leaf as {index} of {size}");
                Assert.IsFalse(MerkleProof.IsIncluded(SmallTree.LeafHash(index), index, size, root, [.. proof, root]), $"a longer proof of {index} of {size}");
                if (proof.Count > 0)
                    Assert.IsFalse(MerkleProof.IsIncluded(SmallTree.LeafHash(index), index, size, root, [.. proof.Skip(1)]), $"shorter, {index} of {size}");
            }

            for (var older = 1L; older <= size; older++)
            {
                var (before, proof) = (tree.Root(older, SmallTree.LeavesOfTile), tree.ConsistencyProof(older, size, SmallTree.LeavesOfTile));
                Assert.IsTrue(MerkleProof.IsConsistent(older, before, size, root, proof), $"{older} before {size}");
                Assert.IsFalse(MerkleProof.IsConsistent(older, SmallTree.LeafHash(0).Reverse().ToArray(), size, root, proof), $"another root, {older}, {size}");
                Assert.IsFalse(MerkleProof.IsConsistent(older, before, size, root, [.. proof, root]), $"a longer proof, {older} before {size}");
            }
        }
    }

    [TestMethod]
    public void Consistency_FromATreeWithoutLeaves_TakesNoProof()
    {
        var root = SmallTree.Of(1).Root(1, SmallTree.LeavesOfTile);
        Assert.IsTrue(MerkleProof.IsConsistent(0, MerkleHash.Empty, 1, root, []));
        Assert.IsFalse(MerkleProof.IsConsistent(0, root, 1, root, []));
        Assert.IsFalse(MerkleProof.IsConsistent(0, MerkleHash.Empty, 1, root, [root]));
        Assert.IsFalse(MerkleProof.IsConsistent(2, root, 1, root, []));
        Assert.IsFalse(MerkleProof.IsConsistent(-1, root, 1, root, []));
    }

    [TestMethod]
    public void Inclusion_OutsideTheTree_IsFalse()
    {
        var leaf = SmallTree.LeafHash(0);
        Assert.IsTrue(MerkleProof.IsIncluded(leaf, 0, 1, leaf, []));
        Assert.IsFalse(MerkleProof.IsIncluded(leaf, 1, 1, leaf, []));
        Assert.IsFalse(MerkleProof.IsIncluded(leaf, -1, 1, leaf, []));
        Assert.IsFalse(MerkleProof.IsIncluded(leaf, 0, 0, MerkleHash.Empty, []));
        Assert.IsFalse(MerkleProof.IsIncluded(leaf, 0, long.MaxValue, leaf, [.. Enumerable.Repeat(leaf, 64)]));
        Assert.IsFalse(MerkleProof.IsIncluded(leaf, 0, 2, leaf, [new byte[31]]));
    }

    [TestMethod]
    [DataRow(65_535, true)]
    [DataRow(65_536, false)]
    public void Leaf_OfMoreThanABundleHolds_Throws(int length, bool holds)
    {
        if (holds)
            Assert.HasCount(MerkleHash.Length, MerkleHash.OfLeaf(new byte[length]));
        else
            Assert.ThrowsExactly<ArgumentException>(() => MerkleHash.OfLeaf(new byte[length]));
    }
}
