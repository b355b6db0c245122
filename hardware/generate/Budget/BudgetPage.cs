using System.Globalization;
using System.Text;

namespace TaxiCredit.Hardware.Generate.Budget;

/// <summary>Writes hardware/budgets.md: what the photometric and the thermal budget come to.</summary>
internal static class BudgetPage
{
    public const string Path = "hardware/budgets.md";

    public static string Write(LightBudget light)
    {
        var text = new StringBuilder("# Light and heat\n\nGenerated from `light.csv`, `facts.csv` and `enclosure/housing.scad`: dotnet run --project "
            + "hardware/generate. Calculated, not measured.\n\n");
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        double bench = ThermalBudget.Settle(light, 25).Board;
        Line($"| light | figure |\n|---|---|");
        Line($"| window of a star, of the bar | {light.StarArea:F0} mm2, {light.BarArea:F0} mm2 |");
        Line($"| narrowest gap at {light["distance"]:F0} m | {light.Gap:F2}' |");
        Line($"| unevenness of a star, of the bar: 95th percentile of the face over the 5th | {light.Star.Unevenness:F2}, {light.Bar.Unevenness:F2} |");
        Line($"| luminance of the bar over a star's, equal LEDs | {light.Bar.Mean / light.Star.Mean:F2} |");
        Line($"| full luminance at 25 C, dimmest LEDs to brightest | {light.Lit(bench, "min", "typ"):F0} to {light.Lit(bench, "max", "typ"):F0} cd/m2 |");
        Line($"| unlit in the sun of {light["sun"]:F0} lx | {light.Unlit(light["sun"]):F0} cd/m2 |");
        Line($"| lit over unlit there, dimmest LEDs, 25 C | {light.Lit(bench, "min", "typ") / light.Unlit(light["sun"]):F1} |");
        Line($"| all five windows, brightest LEDs, -40 C | {light.Glare:F0} cd |");
        Line($"\n| outside, lx | duty | calibrated unit, cd/m2 | EN 12966 yellow, cd/m2 |\n|---|---|---|---|");
        foreach (var level in SignLevels.Yellow)
        {
            double duty = light.Duty(level.Lux);
            string luminance = string.Create(
                CultureInfo.InvariantCulture, $"{duty * light["calibrated_lowest"]:F0} to {duty * light["calibrated_highest"]:F0}");
            Line($"| {level.Lux:F0} | {100 * duty:F1} % | {luminance} | {level.Low:F0} to {level.High:F0} |");
        }

        Line($"\n| air at the unit | duty | power | module's air | board | junction | least duty in the sun | lit over unlit |");
        Line($"|---|---|---|---|---|---|---|---|");
        foreach (double outside in new[] { 25.0, 45, 55, 60, 65, 68, 70, 75 })
        {
            var state = ThermalBudget.Settle(light, outside);
            double floor = light.Floor(light["sun"], state.Board);
            string temperatures = string.Create(CultureInfo.InvariantCulture, $"{state.ModuleAir:F0} C | {state.Board:F0} C | {state.Junction:F0} C");
            double contrast = state.Duty / floor * light["contrast"];
            Line($"| {outside:F0} C | {100 * state.Duty:F0} % | {state.Watts:F1} W | {temperatures} | {100 * floor:F0} % | {contrast:F1} |");
        }

        Line($"\n| lit at {light["cabin_air"]:F0} C | power | module's air | board |\n|---|---|---|---|");
        for (int stars = 0; stars <= 4; stars++)
        {
            var state = ThermalBudget.Settle(light, light["cabin_air"], (stars + 1) / 5.0);
            Line($"| bar and {stars} stars | {state.Watts:F1} W | {state.ModuleAir:F0} C | {state.Board:F0} C |");
        }

        double driver = ThermalBudget.DriverWatts(light);
        double hottest = ThermalBudget.Settle(light, light["cabin_air"]).Board + (driver * light["driver_resistance"]);
        Line($"\nEach driver takes {1000 * driver:F0} mW with the typical string; its junction is then at {hottest:F0} C in {light["cabin_air"]:F0} C of air.");
        return text.ToString();
    }
}
