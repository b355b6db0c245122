using System.Text;
using System.Text.Json;

namespace TaxiCredit.Scoring.Rulebooks;

/// <summary>Reads a rulebook's file: JSON as <c>rulebook.schema.json</c> says, and free of contradictions, which a schema cannot express.</summary>
public static class RulebookReader
{
    private const string LowerName = "abcdefghijklmnopqrstuvwxyz0123456789-";

    /// <summary>The rules that need an entry in <c>sources</c>.</summary>
    private static readonly string[] SourcedRules =
        ["effectiveFrom", "base", "floor", "ceiling", "window", "ageing", "merit", "stars", "largestDrop", "probationDaysOnShift", "deadlines"];

    /// <summary>Reads a rulebook.</summary>
    /// <param name="json">Any text. Whatever is wrong with it comes back as faults; nothing is thrown.</param>
    public static RulebookReading Read(string json)
    {
        var faults = new List<RulebookFault>();
        var bytes = Encoding.UTF8.GetBytes(json);
        if (FaultOfForm(bytes) is { } fault) return new(null, [fault]);
        using var document = JsonDocument.Parse(bytes);
        var rulebook = Rulebook(new(document.RootElement, "$", faults));
        return new(rulebook, faults);
    }

    /// <summary>Reads every token once: after this neither the document nor any text in it can throw.</summary>
    private static RulebookFault? FaultOfForm(byte[] bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read())
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
            return null;
        }
        catch (JsonException e)
        {
            return new("$", $"is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}): {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            // An escaped half of a surrogate pair: well-formed JSON, but no text.
            return new("$", $"holds a text that is not Unicode: {e.Message}");
        }
    }

    private static Rulebook? Rulebook(JsonCursor root)
    {
        root.Ignore("$schema");
        var id = root.Id("id", LowerName, 32);
        var effectiveFrom = root.Date("effectiveFrom");
        var name = Name(root.Object("name"));
        var (start, floor, ceiling) = (root.Points("base"), root.Points("floor"), root.Points("ceiling"));
        root.Refuse(start < floor, "base", "is below the floor");
        root.Refuse(start > ceiling, "base", "is above the ceiling");
        root.Refuse(floor > ceiling, "floor", "is above the ceiling");
        var window = Window(root.Object("window"));
        var ageing = Ageing(root, window);
        var merit = Merit(root.Object("merit"));
        var stars = Stars(root, floor, ceiling);
        var largestDrop = root.Has("largestDrop") ? root.Integer("largestDrop", 1, 4) : null;
        var probation = root.Integer("probationDaysOnShift", 0, 3660);
        var deadlines = Deadlines(root.Object("deadlines"));
        var sources = Sources(root.Object("sources"));
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var codes = root.List("codes", 1).Select(item => ConductReader.Code(item, ids)).ToList();
        var repair = root.List("repair", 0).Select(item => ConductReader.Repair(item, ids)).ToList();
        if (!root.Close()) return null;
        return new()
        {
            Id = id!,
            EffectiveFrom = effectiveFrom!.Value,
            Name = name!,
            Base = start!.Value,
            Floor = floor!.Value,
            Ceiling = ceiling!.Value,
            Window = window!,
            Ageing = ageing,
            Merit = merit!,
            Stars = stars,
            LargestDrop = largestDrop,
            ProbationDaysOnShift = probation!.Value,
            Deadlines = deadlines!,
            Sources = sources!,
            Codes = codes!,
            Repair = repair!,
        };
    }

    private static BilingualName? Name(JsonCursor? item)
    {
        if (item is null) return null;
        var (zh, en) = (item.Text("zh"), item.Text("en"));
        return item.Close() ? new(zh!, en!) : null;
    }

    private static Window? Window(JsonCursor? item)
    {
        if (item is null) return null;
        var kind = (WindowKind?)item.OneOf("kind", "rolling", "calendar-year");
        var months = kind == WindowKind.CalendarYear ? 12 : item.Integer("months", 1, 120);
        return item.Close() ? new(kind!.Value, months!.Value) : null;
    }

    private static List<AgeingStep> Ageing(JsonCursor root, Window? window)
    {
        var steps = new List<AgeingStep>();
        var (lastFrom, lastWeight) = ((int?)null, (int?)null);
        foreach (var item in root.List("ageing", 1))
        {
            var (from, weight) = (item.Integer("fromMonths", 0, 119), item.Integer("weightPercent", 0, 100));
            item.Refuse(lastFrom is null && from > 0, "fromMonths", "of the first step is not 0");
            item.Refuse(from <= lastFrom, "fromMonths", "is not later than the step before");
            item.Refuse(from >= window?.Months, "fromMonths", "is never reached within the window");
            item.Refuse(weight >= lastWeight, "weightPercent", "is not lower than the step before");
            (lastFrom, lastWeight) = (from ?? lastFrom ?? 0, weight ?? lastWeight);
            if (item.Close()) steps.Add(new(from!.Value, weight!.Value));
        }

        return steps;
    }

    private static MeritLimits? Merit(JsonCursor? item)
    {
        if (item is null) return null;
        var limit = item.Points("limit");
        item.Refuse(limit < Points.Zero, "limit", "is negative");
        var offset = item.Has("offsetPercent") ? item.Integer("offsetPercent", 0, 100) : null;
        var age = item.Flag("age");
        return item.Close() ? new(limit!.Value, offset, age!.Value) : null;
    }

    private static List<StarBand> Stars(JsonCursor root, Points? floor, Points? ceiling)
    {
        var bands = new List<StarBand>();
        var (lastStars, lastFrom) = ((int?)null, (Points?)null);
        foreach (var item in root.List("stars", 1))
        {
            var (stars, from) = (item.Integer("stars", 0, 4), item.Points("from"));
            var label = item.Has("label") ? item.Text("label") : null;
            item.Refuse(stars >= lastStars, "stars", "is not lower than in the band before");
            item.Refuse(from >= lastFrom, "from", "is not lower than in the band before");
            item.Refuse(from < floor, "from", "is below the floor");
            item.Refuse(from > ceiling, "from", "is above the ceiling");
            (lastStars, lastFrom) = (stars ?? lastStars, from ?? lastFrom);
            if (item.Close()) bands.Add(new(stars!.Value, from!.Value, label));
        }

        root.Refuse(lastFrom > floor, "stars", "has no band that begins at the floor");
        return bands;
    }

    private static Deadlines? Deadlines(JsonCursor? item)
    {
        if (item is null) return null;
        var (days, complex) = (item.Integer("caseDays", 1, 365), item.Integer("complexCaseDays", 1, 365));
        item.Refuse(complex < days, "complexCaseDays", "is shorter than caseDays");
        var (objection, ruling) = (item.Integer("objectionDays", 1, 365), item.Integer("rulingWorkingDays", 1, 365));
        var hearing = item.Has("hearingDays") ? item.Integer("hearingDays", 1, 60) : Rulebooks.Deadlines.UsualHearingDays;
        return item.Close() ? new(days!.Value, complex!.Value, objection!.Value, ruling!.Value, hearing!.Value) : null;
    }

    private static Dictionary<string, string>? Sources(JsonCursor? item)
    {
        if (item is null) return null;
        var sources = SourcedRules.ToDictionary(rule => rule, rule => item.Text(rule)!);
        return item.Close() ? sources : null;
    }
}
