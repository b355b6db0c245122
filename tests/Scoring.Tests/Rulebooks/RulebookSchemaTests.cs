using System.Text.Json.Nodes;
using TaxiCredit.Scoring.Rulebooks;

namespace Scoring.Tests.Rulebooks;

/// <summary>The schema and the reader must know the same properties, and hold the same ones to be required.</summary>
[TestClass]
public sealed class RulebookSchemaTests
{
    private static readonly JsonObject Schema = JsonNode.Parse(Shipped.Text("rulebook.schema.json"))!.AsObject();

    [TestMethod]
    public void Schema_ObjectsOfShippedRulebooks_HaveOnlyItsProperties()
    {
        var used = new HashSet<string>();
        foreach (var file in Shipped.Files)
            Walk(JsonNode.Parse(File.ReadAllText(file))!, Schema, "$", (schemaPath, name, _) => used.Add($"{schemaPath}.{name}"));
        // Those in force hold to what it is without it.
        used.UnionWith(["$.deadlines.hearingDays", "$.repair.makesGood"]);
        CollectionAssert.AreEquivalent(
            SchemaProperties(Schema, "$").ToArray(), used.ToArray(), "Some property of the schema is in no shipped rulebook, or the other way round.");
    }

    [TestMethod]
    public void Schema_RequiredProperties_AreThoseThatTheReaderMisses()
    {
        foreach (var file in Shipped.Files)
        {
            var rulebook = JsonNode.Parse(File.ReadAllText(file))!;
            Walk(rulebook, Schema, "$", (_, name, at) =>
            {
                var (owner, schema, path) = at;
                var index = owner.IndexOf(name);
                var value = owner[name];
                owner.Remove(name);
                var missed = RulebookReader.Read(rulebook.ToJsonString()).Faults.Contains(new($"{path}.{name}", "is missing"));
                owner.Insert(index, name, value);
                // What the reader wants depends on the kind of window; a schema without conditions cannot say so.
                var required = schema["required"]!.AsArray().Any(item => (string)item! == name) || $"{path}.{name}" == "$.window.months";
                Assert.AreEqual(required, missed, $"{path}.{name}");
            });
        }
    }

    /// <summary>Visits every property of a document together with the schema of the object that holds it.</summary>
    private static void Walk(
        JsonNode node, JsonObject schema, string path, Action<string, string, (JsonObject Owner, JsonObject Schema, string Path)> visit,
        string? schemaPath = null)
    {
        schemaPath ??= path;
        if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++) Walk(list[i]!, schema["items"]!.AsObject(), $"{path}[{i}]", visit, schemaPath);
        }
        else if (node is JsonObject owner)
        {
            foreach (var name in owner.Select(property => property.Key).ToArray())
            {
                var below = schema["properties"]?[name]?.AsObject() ?? throw new AssertFailedException($"{path}.{name} is not in the schema.");
                visit(schemaPath, name, (owner, schema, path));
                Walk(owner[name]!, below, $"{path}.{name}", visit, $"{schemaPath}.{name}");
            }
        }
    }

    private static IEnumerable<string> SchemaProperties(JsonObject schema, string path)
    {
        var holder = schema["items"]?.AsObject() ?? schema;
        foreach (var (name, below) in holder["properties"]?.AsObject() ?? [])
        {
            yield return $"{path}.{name}";
            foreach (var deeper in SchemaProperties(below!.AsObject(), $"{path}.{name}")) yield return deeper;
        }
    }
}
