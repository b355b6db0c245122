using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;

namespace Scoring.Tests.Ledger;

[TestClass]
public sealed class LedgerChainTests
{
    // printf 'taxicredit-city-1\nrongcheng\n' | sha256sum
    private const string Genesis = "795792b46772371a9242a285239599b49bfef043b4d05efa86b797c0e91ab96e";

    // (printf '\000\001\002\003\004\005\006\007\010\011\012\013\014\015\016\017'; printf '{}') | sha256sum
    private const string CommitmentToNothing = "b5c1f9361eb9fbedd3e628a72d1c8fef46544361fd79fa6781baf6d932b1c3f6";

    // printf '\017\016\015\014\013\012\011\010\007\006\005\004\003\002\001\000{"何":"绕道"}' | sha256sum
    private const string CommitmentInChinese = "3de22fcd227cf5cb1f68b700e94ca33078547dc11c82dcfe1ed5717bcb536e0b";

    // printf 'taxicredit-entry-1\n%s\n1\nd-0001\ndecision\nS01\n-5000\n-\n2017-11-30\n2017-12-05\nc-17\n-\n%s\n' $Genesis $CommitmentToNothing | sha256sum
    private const string First = "6765343de020b779e7e91a641378922954f10b993a741a2a16cd2eda3d7b4bcd";

    // printf 'taxicredit-entry-1\n%s\n2\nd-0002\ndecision\nT08\n-10000\n0\n2017-12-31\n2018-01-02\n\n-\n%s\n' $First $CommitmentInChinese | sha256sum
    private const string Second = "f4428edee2ac4f20be31fa365628e4aa7bebfc5b705a02f53ff39f879c6cf913";

    // printf 'taxicredit-entry-1\n%s\n3\nd-0001\nreversal\nS01\n5000\n-\n2017-11-30\n2018-01-03\nC-2017/0001.o\n1\n%s\n' \
    //   $Second $CommitmentToNothing | sha256sum
    private const string Third = "4769b4a31c5aa2932e9746eaf2e994279e2ab735540491f2c3e700c705168d2c";

    // printf 'taxicredit-entry-1\n%s\n9223372036854775807\nd-0001\nrepair\n\n1\n-\n0001-01-01\n9999-12-31\n\n-\n%s\n' $Third $CommitmentInChinese | sha256sum
    private const string Last = "994c6366f1e3f2ae0fce436e34387a12ddd722460ba122e1783587e9ad9198de";

    private static readonly LedgerEntry FirstEntry =
        new(1, "d-0001", EntryKind.Decision, "S01", Points.FromWhole(-50), null, new(2017, 11, 30), new(2017, 12, 5), "c-17", null, CommitmentToNothing);

    private static readonly LedgerEntry Reversal =
        new(3, "d-0001", EntryKind.Reversal, "S01", Points.FromWhole(50), null, new(2017, 11, 30), new(2018, 1, 3), "C-2017/0001.o", 1, CommitmentToNothing);

    [TestMethod]
    public void Genesis_OfACity_IsWhatSha256sumSays() => Assert.AreEqual(Genesis, LedgerChain.Genesis("rongcheng"));

    [TestMethod]
    public void Commit_KnownSalts_IsWhatSha256sumSays()
    {
        byte[] ascending = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        byte[] descending = [.. ascending.Reverse()];
        Assert.AreEqual(CommitmentToNothing, LedgerChain.Commit(ascending, "{}"));
        Assert.AreEqual(CommitmentInChinese, LedgerChain.Commit(descending, """{"何":"绕道"}"""));
    }

    [TestMethod]
    public void Hash_ChainOfEveryKind_IsWhatSha256sumSays()
    {
        var second = new LedgerEntry(
            2, "d-0002", EntryKind.Decision, "T08", Points.FromWhole(-100), 0, new(2017, 12, 31), new(2018, 1, 2), "", null, CommitmentInChinese);
        var last = new LedgerEntry(
            long.MaxValue, "d-0001", EntryKind.Repair, "", new(1), null, DateOnly.MinValue, DateOnly.MaxValue, "", null, CommitmentInChinese);
        Assert.AreEqual(First, LedgerChain.Hash(Genesis, FirstEntry));
        Assert.AreEqual(Second, LedgerChain.Hash(First, second));
        Assert.AreEqual(Third, LedgerChain.Hash(Second, Reversal));
        Assert.AreEqual(Last, LedgerChain.Hash(Third, last));
    }

    [TestMethod]
    public void Hash_LongestFieldsThereAre_FitsTheBuffer()
    {
        var longest = new LedgerEntry(
            long.MaxValue, new('d', 32), EntryKind.Reversal, new('S', 8), new(int.MinValue), 4, DateOnly.MaxValue, DateOnly.MaxValue, new('c', 64),
            long.MaxValue - 1, Genesis);
        Assert.HasCount(64, LedgerChain.Hash(Genesis, longest));
    }

    [TestMethod]
    public void Hash_AnyFieldChanged_Differs()
    {
        LedgerEntry[] changed =
        [
            FirstEntry with { Sequence = 2 },
            FirstEntry with { Driver = "d-0002" },
            FirstEntry with { Kind = EntryKind.Repair },
            FirstEntry with { Code = "S02" },
            FirstEntry with { Points = new(-5001) },
            FirstEntry with { Points = new(5000) },
            FirstEntry with { MaxStars = 0 },
            FirstEntry with { ConductOn = new(2017, 11, 29) },
            FirstEntry with { DecidedOn = new(2017, 12, 6) },
            FirstEntry with { Case = "c-18" },
            FirstEntry with { DetailsCommitment = CommitmentInChinese },
        ];
        var hashes = changed.Select(entry => LedgerChain.Hash(Genesis, entry))
            .Append(LedgerChain.Hash(Genesis, FirstEntry))
            .Append(LedgerChain.Hash(First, FirstEntry))
            .Append(LedgerChain.Hash(Genesis, Reversal))
            .Append(LedgerChain.Hash(Genesis, Reversal with { Reverses = 2 }))
            .ToList();
        Assert.HasCount(hashes.Count, hashes.ToHashSet());
    }

    public static IEnumerable<object[]> Unhashable() =>
    [
        ["Driver", FirstEntry with { Driver = "d\ndecision" }],
        ["Driver", FirstEntry with { Driver = "" }],
        ["Driver", FirstEntry with { Driver = null! }],
        ["Driver", FirstEntry with { Driver = "D-0001" }],
        ["Driver", FirstEntry with { Driver = new('d', 33) }],
        ["Code", FirstEntry with { Code = "S01\n-1" }],
        ["Code", FirstEntry with { Code = "s01" }],
        ["Code", FirstEntry with { Code = "S00000001" }],
        ["Case", FirstEntry with { Case = "c 17" }],
        ["Case", FirstEntry with { Case = "案" }],
        ["Case", FirstEntry with { Case = new('c', 65) }],
        ["DetailsCommitment", FirstEntry with { DetailsCommitment = Genesis.ToUpperInvariant() }],
        ["DetailsCommitment", FirstEntry with { DetailsCommitment = Genesis[1..] }],
        ["Sequence", FirstEntry with { Sequence = 0 }],
        ["MaxStars", FirstEntry with { MaxStars = -1 }],
        ["MaxStars", FirstEntry with { MaxStars = 5 }],
        ["Kind", FirstEntry with { Kind = (EntryKind)3 }],
        ["Reverses", FirstEntry with { Reverses = 1 }],
        ["Reverses", Reversal with { Reverses = null }],
        ["Reverses", Reversal with { Reverses = 0 }],
        ["Reverses", Reversal with { Reverses = 3 }],
    ];

    [TestMethod]
    [DynamicData(nameof(Unhashable))]
    public void Hash_FieldOfAnotherForm_ThrowsAndNamesIt(string field, LedgerEntry entry) =>
        Assert.StartsWith(field, Assert.ThrowsExactly<ArgumentException>(() => LedgerChain.Hash(Genesis, entry)).Message);

    [TestMethod]
    public void Hash_PreviousHashOfAnotherForm_Throws() => Assert.ThrowsExactly<ArgumentException>(() => LedgerChain.Hash("", FirstEntry));

    [TestMethod]
    [DataRow("")]
    [DataRow("Rongcheng")]
    [DataRow("a\nb")]
    public void Genesis_NameOfAnotherForm_Throws(string city) => Assert.ThrowsExactly<ArgumentException>(() => LedgerChain.Genesis(city));

    [TestMethod]
    [DataRow(15)]
    [DataRow(17)]
    [DataRow(0)]
    public void Commit_SaltOfAnotherLength_Throws(int length) => Assert.ThrowsExactly<ArgumentException>(() => LedgerChain.Commit(new byte[length], "{}"));

    [TestMethod]
    public void Commit_HalfASurrogatePair_Throws() =>
        Assert.Throws<ArgumentException>(() => LedgerChain.Commit(new byte[16], "\ud800"));

    [TestMethod]
    public void NewSalt_TwoOfThem_Are16BytesAndDiffer()
    {
        var (one, other) = (LedgerChain.NewSalt(), LedgerChain.NewSalt());
        Assert.HasCount(16, one);
        CollectionAssert.AreNotEqual(one, other);
    }
}
