using System.Text;
using TaxiCredit.TransparencyLog;

namespace Scoring.Tests.TransparencyLog;

[TestClass]
public sealed class InclusionProofTests
{
    private const string Origin = "example.com/log";

    private static readonly NoteSigner Key = NoteSigner.Create(Origin);
    private static readonly byte[] Entry = Encoding.ASCII.GetBytes("entry 299");

    private static string Proof()
    {
        var tree = SmallTree.Of(600);
        var note = SignedNote.Sign(new Checkpoint(Origin, 600, tree.Root(600, SmallTree.LeavesOfTile)).Text, [Key]);
        return new InclusionProof(299, tree.InclusionProof(299, 600, SmallTree.LeavesOfTile), note).Text;
    }

    [TestMethod]
    public void Proof_AsWritten_ReadsBackAndHolds()
    {
        var text = Proof();
        Assert.StartsWith("c2sp.org/tlog-proof@v1\nindex 299\nbyywq", text);
        Assert.AreEqual(text, InclusionProof.Parse(text).Text);
        Assert.IsNull(InclusionProof.Parse(text).FindFault(Entry, Origin, [Key.Verifier]));
    }

    [TestMethod]
    public void Proof_OfALogWithOneLeaf_HasNoHashes()
    {
        var entry = Encoding.ASCII.GetBytes("entry 0");
        var note = SignedNote.Sign(new Checkpoint(Origin, 1, SmallTree.LeafHash(0)).Text, [Key]);
        var text = new InclusionProof(0, [], note).Text;
        Assert.IsNull(InclusionProof.Parse(text).FindFault(entry, Origin, [Key.Verifier]));
    }

    [TestMethod]
    public void Proof_ForAnotherEntry_DoesNotHold() =>
        StringAssert.Contains(
            InclusionProof.Parse(Proof()).FindFault(Encoding.ASCII.GetBytes("entry 298"), Origin, [Key.Verifier]), "do not lead from leaf 299");

    [TestMethod]
    public void Proof_OfAnotherLog_DoesNotHold() =>
        StringAssert.Contains(InclusionProof.Parse(Proof()).FindFault(Entry, "example.org/log", [Key.Verifier]), "of the log 'example.com/log'");

    [TestMethod]
    public void Proof_WithAnyCharacterChanged_DoesNotHold()
    {
        var text = Proof();
        for (var at = 0; at < text.Length; at++)
        {
            var changed = text[..at] + (text[at] == '7' ? '8' : '7') + text[(at + 1)..];
            string? fault;
            try
            {
                fault = InclusionProof.Parse(changed).FindFault(Entry, Origin, [Key.Verifier]);
            }
            catch (FormatException malformed)
            {
                fault = malformed.Message;
            }

            Assert.IsNotNull(fault, $"character {at}");
        }
    }

    [TestMethod]
    [DataRow(63, true)]
    [DataRow(64, false)]
    public void Proof_OfMoreHashesThanATreeNeeds_IsRefused(int hashes, bool isRead)
    {
        var text = new InclusionProof(0, [.. Enumerable.Repeat(MerkleHash.Empty, hashes)], "log\n\n").Text;
        if (isRead)
            Assert.HasCount(hashes, InclusionProof.Parse(text).Hashes);
        else
            Assert.ThrowsExactly<FormatException>(() => InclusionProof.Parse(text));
    }
}
