using System.Text.Json.Nodes;
using TaxiCredit.Scoring.Rulebooks;

namespace Scoring.Tests.Rulebooks;

/// <summary>What is rule in a rulebook's file, and what is only said about it.</summary>
[TestClass]
public sealed class RulesHashTests
{
    /// <summary>Without floor, which is where the last band begins, and the kind of a window.</summary>
    private static readonly string[] Counts =
    [
        "id", "effectiveFrom", "base", "ceiling", "months", "fromMonths", "weightPercent", "limit", "offsetPercent", "age", "stars", "from",
        "largestDrop", "probationDaysOnShift", "caseDays", "complexCaseDays", "objectionDays", "rulingWorkingDays", "category", "points", "maxStars", "count",
        "per", "cleanMonths", "everyMonths",
    ];

    private static readonly string[] OnlySaid = ["$schema", "zh", "en", "evidence", "evidenceZh", "source", "sourceZh", "label", "sources"];

    /// <summary>Each value of either shipped file, by the name of its property: another value is another hash if it counts, and the same if not.</summary>
    [TestMethod]
    public void Of_EachValueOfTheFile_ChangesIfAndOnlyIfItCounts()
    {
        var tried = new HashSet<string>();
        foreach (var file in Shipped.Files)
        {
            var document = JsonNode.Parse(File.ReadAllText(file))!;
            var hash = HashOf(document)!;
            foreach (var (owner, name, property) in Values(document, ""))
            {
                var value = owner[name]!.DeepClone();
                foreach (var other in Others(value))
                {
                    owner[name] = other;
                    if (HashOf(document) is not { } changed)
                        continue;
                    Assert.AreEqual(Counts.Contains(property), changed != hash, $"{Path.GetFileName(file)} {owner.GetPath()}.{name}: {value} as {other}");
                    tried.Add(property);
                    break;
                }

                owner[name] = value;
            }
        }

        Assert.AreEqual("", string.Join(", ", Counts.Concat(OnlySaid).Except(tried)), "every property is tried");
    }

    [TestMethod]
    public void Of_CodesInAnotherOrder_IsTheSame()
    {
        var document = JsonNode.Parse(Shipped.Text("rongcheng-taxi.2016-01-01.json"))!;
        var hash = HashOf(document);
        document["codes"] = new JsonArray([.. document["codes"]!.AsArray().Reverse().Select(code => code!.DeepClone())]);

        Assert.AreEqual(hash, HashOf(document));
    }

    [TestMethod]
    [DataRow(1, true)]
    [DataRow(4, true)]
    [DataRow(5, false, DisplayName = "what a silent rulebook means")]
    [DataRow(60, true)]
    public void Of_HearingDays_IsAnotherIfTheyAre(int days, bool isAnother)
    {
        var document = JsonNode.Parse(Shipped.Text("rongcheng-taxi.2016-01-01.json"))!;
        var hash = HashOf(document);
        document["deadlines"]!["hearingDays"] = days;

        Assert.AreEqual(days, RulebookReader.Read(document.ToJsonString()).Rulebook!.Deadlines.HearingDays);
        Assert.AreEqual(isAnother, hash != HashOf(document));
    }

    [TestMethod]
    [DataRow(true, true)]
    [DataRow(false, false, DisplayName = "what a silent rulebook means")]
    public void Of_ARepairThatMakesGood_IsAnotherIfItDoes(bool makesGood, bool isAnother)
    {
        var document = JsonNode.Parse(Shipped.Text("rongcheng-taxi.2016-01-01.json"))!;
        var hash = HashOf(document);
        document["repair"]![0]!["makesGood"] = makesGood;

        Assert.AreEqual(makesGood, RulebookReader.Read(document.ToJsonString()).Rulebook!.Repair[0].MakesGood);
        Assert.AreEqual(isAnother, hash != HashOf(document));
    }

    /// <summary>A kind of window cannot be changed alone: only one of them has months.</summary>
    [TestMethod]
    public void Of_WindowOfAnotherKind_IsAnother()
    {
        var document = JsonNode.Parse(Shipped.Text("rongcheng-taxi.2016-01-01.json"))!;
        var hash = HashOf(document);
        document["window"] = new JsonObject { ["kind"] = "calendar-year" };

        Assert.IsNotNull(HashOf(document));
        Assert.AreNotEqual(hash, HashOf(document));
    }

    /// <summary>Worked out from the file by a program that is not this one.</summary>
    [TestMethod]
    public void Of_TheShippedRules_IsTheNumberWorkedOutElsewhere() =>
        Assert.AreEqual("654b43953a6d550d39d38fc19ab0d011dbb9e2f62f3a7dfb2eb6e9c4751fd869", RulesHash.Of(Shipped.Rongcheng));

    private static string? HashOf(JsonNode document) => RulebookReader.Read(document.ToJsonString()).Rulebook is { } rules ? RulesHash.Of(rules) : null;

    private static IEnumerable<(JsonObject Owner, string Name, string Property)> Values(JsonNode node, string within)
    {
        if (node is JsonArray list)
            return list.SelectMany(item => Values(item!, within));
        var owner = node.AsObject();
        return owner.Select(property => property.Key).ToArray().SelectMany(name => owner[name] is JsonValue
            ? [(owner, name, within == "sources" ? within : name)]
            : Values(owner[name]!, name));
    }

    private static IEnumerable<JsonNode> Others(JsonNode value)
    {
        if (value.GetValueKind() is System.Text.Json.JsonValueKind.Number)
            return new[] { 1, -1, 5, -5, 10 }.Select(step => (JsonNode)(value.GetValue<decimal>() + step));
        if (value.GetValueKind() is not System.Text.Json.JsonValueKind.String)
            return [!value.GetValue<bool>()];
        var text = value.GetValue<string>();
        return new[] { "service", "peer", "window", "quarter", "rolling", "calendar-year", "2016-01-02", text + "X", text + "x" }
            .Where(other => other != text).Select(other => (JsonNode)other);
    }
}
