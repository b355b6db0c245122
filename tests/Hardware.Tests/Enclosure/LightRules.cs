using System.Globalization;
using TaxiCredit.Hardware.Generate.Enclosure;

namespace TaxiCredit.Hardware.Tests.Enclosure;

/// <summary>The windows of the solid, found by walking through its cuts, against the LEDs of KiCad's board. Returns what does not fit, by name.</summary>
/// <param name="mixing">From the top of an LED to the diffuser in mm, on which the photometric budget rests.</param>
internal sealed class LightRules(HousingSolids solids, BoardInHousing board, double mixing)
{
    private Slice Windows { get; } = solids.Front.Cut(Axis.Y, solids.Diffusers.Extent(Axis.Y).Low - 1);

    private Slice Chambers { get; } = solids.Front.Cut(Axis.Y, solids.Diffusers.Extent(Axis.Y).High + 3);

    private Slice Masks { get; } = solids.Masks.Cut(Axis.Y, (solids.Masks.Extent(Axis.Y).Low + solids.Masks.Extent(Axis.Y).High) / 2);

    public IEnumerable<string> Faults() => Enumerable.Range(1, 5).SelectMany(Window).Concat(Pipes()).Concat(Sensor()).Concat(Distance());

    private static string Named(int channel) => channel == 5 ? "bar" : $"star {channel}";

    private PartInHousing[] Leds(int channel) => [.. Enumerable.Range(1, 3).Select(i => board.Parts[$"D{channel}{i}"])];

    // The schematic's channels 1 to 4 are the stars, 5 is the bar.
    private IEnumerable<string> Window(int channel)
    {
        string name = Named(channel);
        var leds = Leds(channel);
        double x = leds.Average(led => led.X);
        double z = leds.Average(led => led.Z);
        if (leds.Any(led => led.ToTheCabin))
            yield return $"{name}: an LED looks to the cabin";
        if (Windows.OpeningAt(x, z) is not { } window)
        {
            yield return $"{name}: no window before its LEDs";
            yield break;
        }

        if (Math.Abs(window.X - x) > 0.3 || Math.Abs(window.Z() - z) > 0.3)
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{name}: its window lies {window.X - x:0.0} mm to the right and {window.Z() - z:0.0} mm above its LEDs");
        if (window.Height < 8 != (channel == 5))
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{name}: its window is {window.Width:0.0} x {window.Height:0.0} mm, the shape of another light");
        if (leds.Any(led => Masks.OpeningAt(led.X, led.Z) is not { Width: < 3.2 } hole || Math.Abs(hole.X - led.X) > 0.3 || Math.Abs(hole.Z() - led.Z) > 0.3))
            yield return $"{name}: an LED's cavity lies beside its hole in the mask";
        if (Chambers.OpeningAt(leds[0].X, leds[0].Z, 40, 0.4) is not { } chamber || leds.Any(led => !Inside(chamber, led.X, led.Z)))
            yield return $"{name}: its LEDs share no chamber";
    }

    private static bool Inside(Slice.Opening opening, double x, double z) =>
        Math.Abs(x - opening.X) < opening.Width / 2 && Math.Abs(z - opening.Z()) < opening.Height / 2;

    private IEnumerable<string> Pipes()
    {
        for (int channel = 1; channel <= 5; channel++)
        {
            var led = Leds(channel)[0];
            var chamber = Chambers.OpeningAt(led.X, led.Z, 40, 0.4);
            var holes = board.Holes.Where(hole => hole.Diameter > 3.3).Where(hole => chamber is not null && Inside(chamber, hole.X, hole.Z)).ToList();
            if (holes.Count != 1)
                yield return $"{Named(channel)}: {holes.Count} light pipes' holes in its chamber";
            foreach (var (x, z, diameter) in holes)
                if (solids.Pipes.Along(x, z) is not [var rod] || rod.From > solids.Seat || rod.To < solids.Lid.Extent(Axis.Y).High
                    || solids.Lid.Along(x, z).Count > 0 || solids.Pipes.Along(x + (diameter / 2), z).Count > 0)
                    yield return $"{Named(channel)}: its light pipe does not reach from the chamber to the cabin";
        }
    }

    private IEnumerable<string> Sensor()
    {
        var sensor = board.Parts["Q1"];
        if (sensor.ToTheCabin)
            yield return "Q1: looks to the cabin, its window to the street";
        if (Windows.OpeningAt(sensor.X, sensor.Z) is not { } window || Math.Abs(window.X - sensor.X) > 0.5 || Math.Abs(window.Z() - sensor.Z) > 0.5)
            yield return "Q1: no window before it";
        if (Chambers.OpeningAt(sensor.X, sensor.Z) is not { Area: < 30 })
            yield return "Q1: no tube shields it from the stars";
    }

    private IEnumerable<string> Distance()
    {
        double distance = solids.Seat - Leds(1)[0].Height - solids.Diffusers.Extent(Axis.Y).High;
        if (!(Math.Abs(distance - mixing) <= 0.2))
            yield return string.Create(CultureInfo.InvariantCulture, $"LED to diffuser: {distance:0.0} mm, not {mixing}");
    }
}

internal static class OpeningNames
{
    /// <summary>Across y the second direction of a cut is z.</summary>
    public static double Z(this Slice.Opening opening) => opening.Y;
}
