using System.Globalization;
using TaxiCredit.Hardware.Generate.Budget;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Budget;

/// <summary>The requirements of hardware/requirements.md on light and heat, each by name.</summary>
internal static class BudgetRules
{
    public static IReadOnlyList<string> Violations(string hardwareFolder)
    {
        var light = LightBudget.Read(hardwareFolder);
        var facts = Csv.Read(Path.Combine(hardwareFolder, "facts.csv")).ToDictionary(fact => fact["id"]);
        return [.. Seen(light), .. Levels(light), .. Colour(facts), .. Heat(light, facts)];
    }

    private static IEnumerable<string> Seen(LightBudget light)
    {
        double board = ThermalBudget.Settle(light, 25).Board;
        double lit = light.Lit(board, "min", "typ");
        if (lit < light["calibrated_lowest"])
            yield return Text($"the dimmest unit gives {lit:F0} cd/m2, less than the {light["calibrated_lowest"]:F0} to which units are calibrated");
        double ratio = lit / light.Unlit(light["sun"]);
        if (ratio < light["contrast"])
            yield return Text($"in the sun a lit star over an unlit one is {ratio:F1}, less than {light["contrast"]}");
        if (light.Glare > light["glare"])
            yield return Text($"glare: {light.Glare:F0} cd, more than {light["glare"]}");
        if (light.Gap < light["acuity"])
            yield return Text($"the gap between windows is {light.Gap:F2}' at {light["distance"]} m, less than {light["acuity"]}'");
        foreach (var (name, window) in new[] { ("a star", light.Star), ("the bar", light.Bar) })
            if (window.Unevenness > light["evenness"])
                yield return Text($"{name} is uneven by 1 : {window.Unevenness:F1}, more than 1 : {light["evenness"]}");
        if (Math.Abs((light.BarArea / light.StarArea) - 1) > 0.1)
            yield return Text($"the bar has {light.BarArea:F0} mm2 and a star {light.StarArea:F0}: they would not shine alike");
    }

    private static IEnumerable<string> Levels(LightBudget light) =>
        from level in SignLevels.Yellow
        let duty = light.Duty(level.Lux)
        where duty * light["calibrated_lowest"] < level.Low || duty * light["calibrated_highest"] > level.High
        let shown = Text($"{duty * light["calibrated_lowest"]:F0} to {duty * light["calibrated_highest"]:F0}")
        select Text($"at {level.Lux} lx {shown} cd/m2, EN 12966 asks {level.Low} to {level.High}");

    private static IEnumerable<string> Colour(Dictionary<string, TableRow> facts) =>
        from column in new[] { "min", "max" }
        let nanometres = facts["D11.groups"].Number(column)
        where !SignLevels.IsYellow(nanometres)
        select Text($"an LED of {nanometres} nm is outside the yellow of EN 12966");

    private static IEnumerable<string> Heat(LightBudget light, Dictionary<string, TableRow> facts)
    {
        var state = ThermalBudget.Settle(light, light["cabin_air"]);
        if (state.ModuleAir > light["module_air"])
            yield return Text($"at {state.Outside} C the module stands in {state.ModuleAir:F1} C, more than {light["module_air"]}");
        if (light["module_air"] > facts["U1.rating"].Number("max") - 5)
            yield return "the module's air has no 5 K to its rating";
        double floor = light.Floor(light["sun"], state.Board);
        if (state.Duty < floor)
            yield return Text($"at {state.Outside} C the firmware dims to {state.Duty:P0}, and the sun asks for {floor:P0}");
        if (state.Board + (ThermalBudget.DriverWatts(light) * light["driver_resistance"]) > 125)
            yield return "a driver's junction is above 125 C";
        if (state.Junction > facts["D11.junction"].Number("max") - 15)
            yield return Text($"at {state.Outside} C an LED's junction is at {state.Junction:F0} C");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
