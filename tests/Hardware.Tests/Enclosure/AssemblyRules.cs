using System.Globalization;
using TaxiCredit.Hardware.Generate.Enclosure;

namespace TaxiCredit.Hardware.Tests.Enclosure;

/// <summary>Whether the board of KiCad and the pieces of the housing go together. Returns what does not fit, by name.</summary>
internal sealed class AssemblyRules(HousingSolids solids, BoardInHousing board)
{
    // M3 x 10 pan head into an insert of 5.7 mm.
    private const double ScrewLength = 10;
    private const double Thickness = 1.6;
    private const double Grid = 0.5;

    public IEnumerable<string> Faults() =>
        Screws().Concat(Plug()).Concat(Controls()).Concat(Walls()).Concat(Overlap("front and lid", solids.Front, solids.Lid))
            .Concat(Overlap("front and hood", solids.Front, solids.Hood)).Concat(Mounting()).Concat(Sticker());

    private IEnumerable<(double X, double Z)> ScrewHoles => board.Holes.Where(hole => hole.Diameter is > 3 and < 3.3).Select(hole => (hole.X, hole.Z));

    private Slice Face { get; } = solids.Lid.Cut(Axis.Y, solids.Lid.Extent(Axis.Y).High - 1);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private IEnumerable<string> Screws()
    {
        if (ScrewHoles.Count() < 4)
            yield return "fewer than four screws";
        if (!(Math.Abs(solids.Back - solids.Seat - Thickness) <= 0.1))
            yield return Invariant($"board: {solids.Back - solids.Seat:0.00} mm of room between posts and columns");
        foreach (var (x, z) in ScrewHoles)
        {
            string name = Invariant($"screw at {x:0}, {z:0}");
            var post = solids.Front.LastAlong(x + 2.7, z);
            if (!(Math.Abs(post.To - solids.Seat) <= 0.05))
                yield return $"{name}: no post carries the board";
            double bottom = solids.Front.LastAlong(x, z).To;
            var column = solids.Lid.FirstAlong(x + 2.5, z);
            if (!(Math.Abs(column.From - solids.Back) <= 0.05) || solids.Lid.Along(x, z).Count > 0 || solids.Lid.Along(x + 2.5, z).Count != 1)
            {
                yield return $"{name}: no column with a way for the screw";
                continue;
            }

            double inPost = ScrewLength - (column.To - column.From) - Thickness;
            if (inPost is not (>= 4.5 and <= 5.7))
                yield return Invariant($"{name}: {inPost:0.0} mm of it in the insert");
            if (solids.Seat - bottom < Math.Max(inPost + 0.5, 5.7))
                yield return Invariant($"{name}: its hole is only {solids.Seat - bottom:0.0} mm deep");
        }
    }

    private IEnumerable<string> Plug()
    {
        var plug = board.Parts["J1"];
        if (!plug.ToTheCabin)
            yield return "J1: on the street's side";
        var room = plug.Courtyard;
        if (Face.OpeningAt(room.MiddleX, room.MiddleZ) is not { } opening)
            yield return "J1: no opening for the plug";
        else if (opening.X - (opening.Width / 2) > room.Left - 1 || opening.X + (opening.Width / 2) < room.Right + 1
            || opening.Y - (opening.Height / 2) > room.Low - 1 || opening.Y + (opening.Height / 2) < room.High + 1)
            yield return Invariant($"J1: the plug does not go through its opening of {opening.Width:0.0} x {opening.Height:0.0} mm");
    }

    private IEnumerable<string> Controls()
    {
        foreach (var (reference, width) in new[] { ("SW1", 6.0), ("D5", 3.2) })
        {
            var part = board.Parts[reference];
            if (!part.ToTheCabin || Face.OpeningAt(part.X, part.Z) is not { } hole || Math.Abs(hole.X - part.X) > 0.3 || Math.Abs(hole.Y - part.Z) > 0.3
                || Math.Abs(hole.Width - width) > 0.3)
                yield return $"{reference}: not under its hole in the lid";
        }

        var button = board.Parts["SW1"];
        double gap = solids.Plunger.FirstAlong(button.X, button.Z).From - solids.Back - button.Height;
        if (gap is not (>= 0.05 and <= 0.4))
            yield return Invariant($"SW1: {gap:0.0} mm between button and switch");
        var tamper = board.Parts["SW2"];
        double lug = solids.Lid.FirstAlong(tamper.X, tamper.Z).From - solids.Back;
        if (!(Math.Abs(lug - tamper.Height) <= 0.1))
            yield return Invariant($"SW2: the lid's lug ends {lug:0.0} mm above the board, not {tamper.Height}");
    }

    private IEnumerable<string> Walls()
    {
        foreach (var part in board.Parts.Values.Where(part => part.Height > 0 && part.Body.Right > part.Body.Left))
        {
            double from = part.ToTheCabin ? solids.Back + 0.05 : solids.Seat - part.Height + 0.05;
            double to = part.ToTheCabin ? solids.Back + part.Height - 0.05 : solids.Seat - 0.05;
            Solid[] around = part.ToTheCabin ? [solids.Lid, solids.Pipes, solids.Plunger] : [solids.Front, solids.Diffusers, solids.Masks];
            if (Points(part.Body).Any(at => around.Any(solid => solid.Along(at.X, at.Z).Any(wall => wall.From < to && wall.To > from))))
                yield return $"{part.Reference}: inside a wall of the housing";
        }
    }

    private static IEnumerable<(double X, double Z)> Points(Box box)
    {
        int across = (int)Math.Ceiling((box.Right - box.Left) / Grid);
        int up = (int)Math.Ceiling((box.High - box.Low) / Grid);
        return from i in Enumerable.Range(0, across + 1)
               from k in Enumerable.Range(0, up + 1)
               select (box.Left + ((box.Right - box.Left) * i / across), box.Low + ((box.High - box.Low) * k / up));
    }

    private static IEnumerable<string> Overlap(string name, Solid one, Solid other)
    {
        var (left, right) = one.Extent(Axis.X);
        var (low, high) = one.Extent(Axis.Z);
        int shared = Points(new Box(left, low, right, high)).Where(at => (int)Math.Round((at.X - at.Z) / Grid) % 3 == 0)
            .Count(at => one.Along(at.X, at.Z) is { Count: > 0 } first
                && first.Any(a => other.Along(at.X, at.Z).Any(b => Math.Min(a.To, b.To) - Math.Max(a.From, b.From) > 0.02)));
        if (shared > 0)
            yield return Invariant($"{name}: share room at {shared} places");
    }

    private IEnumerable<string> Mounting()
    {
        var tabs = solids.Front.Cut(Axis.Y, 10.5);
        var (low, high) = solids.Front.Extent(Axis.Z);
        foreach (double z in new[] { low + 6, high - 6 })
            if (tabs.OpeningAt(0, z) is not { Width: > 5.1 and < 5.6 })
                yield return "mounting: no hole for an M5 screw in a tab";
        var module = board.Parts["U1"];
        var antenna = (X: module.Body.Right, module.Z);
        foreach (var (x, z) in ScrewHoles)
            if (Math.Sqrt(Math.Pow(x - antenna.X, 2) + Math.Pow(Math.Max(0, Math.Abs(z - antenna.Z) - 9), 2)) < 15)
                yield return Invariant($"screw at {x:0}, {z:0}: nearer than 15 mm to the antenna");
    }

    // Over a hole it would show that the lid was opened when nobody has opened it, or hide a light.
    private IEnumerable<string> Sticker()
    {
        var (left, right) = solids.Sticker.Extent(Axis.X);
        var (low, high) = solids.Sticker.Extent(Axis.Z);
        if (Points(new Box(left, low, right, high)).Any(at => !Face.HasMaterial(at.X, at.Z)))
            yield return "sticker: lies over a hole of the lid";
    }
}
