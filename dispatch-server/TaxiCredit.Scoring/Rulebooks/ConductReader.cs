namespace TaxiCredit.Scoring.Rulebooks;

/// <summary>Reads the lines of a rulebook that have an id: conduct codes and repairs.</summary>
internal static class ConductReader
{
    private const string CodeName = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    /// <param name="item">The conduct's object.</param>
    /// <param name="ids">Ids read so far; the conduct's is added.</param>
    public static ConductCode? Code(JsonCursor item, HashSet<string> ids)
    {
        var id = UniqueId(item, ids);
        var (zh, en, evidence, source) = (item.Text("zh"), item.Text("en"), item.Text("evidence"), item.Text("source"));
        var (evidenceZh, sourceZh) = (OptionalText(item, "evidenceZh"), OptionalText(item, "sourceZh"));
        var category = (ConductCategory?)item.OneOf("category", "service", "safety", "peer", "merit");
        var points = item.Points("points");
        var (hasLimit, hasCap) = (item.Has("maxStars"), item.Has("cap"));
        var maxStars = hasLimit ? item.Integer("maxStars", 0, 3) : null;
        var cap = hasCap ? Cap(item.Object("cap")) : null;
        if (category == ConductCategory.Merit)
        {
            item.Refuse(points <= Points.Zero, "points", "of a merit are not positive");
            item.Refuse(hasLimit, "maxStars", "stands on a merit");
        }
        else if (category is not null)
        {
            item.Refuse(points > Points.Zero, "points", "of a deduction are positive");
            item.Refuse(points == Points.Zero && !hasLimit, "points", "are zero where no maxStars bites");
            item.Refuse(hasCap, "cap", "stands on a deduction");
        }

        return item.Close() ? new(id!, zh!, en!, category!.Value, points!.Value, evidence!, maxStars, cap, source!, evidenceZh, sourceZh) : null;
    }

    /// <param name="item">The repair's object.</param>
    /// <param name="ids">Ids read so far; the repair's is added.</param>
    public static RepairRule? Repair(JsonCursor item, HashSet<string> ids)
    {
        var id = UniqueId(item, ids);
        var (zh, en, source) = (item.Text("zh"), item.Text("en"), item.Text("source"));
        var sourceZh = OptionalText(item, "sourceZh");
        var points = item.Points("points");
        item.Refuse(points <= Points.Zero, "points", "of a repair are not positive");
        var (clean, every) = (item.Integer("cleanMonths", 0, 120), item.Integer("everyMonths", 1, 120));
        var makesGood = item.Has("makesGood") ? item.Flag("makesGood") : false;
        return item.Close() ? new(id!, zh!, en!, points!.Value, clean!.Value, every!.Value, source!, sourceZh, makesGood!.Value) : null;
    }

    private static string? UniqueId(JsonCursor item, HashSet<string> ids)
    {
        var id = item.Id("id", CodeName, 8);
        item.Refuse(id is not null && !ids.Add(id), "id", $"{id} is used twice");
        return id;
    }

    private static string? OptionalText(JsonCursor item, string name) => item.Has(name) ? item.Text(name) : null;

    private static MeritCap? Cap(JsonCursor? item)
    {
        if (item is null) return null;
        var count = item.Integer("count", 1, 1000);
        var per = (CapPeriod?)item.OneOf("per", "window", "quarter");
        return item.Close() ? new(count!.Value, per!.Value) : null;
    }
}
