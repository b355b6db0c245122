namespace TaxiCredit.Dispatch.Features.Statistics.Bulletins;

/// <summary>What a table counts under one name, before anybody may see it.</summary>
/// <param name="Drivers">Ids of those whom it is about.</param>
internal sealed record Cell(string Key, int Count, IReadOnlySet<int> Drivers)
{
    public static Cell Of(string key, IReadOnlyCollection<int> driverOfEach) => new(key, driverOfEach.Count, driverOfEach.ToHashSet());

    /// <summary>Of cells that are told as one.</summary>
    public static Cell Of(string key, IReadOnlyCollection<Cell> parts) =>
        new(key, parts.Sum(part => part.Count), parts.SelectMany(part => part.Drivers).ToHashSet());

    /// <summary>Tells of so many that it points at none of them: at nobody who complained, and at no driver.</summary>
    public bool Stands => Count >= SmallCells.FewestPeople && Drivers.Count >= SmallCells.FewestPeople;
}

/// <summary>A line that may be seen: one name, or several that were merged.</summary>
/// <param name="Keys">In the order of the table. Of several, nobody is told which of them were small, or whether any of them happened.</param>
internal sealed record Merged(IReadOnlyList<string> Keys, int Count);

/// <summary>
/// Merges small cells upward, so that the lines of a table add up to its total and no line, sum or difference tells of fewer than five people.
/// </summary>
/// <remarks>
/// Cells that do not stand become one line with those that are empty. While that line does not stand either, the last one that does goes along: by its place
/// in the table and not by its size, as a choice by size would tell something of it. A line that is as large as so many small cells can be at most would tell
/// each of them, and takes another along too. ADR 0087; <c>SmallCellsTests</c> tries every table of up to five cells.
/// </remarks>
internal static class SmallCells
{
    /// <summary>Below it a figure would point at people.</summary>
    public const int FewestPeople = 5;

    /// <param name="cells">Every name that the table knows, in an order that follows from the names alone.</param>
    /// <returns>Lines that add up to the total, what was merged last; none where nothing but the total may be told, and none for what is empty.</returns>
    public static IReadOnlyList<Merged> Merge(IReadOnlyList<Cell> cells)
    {
        var standing = cells.Where(cell => cell.Stands).ToList();
        var rest = Rest();
        while (!MayBeTold(rest) && standing.Count > 0)
        {
            standing.RemoveAt(standing.Count - 1);
            rest = Rest();
        }

        var lines = standing.ConvertAll(cell => new Merged([cell.Key], cell.Count));
        if (lines.Count > 0 && rest.Count > 0)
            lines.Add(new([.. cells.Except(standing).Select(cell => cell.Key)], rest.Count));
        return lines;

        Cell Rest() => Cell.Of("", [.. cells.Except(standing)]);

        bool MayBeTold(Cell merged) =>
            merged.Count == 0 || merged.Stands && merged.Count != (FewestPeople - 1) * (cells.Count - standing.Count);
    }
}
