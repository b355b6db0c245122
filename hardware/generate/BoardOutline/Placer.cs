namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>
/// Finds room for every part without a fixed place: connectors, chips, the large ones, test points last, each as near as possible to the pins
/// that it is connected to.
/// A start for the layout, not a layout: no two courtyards overlap, and a capacitor lies at its chip; loops and tracks are not looked at.
/// </summary>
internal sealed class Placer
{
    private const double Step = 0.5;

    // Of more pins, a net says nothing about nearness, except to a chip of the same sheet that has no capacitor yet.
    private const int LocalNet = 8;

    private static readonly Dictionary<string, (double X, double Y)> SheetMiddles = new()
    {
        ["/supply/"] = (40, 22), ["/sensing/"] = (90, 28), ["/memory/"] = (105, 16), ["/module/"] = (117, 24),
        ["/connectors/"] = (112, 38), ["/light/"] = (75, 41),
    };

    private readonly FootprintLibrary _library;
    private readonly Room _room = new();
    private readonly Dictionary<string, Place> _places = [];
    private readonly Dictionary<string, List<(double X, double Y, string Sheet, bool Chip)>> _pins = [];

    private Placer(FootprintLibrary library) => _library = library;

    public static IReadOnlyDictionary<string, Place> Place(IReadOnlyList<BoardPart> parts, FootprintLibrary library)
    {
        var placer = new Placer(library);
        foreach (var part in parts.Where(part => FixedPlaces.All.ContainsKey(part.Reference)))
            placer.Put(part, FixedPlaces.All[part.Reference]);
        foreach (var part in parts.Where(part => !FixedPlaces.All.ContainsKey(part.Reference))
            .OrderBy(part => part.Reference[0] switch { 'J' => 0, 'U' => 1, 'T' => 3, _ => 2 })
            .ThenByDescending(part => Area(library, part)).ThenBy(part => part.Reference, StringComparer.Ordinal))
            placer.Put(part, placer.Best(part));
        return placer._places;
    }

    private static double Area(FootprintLibrary library, BoardPart part)
    {
        var box = Courtyard.Of(library[part.Footprint]).Box;
        return Math.Round((box.Right - box.Left) * (box.Bottom - box.Top), 1);
    }

    // The vehicle's side keeps 0.6 mm from everything else; two courtyards side by side leave 0.5 mm.
    // And every part leaves room for a via beside it.
    private static double Around(BoardPart part) =>
        part.Pads.Values.Any(net => net.Name.Split('/')[^1] is "VBAT_IN" or "IGN_IN" or "VPROT") ? 0.4
            : part.Reference.StartsWith("TP", StringComparison.Ordinal) ? 0.1 : 0.3;

    // LEDs' drivers and what belongs to them lie on the street side below their chambers; everything else on the cabin's, and with it all
    // test points, so that a jig reaches them from one side.
    private static bool OnBack(BoardPart part) => part.Reference.StartsWith("TP", StringComparison.Ordinal) ||
        (!part.Sheet.StartsWith("/light/", StringComparison.Ordinal) && part.Reference != "C67");

    private Place Best(BoardPart part)
    {
        var courtyard = Courtyard.Of(_library[part.Footprint]);
        bool back = OnBack(part);
        (double Cost, Place? Place) best = (double.MaxValue, null);
        foreach (double angle in new[] { 0.0, 90, 180, 270 })
        {
            var cells = PartCells.Of(courtyard, new Place(0, 0, angle, back), Around(part));
            for (double y = Step; y < Outline.Height; y += Step)
                for (double x = Step; x < Outline.Width; x += Step)
                {
                    var place = new Place(x, y, angle, back);
                    double cost = Cost(part, courtyard, place);
                    if (cost < best.Cost - 1e-9 && _room.IsFree(cells, x, y, back))
                        best = (cost, place);
                }
        }

        return best.Place ?? throw new InvalidOperationException($"no room on the board for {part.Reference} ({part.Footprint})");
    }

    private double Cost(BoardPart part, Courtyard courtyard, Place place)
    {
        var (middleX, middleY) = Middle(part);
        double pull = OnBack(part) ? 0.1 : 2;
        double cost = pull * Distance(place.X - middleX, place.Y - middleY);
        foreach (var (pad, net) in part.Pads)
        {
            if (net.Name == "GND" || !courtyard.Pads.TryGetValue(pad, out var local) || !_pins.TryGetValue(net.Name, out var pins))
                continue;
            var (x, y) = place.OnBoard(local.X, local.Y);
            double nearest = double.MaxValue;
            foreach (var pin in pins)
                if (net.Pins <= LocalNet || (pin.Chip && pin.Sheet == part.Sheet && part.Reference[0] != 'U'))
                    nearest = Math.Min(nearest, Distance(pin.X - x, pin.Y - y));
            if (nearest < double.MaxValue)
                cost += nearest;
        }

        return cost;
    }

    private static (double X, double Y) Middle(BoardPart part)
    {
        if (part.Reference == "C67")
            return (89, 41);
        // A driver lies below its lights: channels 1 to 4 are the stars, 5 is the bar.
        if (part.Sheet.StartsWith("/light/", StringComparison.Ordinal) && part.Sheet != "/light/")
            return (Outline.ChannelX(part.Sheet.EndsWith("bar/", StringComparison.Ordinal) ? 0 : part.Sheet[^2] - '0'), 41);
        return SheetMiddles.GetValueOrDefault(part.Sheet, (75, 23));
    }

    private void Put(BoardPart part, Place place)
    {
        var courtyard = Courtyard.Of(_library[part.Footprint]);
        _room.Take(PartCells.Of(courtyard, place with { X = 0, Y = 0 }, Around(part)), place.X, place.Y, place.Back);
        _places.Add(part.Reference, place);
        foreach (var (pad, net) in part.Pads)
        {
            if (!courtyard.Pads.TryGetValue(pad, out var local))
                continue;
            var (x, y) = place.OnBoard(local.X, local.Y);
            var pins = _pins.TryGetValue(net.Name, out var known) ? known : _pins[net.Name] = [];
            // A capacitor of the supply takes the pin of the chip that it serves.
            if (part.Reference[0] == 'C' && net.Pins > LocalNet && net.Name != "GND")
                Claim(pins, part.Sheet, x, y);
            pins.Add((x, y, part.Sheet, part.Reference[0] == 'U'));
        }
    }

    private static void Claim(List<(double X, double Y, string Sheet, bool Chip)> pins, string sheet, double x, double y)
    {
        var served = pins.Where(pin => pin.Chip && pin.Sheet == sheet).OrderBy(pin => Distance(pin.X - x, pin.Y - y)).Take(1).ToList();
        foreach (var pin in served.Where(_ => pins.Count(pin => pin.Chip && pin.Sheet == sheet) > 1))
            pins.Remove(pin);
    }

    private static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));
}
