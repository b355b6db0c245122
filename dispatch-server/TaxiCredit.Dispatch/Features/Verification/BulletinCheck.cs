using System.Text;
using System.Text.Json;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Statistics.Bulletins;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Whether a bulletin that somebody has kept says what follows from the database: each figure is worked out again, and compared by its name.</summary>
/// <param name="findings">Expected is what follows from the database, found what the file says.</param>
internal sealed class BulletinCheck(DispatchContext db, Findings findings)
{
    private const string Table = "Bulletin";

    /// <summary>What a file says that it is.</summary>
    /// <exception cref="FormatException">It is no bulletin; the message says why.</exception>
    public static KeptBulletin Read(string json)
    {
        try
        {
            using var file = JsonDocument.Parse(json);
            var root = file.RootElement;
            if (root.GetProperty("form").GetString() is var form && form != Bulletin.FormName)
                throw new FormatException($"'{form}' is not the form {Bulletin.FormName}.");
            var (figures, anchor) = (root.GetProperty("figures"), root.GetProperty("anchor"));
            return new(
                json, figures.GetProperty("period").GetString() ?? "", figures.GetProperty("edition").GetInt32(), anchor.GetProperty("checkpoint").GetString());
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"It is no bulletin: {malformed.Message}", malformed);
        }
    }

    public async Task RunAsync(KeptBulletin kept, CancellationToken stop)
    {
        var key = $"{kept.Period}/{kept.Edition}";
        var close = (await Bulletin.EditionsAsync(kept.Period, db, stop)).Find(c => c.Revision == kept.Edition);
        if (close is null)
        {
            findings.Differs(Table, key, "edition", "one that is published", "one that is not");
            return;
        }

        // Not from the shelf: nothing that was worked out before counts here.
        var expected = new Bulletin(
            Bulletin.FormName, await BulletinShelf.ReadAsync(close, db, stop),
            await Bulletin.AnchorAsync(close, db, stop) with { Checkpoint = kept.Checkpoint });
        var before = findings.Differences;
        var written = Encoding.UTF8.GetString(BulletinJson.Write(expected));
        using var follows = JsonDocument.Parse(written);
        using var says = JsonDocument.Parse(kept.Json);
        Compare(key, "", follows.RootElement, says.RootElement);
        // A figure that is named twice, say: one program reads the first, another the last.
        if (findings.Differences == before && kept.Json.ReplaceLineEndings("\n").TrimEnd() != written.TrimEnd())
            findings.Differs(Table, key, "file", "as it was downloaded", "the same figures, written otherwise");
    }

    /// <param name="name">Of the property, <c>figures.complaints.lines[0].count</c>.</param>
    private void Compare(string key, string name, JsonElement expected, JsonElement found)
    {
        if (expected.ValueKind != found.ValueKind || expected.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            if (expected.GetRawText() != found.GetRawText() && !(expected.ValueKind == JsonValueKind.String && found.ValueKind == JsonValueKind.String
                && expected.GetString() == found.GetString()))
                findings.Differs(Table, key, name, expected.GetRawText(), found.GetRawText());
        }
        else if (expected.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in expected.EnumerateObject())
            {
                var inner = name.Length == 0 ? property.Name : $"{name}.{property.Name}";
                if (found.TryGetProperty(property.Name, out var other))
                    Compare(key, inner, property.Value, other);
                else
                    findings.Differs(Table, key, inner, property.Value.GetRawText(), "none");
            }

            foreach (var beyond in found.EnumerateObject().Where(property => !expected.TryGetProperty(property.Name, out _)))
                findings.Differs(Table, key, name.Length == 0 ? beyond.Name : $"{name}.{beyond.Name}", "none", beyond.Value.GetRawText());
        }
        else if (expected.GetArrayLength() != found.GetArrayLength())
        {
            findings.Differs(Table, key, $"{name}, number of lines", expected.GetArrayLength(), found.GetArrayLength());
        }
        else
        {
            for (var line = 0; line < expected.GetArrayLength(); line++)
                Compare(key, $"{name}[{line}]", expected[line], found[line]);
        }
    }
}

/// <summary>A bulletin as somebody has kept it.</summary>
/// <param name="Json">The whole file.</param>
internal sealed record KeptBulletin(string Json, string Period, int Edition, string? Checkpoint);
