using System.Globalization;
using CsvHelper;

namespace TaxiCredit.Dispatch.Features.Statistics.Bulletins;

/// <summary>A bulletin as a table: a line for each figure that the JSON has, an empty value where it has null.</summary>
internal static class BulletinCsv
{
    // Text that a spreadsheet would run as a formula gets an apostrophe in front: the reason of an edition is free.
    private static readonly CsvWriterOptions Form = new() { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    /// <summary>UTF-8 with its mark, as office programs need it for Chinese.</summary>
    public static byte[] Write(Bulletin bulletin)
    {
        using var bytes = new MemoryStream();
        using (var file = CsvWriter.Create(bytes, Form, leaveOpen: true))
        {
            foreach (var line in Lines(bulletin.Figures, bulletin.Anchor).Prepend(["table", "line", "zh", "en", "figure", "value"]))
                file.WriteRecord(line);
        }

        return bytes.ToArray();
    }

    private static IEnumerable<string[]> Lines(BulletinFigures figures, BulletinAnchor anchor)
    {
        yield return Line("month", "period", figures.Period);
        yield return Line("month", "edition", Told(figures.Edition));
        yield return Line("month", "reason", figures.Reason);
        yield return Line("month", "synthetic", figures.Synthetic ? "true" : "false");
        yield return Line("month", "rulebook", figures.Rulebook);
        yield return Line("month", "before", figures.Before ?? "");
        foreach (var stars in figures.Stars)
        {
            yield return Line("stars", "drivers", Told(stars.Drivers), stars.Stars);
            yield return Line("stars", "before", Told(stars.Before), stars.Stars);
            yield return Line("stars", "editionBefore", Told(stars.EditionBefore), stars.Stars);
        }

        var complaints = figures.Complaints;
        yield return Line("complaints", "total", Told(complaints.Total));
        yield return Line("complaints", "daysOnShift", Told(complaints.DaysOnShift));
        yield return Line("complaints", "per10000Days", Told(complaints.Per10000Days));
        foreach (var month in complaints.Months)
            yield return Line("complaints", "total", Told(month.Total), month.Period);
        foreach (var line in complaints.Lines)
        {
            yield return Named("complaints", line.Names, "count", Told(line.Count));
            yield return Named("complaints", line.Names, "per10000Days", Told(line.Per10000Days));
            yield return Named("complaints", line.Names, "before", Told(line.Before));
            foreach (var (month, count) in complaints.Months.Zip(line.Months))
                yield return Named("complaints", line.Names, month.Period, Told(count));
        }

        yield return Line("merits", "total", Told(figures.Merits.Total));
        yield return Line("merits", "propertyYuan", Told(figures.Merits.PropertyYuan));
        foreach (var line in figures.Merits.Lines)
            yield return Named("merits", line.Names, "count", Told(line.Count));
        var decisions = figures.Decisions;
        yield return Line("decisions", "total", Told(decisions.Total));
        yield return Line("decisions", "medianDays", Told(decisions.MedianDays));
        yield return Line("decisions", "late", Told(decisions.Late));
        yield return Line("decisions", "overdue", Told(decisions.Overdue));
        foreach (var line in decisions.Lines)
            yield return Line("decisions", "count", Told(line.Count), Joined(line.Outcomes));
        var objections = figures.Objections;
        yield return Line("objections", "total", Told(objections.Total));
        yield return Line("objections", "upheldPercent", Told(objections.UpheldPercent));
        yield return Line("objections", "medianDays", Told(objections.MedianDays));
        foreach (var line in objections.Lines)
            yield return Line("objections", "count", Told(line.Count), Joined(line.Outcomes));
        yield return Line("anchor", "ledgerEntry", Told(anchor.LedgerEntry));
        yield return Line("anchor", "digest", anchor.Digest);
        yield return Line("anchor", "publishedAt", Told(anchor.PublishedAt));
        yield return Line("anchor", "checkpoint", anchor.Checkpoint ?? "");
    }

    private static string[] Line(string table, string figure, string value, string line = "") => [table, line, "", "", figure, value];

    /// <summary>Conducts that were merged are told by their codes.</summary>
    private static string[] Named(string table, IReadOnlyList<ConductName> names, string figure, string value) =>
        [table, Joined(names.Select(name => name.Code)), One(names)?.Zh ?? "", One(names)?.En ?? "", figure, value];

    private static ConductName? One(IReadOnlyList<ConductName> names) => names is [var one] ? one : null;

    private static string Joined(IEnumerable<string> parts) => string.Join(" + ", parts);

    private static string Told(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
