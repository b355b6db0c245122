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

    /// <summary>Candela of one window straight ahead, inside the filter and at a junction of 25 C.</summary>
    /// <param name="column">min, or max: which end of the LED's bin.</param>
    public double Intensity(string column)
    {
        double reach = Math.Atan(Math.Sqrt(StarArea / Math.PI) / this["led_to_window"]);
        double spread = Math.Sqrt((reach * reach) + Math.Pow(this["diffuser_spread"] * Math.PI / 180, 2));
        // A Lambertian LED sends sin2 of the half angle of its flux through the window; the film spreads it over a wider cone.
        double passed = Math.Pow(Math.Sin(reach), 2) / Math.Pow(Math.Sin(Math.Min(spread, Math.PI / 2)), 2);
        return this["leds"] * facts["D11.intensity"].Number(column) * passed * this["diffuser_transmission"];
    }

    /// <summary>Junction over solder point at full duty, K.</summary>
    public double JunctionRise => facts["D11.thermal"].Number("max") * this["led_power"];

    /// <summary>Share of the light that is left at a temperature of the board, with the LEDs at full duty.</summary>
    /// <param name="column">typ, or min: the worst part.</param>
    public double Left(double board, string column) =>
        Math.Max(0, 1 + (facts["D11.intensity_hot"].Number(column) / 100 * (board + JunctionRise - 25)));

    /// <summary>Luminance of a lit window at full duty.</summary>
    public double Lit(double board, string bin, string heat) =>
        Intensity(bin) / (StarArea * 1e-6) * Left(board, heat) * this["filter_transmission"] * this["glass_transmission"];

    /// <summary>Luminance of a window that is not lit.</summary>
    /// <param name="lux">On a vertical plane outside the glass.</param>
    public double Unlit(double lux)
    {
        double cavities = this["leds"] * Math.PI / 4 * Math.Pow(this["led_cavity"], 2) / StarArea;
        double behind = (cavities * this["led_reflectance"]) + ((1 - cavities) * this["chamber_reflectance"]);
        double window = this["diffuser_reflectance"] + (Math.Pow(this["diffuser_transmission"], 2) * behind);
        double reflectance = (Math.Pow(this["filter_transmission"], 2) * window) + this["front_haze"];
        return lux * Math.Pow(this["glass_transmission"], 2) * reflectance / Math.PI;
    }

    /// <summary>Candela of all five windows, the brightest LEDs, at the coldest board.</summary>
    public double Glare => 5 * Intensity("max") * Left(-40, "typ") * this["filter_transmission"] * this["glass_transmission"];

    /// <summary>Duty that the curve gives at an illuminance, 0 to 1.</summary>
    public double Duty(double lux)
    {
        double share = Math.Log(lux / this["night_lux"]) / Math.Log(this["day_lux"] / this["night_lux"]);
        return Math.Pow(this["night_duty"], 1 - Math.Clamp(share, 0, 1));
    }

    /// <summary>Least duty that still stands out of the sun, at a temperature of the board, with the dimmest and worst LEDs; above 1 there is none.</summary>
    public double Floor(double lux, double board) => this["contrast"] * Unlit(lux) / Lit(board, "min", "min");
}
