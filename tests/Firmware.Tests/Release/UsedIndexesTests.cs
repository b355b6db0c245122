using System.Text;
using TaxiCredit.Release;

namespace Firmware.Tests.Release;

/// <summary>An index that was given out is never given out again, whatever becomes of process, supply and disk in between.</summary>
[TestClass]
public sealed class UsedIndexesTests
{
    private const string Id = "000102030405060708090a0b0c0d0e0f";

    [TestMethod]
    public void Indexes_OneAfterTheOther_AreNumberedAndListed()
    {
        var file = new TornFile(UsedIndexes.HeaderOf(Id));
        for (int index = 0; index < 12; index++) Assert.AreEqual(index, Open(file).Take($"what {index}"));
        StringAssert.StartsWith(file.Text, $"indexes of key {Id}\n0 what 0\n1 what 1\n");
        StringAssert.EndsWith(file.Text, "10 what 10\n11 what 11\n");
        Assert.AreEqual(12, Open(file).Used());
    }

    /// <summary>The supply or the process ends at every byte of every line of a dozen; what was written of it is there afterwards.</summary>
    [TestMethod]
    public void Index_CutAtEveryByte_IsNeverGivenOutTwice()
    {
        for (int before = 0; before <= 11; before++)
        {
            for (int cut = 0; cut <= $"{before} what\n".Length; cut++)
            {
                var file = new TornFile(UsedIndexes.HeaderOf(Id));
                var given = new List<int>();
                for (int i = 0; i < before; i++) given.Add(Open(file).Take("what"));
                file.BytesLeft = cut;
                Assert.Throws<TornException>(() => Open(file).Take("what"));

                // Whole on disk, and the process that would have signed is gone: the index is gone too.
                file.BytesLeft = int.MaxValue;
                for (int i = 0; i < 3; i++) given.Add(Open(file).Take("what"));
                CollectionAssert.AllItemsAreUnique(given);
                Assert.AreEqual(before + (cut > 0 ? 1 : 0), given[before], $"{before} cut at {cut}");
            }
        }
    }

    [TestMethod]
    public void Index_CutAgainAndAgain_GoesOnUntilAllAreUsed()
    {
        var file = new TornFile(UsedIndexes.HeaderOf(Id));
        var random = new Random(8554);
        var given = new HashSet<int>();
        for (int attempt = 0; attempt < 5000; attempt++)
        {
            file.BytesLeft = random.Next(0, 20);
            try
            {
                Assert.IsTrue(given.Add(Open(file, 1024).Take("what it was")));
            }
            catch (TornException)
            {
            }
            catch (ReleaseException e)
            {
                StringAssert.StartsWith(e.Message, "all 1024 indexes of this key are used");
                Assert.AreEqual(1024, Open(file, 1024).Used());
                return;
            }
        }

        Assert.Fail("not used up");
    }

    [TestMethod]
    public void Key_WithOneIndexLeft_GivesItOutAndNoMore()
    {
        var file = new TornFile(UsedIndexes.HeaderOf(Id));
        Assert.AreEqual(0, Open(file, 2).Take("a"));
        Assert.AreEqual(1, Open(file, 2).Take("b"));
        string before = file.Text;
        Assert.Throws<ReleaseException>(() => Open(file, 2).Take("c"));
        Assert.AreEqual(before, file.Text);
    }

    [TestMethod]
    [DataRow("", "not that of this key")]
    [DataRow("indexes of key 000102030405060708090a0b0c0d0e0e\n", "not that of this key")]
    [DataRow("indexes of key 000102030405060708090a0b0c0d0e0f\n1 a\n", "line 2 is not that of index 0")]
    [DataRow("indexes of key 000102030405060708090a0b0c0d0e0f\n0 a\n2 c\n", "line 3 is not that of index 1")]
    [DataRow("indexes of key 000102030405060708090a0b0c0d0e0f\n0 a\n\n2 c\n", "line 3 is not that of index 1")]
    [DataRow("indexes of key 000102030405060708090a0b0c0d0e0f\n0 a\n0 a\n", "line 3 is not that of index 1")]
    public void File_ThatWasChanged_IsRefusedAndLeft(string text, string fault)
    {
        var file = new TornFile(text);
        StringAssert.Contains(Assert.Throws<ReleaseException>(() => Open(file).Take("x")).Message, fault);
        Assert.AreEqual(text, file.Text);
    }

    private static UsedIndexes Open(TornFile file, int count = 32) => new(file, Id, count);

    private sealed class TornException : Exception;

    /// <summary>A file on a disk whose supply ends after so many bytes.</summary>
    private sealed class TornFile(string text) : IIndexFile
    {
        private readonly List<byte> _bytes = [.. Encoding.Latin1.GetBytes(text)];

        public int BytesLeft { get; set; } = int.MaxValue;

        public string Text => Encoding.Latin1.GetString([.. _bytes]);

        public byte[] Read() => [.. _bytes];

        public void Append(byte[] bytes)
        {
            _bytes.AddRange(bytes.Take(BytesLeft));
            if (bytes.Length >= BytesLeft) throw new TornException();
        }
    }
}
