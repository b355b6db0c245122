using TaxiCredit.Hardware.Generate.Enclosure;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.Budget;

/// <summary>
/// What the street sees of a window: from the LED's candela through film, filter and glass, and back from the sun. Inputs: hardware/light.csv, facts.csv and
/// housing.scad. Luminance in cd/m2 outside the glass, temperatures in C.
/// </summary>
internal sealed class LightBudget(IReadOnlyDictionary<string, double> light, IReadOnlyDictionary<string, TableRow> facts, Housing housing)
{
    public static LightBudget Read(string hardwareFolder) => new(
        Csv.Read(Path.Combine(hardwareFolder, "light.csv")).ToDictionary(row => row["id"], row => row.Number("value")),
        Csv.Read(Path.Combine(hardwareFolder, "facts.csv")).ToDictionary(row => row["id"]), Housing.Read(hardwareFolder));

    public double this[string id] => light[id];

    /// <summary>Area of a star's window, mm2.</summary>
    public double StarArea => 5 * housing["star_r"] * housing["star_r"] * this["window_inner_ratio"] * Math.Sin(Math.PI / 5);

    public double BarArea => housing["bar_w"] * housing["bar_h"];

    /// <summary>From the tips of one star to those of the next, or from the bar to the first star, the narrower, minutes of arc at the distance.</summary>
    public double Gap
    {
        get
        {
            double half = housing["star_r"] * Math.Cos(Math.PI / 10);
            double narrowest = housing["pitch"] - half - Math.Max(half, housing["bar_w"] / 2);
            return narrowest / 1000 / this["distance"] * 180 / Math.PI * 60;
        }
    }

    /// <summary>A star's window and a bar's, as their LEDs light them.</summary>
    public WindowLight Star => new(this, WindowLight.StarFace(housing["star_r"], this["window_inner_ratio"]), WindowLight.Ring(housing["led_ring"]));

    public WindowLight Bar => new(this, WindowLight.BarFace(housing["bar_w"], housing["bar_h"]), WindowLight.Row(housing["led_row"]));

    /// <summary>Mean luminance of a star's film straight ahead, without filter and glass, at a junction of 25 C.</summary>
    /// <param name="column">min, or max: which end of the LED's bin.</param>
    public double Film(string column) => facts["D11.intensity"].Number(column) * Star.Mean;

    /// <summary>Junction over solder point at full duty, K.</summary>
    public double JunctionRise => facts["D11.thermal"].Number("max") * this["led_power"];

    /// <summary>Share of the light that is left at a temperature of the board, with the LEDs at full duty.</summary>
    /// <param name="column">typ, or min: the worst part.</param>
    public double Left(double board, string column) =>
        Math.Max(0, 1 + (facts["D11.intensity_hot"].Number(column) / 100 * (board + JunctionRise - 25)));

    /// <summary>Luminance of a lit window at full duty.</summary>
    public double Lit(double board, string bin, string heat) =>
        Film(bin) * Left(board, heat) * this["filter_transmission"] * this["glass_transmission"];

    /// <summary>Luminance of a window that is not lit.</summary>
    /// <param name="lux">On a vertical plane outside the glass.</param>
    public double Unlit(double lux)
    {
        // The cavities shine by what reaches them through the film: there and back by the same way. The black around them returns at most its share.
        double cavity = this["led_reflectance"] * Math.PI / 4 * Math.Pow(this["led_cavity"], 2) * 1e-6;
        double cavities = this["leds"] * cavity * StarArea * 1e-6 * Math.Pow(Star.Mean / this["leds"], 2);
        double window = this["diffuser_reflectance"] + cavities + (Math.Pow(this["diffuser_transmission"], 2) * this["chamber_reflectance"]);
        double reflectance = (Math.Pow(this["filter_transmission"], 2) * window) + this["front_haze"];
        return lux * Math.Pow(this["glass_transmission"], 2) * reflectance / Math.PI;
    }

    /// <summary>Candela of all five windows, the brightest LEDs, at the coldest board.</summary>
    public double Glare =>
        ((4 * StarArea * Star.Mean) + (BarArea * Bar.Mean)) * 1e-6 * facts["D11.intensity"].Number("max") * Left(-40, "typ")
        * this["filter_transmission"] * this["glass_transmission"];

    /// <summary>Duty that the curve gives at an illuminance, 0 to 1.</summary>
    public double Duty(double lux)
    {
        double share = Math.Log(lux / this["night_lux"]) / Math.Log(this["day_lux"] / this["night_lux"]);
        return Math.Pow(this["night_duty"], 1 - Math.Clamp(share, 0, 1));
    }

    /// <summary>Least duty that still stands out of the sun, at a temperature of the board, with the dimmest and worst LEDs; above 1 there is none.</summary>
    public double Floor(double lux, double board) => this["contrast"] * Unlit(lux) / Lit(board, "min", "min");
}
