namespace TaxiCredit.Hardware.Generate.Drawing;

/// <summary>
/// Where wires meet. KiCad wants a dot there and no wire that runs through it: on loading, it drops what lies beyond.
/// </summary>
internal static class Joints
{
    public static IReadOnlyList<Point> Of(Sheet sheet)
    {
        var pins = sheet.Parts.SelectMany(part => part.Symbol.Pins.Select(part.Place).Distinct()).ToList();
        var ends = sheet.Wires.SelectMany(wire => new[] { wire.From, wire.To }).ToList();
        return
        [
            .. ends.Concat(pins).Distinct().Where(at =>
            {
                int meeting = ends.Count(end => end == at) + pins.Count(pin => pin == at);
                return meeting >= 3 || (meeting >= 1 && sheet.Wires.Any(wire => wire.Crosses(at)));
            }),
        ];
    }

    public static IEnumerable<Wire> Split(Wire wire, IReadOnlyList<Point> at)
    {
        var stops = at.Where(wire.Crosses).Append(wire.From).Append(wire.To)
            .OrderBy(point => Math.Abs(point.X - wire.From.X) + Math.Abs(point.Y - wire.From.Y)).ToList();
        return stops.Zip(stops.Skip(1), (from, to) => new Wire(from, to));
    }
}
