using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Facts;

/// <summary>
/// Rules for hardware/facts.csv: a limit or a pin-out that anything rests on has a document and a place in it. One that somebody only
/// remembers stands in hardware/not-verified.md, with what would break and how to check it on the bench.
/// </summary>
internal static class FactsRules
{
    public static IReadOnlyList<string> Violations(string hardwareFolder)
    {
        var facts = Csv.Read(Path.Combine(hardwareFolder, "facts.csv"));
        var unverified = Unverified(Path.Combine(hardwareFolder, "not-verified.md"));
        var references = Csv.Read(Path.Combine(hardwareFolder, "bom.csv")).SelectMany(row => row["refs"].Split(' ')).Append("board").ToHashSet();
        return
        [
            .. facts.SelectMany(fact => Of(fact, references, unverified)),
            .. facts.GroupBy(fact => fact["id"]).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {same.Count()} facts of one name"),
            .. unverified.Keys.Except(facts.Where(fact => fact["status"] == "memory").Select(fact => fact["id"]))
                .Select(id => $"{id}: not-verified.md names a fact that is not from memory"),
        ];
    }

    private static IEnumerable<string> Of(TableRow fact, HashSet<string> references, Dictionary<string, string[]> unverified)
    {
        string id = fact["id"];
        if (!references.Contains(fact["part"]) || !id.StartsWith($"{fact["part"]}.", StringComparison.Ordinal))
            yield return $"{id}: part '{fact["part"]}' is not in bom.csv, or the name does not begin with it";
        double[] values = [.. new[] { "min", "typ", "max" }.Where(column => fact[column] != "").Select(fact.Number)];
        if (values.Length == 0 || !values.Order().SequenceEqual(values))
            yield return $"{id}: min, typ and max are missing or out of order";
        if (fact["status"] is not ("document" or "memory"))
            yield return $"{id}: status is '{fact["status"]}'";
        else if (fact["status"] == "document" && (fact["document"] == "" || fact["page"] == ""))
            yield return $"{id}: no document, or no place in it";
        else if (fact["status"] == "memory" && !unverified.ContainsKey(id))
            yield return $"{id}: from memory, and not in not-verified.md";
        else if (fact["status"] == "memory" && unverified[id].Any(text => text == ""))
            yield return $"{id}: not-verified.md does not say what would break or how to check it";
    }

    /// <summary>By fact: what would break, how to check it.</summary>
    private static Dictionary<string, string[]> Unverified(string path) => File.ReadLines(path)
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
        .SelectMany(cells => cells[0].Split(' ').Select(id => (Id: id.Trim('`', ','), Says: cells[1..])))
        .ToDictionary(item => item.Id, item => item.Says);
}
