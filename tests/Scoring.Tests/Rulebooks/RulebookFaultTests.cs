using System.Text.Json.Nodes;
using TaxiCredit.Scoring.Rulebooks;

namespace Scoring.Tests.Rulebooks;

/// <summary>Each case breaks one thing in a sound rulebook and expects the fault at its path, and no other.</summary>
[TestClass]
public sealed class RulebookFaultTests
{
    private const string Sound = """
        {
          "id": "test", "effectiveFrom": "2020-01-01", "name": {"zh": "测试", "en": "Test"},
          "base": 100, "floor": 0, "ceiling": 120,
          "window": {"kind": "rolling", "months": 12},
          "ageing": [{"fromMonths": 0, "weightPercent": 100}, {"fromMonths": 6, "weightPercent": 50}],
          "merit": {"limit": 10, "offsetPercent": 50, "age": false},
          "stars": [{"stars": 4, "from": 99, "label": "AAA"}, {"stars": 2, "from": 50}, {"stars": 0, "from": 0}],
          "largestDrop": 1, "probationDaysOnShift": 60,
          "deadlines": {"caseDays": 10, "complexCaseDays": 30, "objectionDays": 15, "rulingWorkingDays": 10},
          "sources": {"effectiveFrom": "assumed", "base": "assumed", "floor": "assumed", "ceiling": "assumed", "window": "assumed", "ageing": "assumed",
            "merit": "assumed", "stars": "assumed", "largestDrop": "assumed", "probationDaysOnShift": "assumed", "deadlines": "assumed"},
          "codes": [
            {"id": "S01", "zh": "绕道", "en": "Detour", "category": "service", "points": -50, "evidence": "track", "source": "assumed"},
            {"id": "T08", "zh": "醉驾", "en": "Drunk", "category": "safety", "points": 0, "evidence": "police", "maxStars": 0, "source": "assumed"},
            {"id": "M01", "zh": "归还", "en": "Returned", "category": "merit", "points": 5.25, "evidence": "owner",
              "cap": {"count": 2, "per": "quarter"}, "source": "assumed"}
          ],
          "repair": [{"id": "R01", "zh": "课程", "en": "Course", "points": 15, "cleanMonths": 0, "everyMonths": 12, "source": "assumed"}]
        }
        """;

    [TestMethod]
    public void Read_SoundRulebook_HasNoFault() => Assert.IsEmpty(RulebookReader.Read(Sound).Faults);

    [TestMethod]
    [DataRow("$.id", "\"Test\"")]
    [DataRow("$.id", "\"\"")]
    [DataRow("$.id", "7")]
    [DataRow("$.effectiveFrom", "\"2020-02-30\"")]
    [DataRow("$.effectiveFrom", "\"1.1.2020\"")]
    [DataRow("$.name", "\"Test\"")]
    [DataRow("$.name.zh", "\" \"")]
    [DataRow("$.base", "-0.01", DisplayName = "base 0.01 below the floor")]
    [DataRow("$.base", "120.01", DisplayName = "base 0.01 above the ceiling")]
    [DataRow("$.base", "\"100\"")]
    [DataRow("$.base", "100.001")]
    [DataRow("$.ceiling", "100000.01")]
    [DataRow("$.ceiling", "1e30")]
    [DataRow("$.window.kind", "\"weekly\"")]
    [DataRow("$.window.months", "121")]
    [DataRow("$.window.months", "12.5")]
    [DataRow("$.ageing", "[]")]
    [DataRow("$.ageing", "{}")]
    [DataRow("$.ageing[0].fromMonths", "1")]
    [DataRow("$.ageing[1].fromMonths", "0")]
    [DataRow("$.ageing[1].fromMonths", "12", DisplayName = "step at the end of the window")]
    [DataRow("$.ageing[1].weightPercent", "100")]
    [DataRow("$.ageing[1].weightPercent", "-1")]
    [DataRow("$.ageing[1]", "50")]
    [DataRow("$.merit.limit", "-0.01")]
    [DataRow("$.merit.offsetPercent", "101")]
    [DataRow("$.merit.offsetPercent", "null")]
    [DataRow("$.merit.age", "0")]
    [DataRow("$.stars", "[]")]
    [DataRow("$.stars[0].stars", "5")]
    [DataRow("$.stars[0].from", "120.01")]
    [DataRow("$.stars[0].label", "\"\"")]
    [DataRow("$.stars[1].stars", "4", DisplayName = "stars not descending")]
    [DataRow("$.stars[1].from", "99", DisplayName = "thresholds not descending")]
    [DataRow("$.stars[2].from", "-1")]
    [DataRow("$.largestDrop", "0")]
    [DataRow("$.largestDrop", "5")]
    [DataRow("$.probationDaysOnShift", "-1")]
    [DataRow("$.deadlines.complexCaseDays", "9")]
    [DataRow("$.deadlines.objectionDays", "0")]
    [DataRow("$.deadlines.hearingDays", "0")]
    [DataRow("$.deadlines.hearingDays", "61")]
    [DataRow("$.deadlines.hearingDays", "1.5")]
    [DataRow("$.sources.window", "\"\"")]
    [DataRow("$.codes", "[]")]
    [DataRow("$.codes[0].id", "\"S-01\"")]
    [DataRow("$.codes[0].category", "\"speed\"")]
    [DataRow("$.codes[0].points", "0.01")]
    [DataRow("$.codes[0].points", "0", DisplayName = "a deduction of nothing")]
    [DataRow("$.codes[0].cap", "{\"count\": 1, \"per\": \"window\"}", DisplayName = "a cap on a deduction")]
    [DataRow("$.codes[1].id", "\"S01\"", DisplayName = "a code used twice")]
    [DataRow("$.codes[1].maxStars", "4")]
    [DataRow("$.codes[2].points", "-5")]
    [DataRow("$.codes[2].points", "0")]
    [DataRow("$.codes[2].maxStars", "1", DisplayName = "a merit that limits the stars")]
    [DataRow("$.codes[2].cap.count", "0")]
    [DataRow("$.codes[2].cap.per", "\"year\"")]
    [DataRow("$.repair[0].id", "\"M01\"", DisplayName = "a repair with the id of a code")]
    [DataRow("$.repair[0].points", "0")]
    [DataRow("$.repair[0].everyMonths", "0")]
    [DataRow("$.repair[0].makesGood", "1")]
    [DataRow("$.unknown", "1")]
    [DataRow("$.codes[2].cap.unknown", "1")]
    public void Read_OneThingWrong_IsTheOneFaultAtItsPath(string path, string value)
    {
        var reading = RulebookReader.Read(With(path, value));
        Assert.IsNull(reading.Rulebook);
        Assert.AreEqual(path, reading.Faults.Single().Path, string.Join('\n', reading.Faults));
    }

    [TestMethod]
    public void Read_CalendarYearWithMonths_RefusesTheMonths() =>
        Assert.AreEqual("$.window.months", RulebookReader.Read(With("$.window.kind", "\"calendar-year\"")).Faults.Single().Path);

    [TestMethod]
    public void Read_NoBandFromTheFloor_IsAFaultOfTheStars() =>
        Assert.AreEqual("$.stars", RulebookReader.Read(With("$.stars[2].from", "0.01")).Faults.Single().Path);

    [TestMethod]
    public void Read_FloorAboveCeiling_IsNamedBesideWhatItBreaks() =>
        Assert.Contains(new RulebookFault("$.floor", "is above the ceiling"), RulebookReader.Read(With("$.floor", "121")).Faults);

    [TestMethod]
    public void Read_PropertyGivenTwice_IsRefused() =>
        Assert.AreEqual(
            "$.id",
            RulebookReader.Read(Sound.Replace("\"base\": 100", "\"id\": \"other\", \"base\": 100", StringComparison.Ordinal)).Faults.Single().Path);

    [TestMethod]
    public void Read_PropertyWithAStrangeName_IsQuotedInThePath() =>
        Assert.AreEqual("$['it\\'s']", RulebookReader.Read(With("$.it's", "1")).Faults.Single().Path);

    [TestMethod]
    public void Read_ManyThingsWrong_NamesThemAll()
    {
        var text = new[] { ("$.base", "200"), ("$.window.months", "0"), ("$.codes[0].points", "5"), ("$.codes[2].id", "\"S01\""), ("$.extra", "1") }
            .Aggregate(Sound, (json, change) => With(change.Item1, change.Item2, json));
        CollectionAssert.AreEqual(
            new[] { "$.base", "$.window.months", "$.codes[0].points", "$.codes[2].id", "$.extra" },
            RulebookReader.Read(text).Faults.Select(fault => fault.Path).ToArray());
    }

    /// <summary>The rulebook with the value at a path replaced or added.</summary>
    private static string With(string path, string value, string json = Sound)
    {
        var root = JsonNode.Parse(json)!;
        var node = root;
        var steps = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.')[1..];
        foreach (var step in steps[..^1]) node = int.TryParse(step, out var index) ? node![index] : node![step];
        if (int.TryParse(steps[^1], out var last)) node![last] = JsonNode.Parse(value);
        else node![steps[^1]] = JsonNode.Parse(value);
        return root.ToJsonString();
    }
}
