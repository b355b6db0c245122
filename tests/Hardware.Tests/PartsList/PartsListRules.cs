using System.Text.RegularExpressions;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.PartsList;

/// <summary>
/// Rules for hardware/bom.csv: every part within the derating of its class (hardware/derating.csv), good for the cabin's
/// temperature, and with a second choice for the day it is out of stock.
/// </summary>
internal static partial class PartsListRules
{
    /// <summary>Lowest storage and starting temperature of a parked car, degrees Celsius.</summary>
    public const int Coldest = -40;

    /// <summary>85 C air behind a windscreen and 10 K self-heating of the board.</summary>
    public const int Hottest = 95;

    /// <summary>Air around the radio module, whose rating is 85 C, degrees Celsius.</summary>
    public const int ModuleAir = 80;

    public static IReadOnlyList<string> Violations(string hardwareFolder)
    {
        var classes = Csv.Read(Path.Combine(hardwareFolder, "derating.csv")).ToDictionary(row => row["class"], row => row.Number("max_ratio"));
        var rows = Csv.Read(Path.Combine(hardwareFolder, "bom.csv"));
        return [.. rows.SelectMany(row => Of(row, classes)), .. Twice(rows)];
    }

    private static IEnumerable<string> Of(TableRow row, Dictionary<string, double> classes)
    {
        string part = $"{row["refs"].Split(' ')[0]} ({row["mpn"]})";
        if (row.Number("qty") != row["refs"].Split(' ').Length)
            yield return $"{part}: qty {row["qty"]}, but {row["refs"].Split(' ').Length} references";
        if (row.Number("temp_min_c") > Coldest)
            yield return $"{part}: rated from {row["temp_min_c"]} C, needed from {Coldest} C";
        int hottest = row["refs"] == "U1" ? ModuleAir : Hottest;
        if (row.Number("temp_max_c") < hottest)
            yield return $"{part}: rated to {row["temp_max_c"]} C, needed to {hottest} C";
        if (!classes.TryGetValue(row["class"], out double allowed))
            yield return $"{part}: class '{row["class"]}' has no derating rule";
        else if (row.Number("stress") / row.Number("rating") > allowed)
            yield return $"{part}: {row["param"]} {row["stress"]} of {row["rating"]} is more than the {allowed} allowed for {row["class"]}";
        foreach (string column in new[] { "mpn", "manufacturer", "description", "stress_why", "alternates", "facts_from" })
            if (row[column].Trim() == "")
                yield return $"{part}: {column} is empty";
        if (row["footprint"] != "" && !row["datasheet"].StartsWith("https://", StringComparison.Ordinal))
            yield return $"{part}: no link to a datasheet";
        if (row["aec"] is not ("Q100" or "Q101" or "Q102" or "Q200" or "no"))
            yield return $"{part}: aec is '{row["aec"]}'";
        if (!OrderCode().IsMatch(row["mpn"]))
            yield return $"{part}: '{row["mpn"]}' is no order code";
        if (!DateOnly.TryParseExact(row["price_date"], "yyyy-MM-dd", out _))
            yield return $"{part}: its price has no date";
        if (row.Number("price_usd_1k_estimate") <= 0)
            yield return $"{part}: no price estimate";
    }

    // One word with a digit, as it stands on a reel: no family, no class of parts.
    [GeneratedRegex("^(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9./_,-]*$")]
    private static partial Regex OrderCode();

    private static IEnumerable<string> Twice(IReadOnlyList<TableRow> rows) =>
        from row in rows
        from reference in row["refs"].Split(' ')
        group reference by reference into same
        where same.Count() > 1
        select $"{same.Key} is listed {same.Count()} times";
}
