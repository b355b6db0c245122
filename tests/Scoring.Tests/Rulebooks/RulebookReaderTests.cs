using CsCheck;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace Scoring.Tests.Rulebooks;

[TestClass]
public sealed class RulebookReaderTests
{
    [TestMethod]
    public void Read_EveryShippedFile_HasNoFaultAndIsNamedAfterItsContent()
    {
        Assert.HasCount(2, Shipped.Files);
        foreach (var file in Shipped.Files)
        {
            var reading = RulebookReader.Read(File.ReadAllText(file));
            Assert.IsTrue(reading.IsValid, string.Join('\n', reading.Faults));
            Assert.AreEqual($"{reading.Rulebook.Id}.{reading.Rulebook.EffectiveFrom:yyyy-MM-dd}", Path.GetFileNameWithoutExtension(file));
        }
    }

    [TestMethod]
    public void Read_Rongcheng_HasTheValuesOfTheDesign()
    {
        var rulebook = Shipped.Rongcheng;
        Assert.AreEqual((Points.FromWhole(1000), Points.Zero, Points.FromWhole(1050)), (rulebook.Base, rulebook.Floor, rulebook.Ceiling));
        Assert.AreEqual(new Window(WindowKind.Rolling, 12), rulebook.Window);
        CollectionAssert.AreEqual(new AgeingStep[] { new(0, 100), new(6, 50) }, rulebook.Ageing.ToArray());
        Assert.AreEqual(new MeritLimits(Points.FromWhole(50), 50, Age: false), rulebook.Merit);
        CollectionAssert.AreEqual(new[] { 990L, 900, 800, 700, 0 }, rulebook.Stars.Select(band => band.From.Hundredths / 100).ToArray());
        Assert.AreEqual(1, rulebook.LargestDrop);
        Assert.AreEqual(new Deadlines(10, 30, 15, 10), rulebook.Deadlines);
        Assert.HasCount(35, rulebook.Codes);
        Assert.AreEqual(Points.FromWhole(-50), rulebook.Find("S01")!.Points);
        Assert.AreEqual((0, 1), (rulebook.Find("T08")!.MaxStars, rulebook.Find("T07")!.MaxStars));
        Assert.AreEqual(new MeritCap(2, CapPeriod.Window), rulebook.Find("M03")!.Cap);
        Assert.AreEqual(new MeritCap(1, CapPeriod.Quarter), rulebook.Find("M04")!.Cap);
        Assert.IsNull(rulebook.Find("s01"));
    }

    [TestMethod]
    public void Read_National_HasYearlyCycleAndGrades()
    {
        var rulebook = Shipped.National;
        Assert.AreEqual(WindowKind.CalendarYear, rulebook.Window.Kind);
        CollectionAssert.AreEqual(new[] { "AAA", "AA", "A", "B" }, rulebook.Stars.Select(band => band.Label).ToArray());
        CollectionAssert.AreEqual(
            new[] { 1L, 3, 5, 10, 20 },
            rulebook.Codes.Where(code => code.Points < Points.Zero).Select(code => -code.Points.Hundredths / 100).Distinct().Order().ToArray());
        Assert.IsNull(rulebook.LargestDrop);
        Assert.IsNull(rulebook.Merit.OffsetPercent);
    }

    [TestMethod]
    public void Read_ShippedRules_CiteOrSayAssumed()
    {
        foreach (var rulebook in new[] { Shipped.Rongcheng, Shipped.National })
        {
            var sources = rulebook.Sources.Values.Concat(rulebook.Codes.Select(code => code.Source)).Concat(rulebook.Repair.Select(repair => repair.Source));
            foreach (var source in sources)
                Assert.IsTrue(source.Contains("assumed", StringComparison.Ordinal) || source.Any(char.IsAsciiDigit), source);
        }
    }

    [TestMethod]
    public void Read_ShippedCodes_TellEvidenceAndSourceInChineseToo()
    {
        foreach (var code in Shipped.Rongcheng.Codes.Concat(Shipped.National.Codes))
            Assert.IsTrue(code is { EvidenceZh.Length: > 0, SourceZh.Length: > 0 }, code.Id);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("{}x")]
    [DataRow("{\"id\":\"a\",}")]
    [DataRow("// comment")]
    [DataRow("{\"id\":\"\\ud800\"}", DisplayName = "half a surrogate pair in a value")]
    [DataRow("{\"\\udc00\":1}", DisplayName = "half a surrogate pair in a name")]
    public void Read_NotJson_IsOneFaultAtTheRoot(string json)
    {
        var reading = RulebookReader.Read(json);
        Assert.IsFalse(reading.IsValid);
        Assert.AreEqual("$", reading.Faults.Single().Path);
    }

    [TestMethod]
    public void Read_NestedTooDeeply_IsOneFaultAtTheRoot() =>
        Assert.AreEqual("$", RulebookReader.Read(new string('[', 100_000)).Faults.Single().Path);

    [TestMethod]
    [DataRow("null")]
    [DataRow("[]")]
    [DataRow("1e999")]
    public void Read_NotAnObject_SaysSo(string json) =>
        Assert.Contains(new RulebookFault("$", "is not an object"), RulebookReader.Read(json).Faults);

    [TestMethod]
    public void Read_EmptyObject_NamesEveryMissingProperty()
    {
        var missing = RulebookReader.Read("{}").Faults.Where(fault => fault.Message == "is missing").Select(fault => fault.Path).ToArray();
        CollectionAssert.AreEquivalent(
            new[]
            {
                "$.id", "$.effectiveFrom", "$.name", "$.base", "$.floor", "$.ceiling", "$.window", "$.ageing", "$.merit", "$.stars",
                "$.probationDaysOnShift", "$.deadlines", "$.sources", "$.codes", "$.repair",
            },
            missing);
    }

    [TestMethod]
    public void Read_TruncatedAnywhere_IsRefusedAndNeverThrows()
    {
        var text = Shipped.Text("cn-national.2022-01-01.json").TrimEnd();
        for (var length = 0; length < text.Length; length++) Assert.IsFalse(RulebookReader.Read(text[..length]).IsValid);
    }

    [TestMethod]
    public void Read_AnyFewCharactersChanged_IsARulebookOrFaultsAndNeverThrows()
    {
        var text = Shipped.Text("cn-national.2022-01-01.json");
        var changes = Gen.Select(Gen.Int[0, text.Length - 1], Gen.OneOf("{}[]\",:.-0159eE\\u ntrule\0\ud800错".ToCharArray())).Array[1, 4];
        Property.Holds(changes, seed: 20171209, cases: 3_000, places =>
        {
            var broken = text.ToCharArray();
            foreach (var (index, character) in places) broken[index] = character;
            var reading = RulebookReader.Read(new(broken));
            Assert.AreEqual(reading.IsValid, reading.Faults.Count == 0);
        });
    }
}
