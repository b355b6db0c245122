namespace TaxiCredit.Hardware.Generate.Budget;

/// <summary>
/// The face of one window, seen straight ahead: Lambertian LEDs behind a film that spreads light as a Gaussian. Every fifth of a millimetre is summed up.
/// </summary>
internal sealed class WindowLight
{
    private const double Step = 0.2;
    private readonly double[] _luminances;

    /// <param name="face">Points of the window in mm from its middle.</param>
    /// <param name="leds">The LEDs' middles likewise.</param>
    public WindowLight(LightBudget light, IEnumerable<(double X, double Y)> face, IReadOnlyList<(double X, double Y)> leds)
    {
        double distance = light["led_to_window"];
        double narrow = Math.Log(2) / Math.Pow(light["diffuser_spread"] * Math.PI / 180, 2);
        double cone = Cone(narrow);
        double At((double X, double Y) point, (double X, double Y) led)
        {
            double angle = Math.Atan(Math.Sqrt(Math.Pow(point.X - led.X, 2) + Math.Pow(point.Y - led.Y, 2)) / distance);
            // Once for the LED's own fall, once for the slant on the film, twice for the longer way.
            return Math.Pow(Math.Cos(angle), 4) / (distance * distance * 1e-6) * Math.Exp(-narrow * angle * angle) * light["diffuser_transmission"] / cone;
        }

        _luminances = [.. face.Select(point => leds.Sum(led => At(point, led))).Order()];
    }

    /// <summary>Mean luminance for LEDs of one candela, cd/m2.</summary>
    public double Mean => _luminances.Average();

    /// <summary>The 95th percentile of the face over its 5th.</summary>
    public double Unevenness => _luminances[_luminances.Length * 95 / 100] / _luminances[_luminances.Length * 5 / 100];

    public static (double X, double Y)[] Ring(double radius) =>
        [.. new[] { 30.0, -90, 150 }.Select(angle => angle * Math.PI / 180).Select(angle => (radius * Math.Cos(angle), radius * Math.Sin(angle)))];

    public static (double X, double Y)[] Row(double apart) => [(-apart, 0), (0, 0), (apart, 0)];

    public static IEnumerable<(double X, double Y)> BarFace(double width, double height) =>
        Grid(width / 2).Where(point => Math.Abs(point.Y) < height / 2);

    public static IEnumerable<(double X, double Y)> StarFace(double outer, double inner)
    {
        var corners = Enumerable.Range(0, 10).Select(i => (Angle: (90 + (36 * i)) * Math.PI / 180, Radius: i % 2 == 0 ? outer : outer * inner))
            .Select(corner => (X: corner.Radius * Math.Cos(corner.Angle), Y: corner.Radius * Math.Sin(corner.Angle))).ToArray();
        return Grid(outer).Where(point => corners.Zip(corners.Skip(1).Append(corners[0])).Count(edge => (edge.First.Y > point.Y) != (edge.Second.Y > point.Y)
            && point.X < edge.First.X + ((point.Y - edge.First.Y) / (edge.Second.Y - edge.First.Y) * (edge.Second.X - edge.First.X))) % 2 == 1);
    }

    private static IEnumerable<(double X, double Y)> Grid(double half)
    {
        int steps = (int)(half / Step);
        return from row in Enumerable.Range(-steps, (2 * steps) + 1)
               from column in Enumerable.Range(-steps, (2 * steps) + 1)
               select (column * Step, row * Step);
    }

    // The solid angle over which the film spreads, weighted as illuminance is.
    private static double Cone(double narrow)
    {
        const double step = 0.001;
        return Enumerable.Range(0, (int)(Math.PI / 2 / step)).Select(i => (i + 0.5) * step)
            .Sum(angle => Math.Exp(-narrow * angle * angle) * Math.Cos(angle) * Math.Sin(angle) * 2 * Math.PI * step);
    }
}
