namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>Which quarter millimetres of the board are taken, on either side: by parts, and by what of the housing touches the board.</summary>
internal sealed class Room
{
    public const double Cell = 0.25;
    private const double Edge = 0.5;
    private readonly int _columns = (int)(Outline.Width / Cell);
    private readonly int _rows = (int)(Outline.Height / Cell);
    private readonly bool[][] _taken;

    public Room()
    {
        _taken = [new bool[_columns * _rows], new bool[_columns * _rows]];
        foreach (bool back in new[] { false, true })
            Take(back, (x, y) => x < Edge || y < Edge || x > Outline.Width - Edge || y > Outline.Height - Edge || Housed.Touches(back, x, y));
    }

    /// <summary>Whether a part fits there; its cells are relative to the lower corner of the cell in which it lies.</summary>
    public bool IsFree(PartCells part, double x, double y, bool back) =>
        All(part.Own, x, y, back ? 1 : 0) && All(part.Through, x, y, back ? 0 : 1);

    public void Take(PartCells part, double x, double y, bool back)
    {
        foreach (var (cells, side) in new[] { (part.Own, back ? 1 : 0), (part.Through, back ? 0 : 1) })
            foreach (var (column, row) in cells)
                if (Index(column + Column(x), row + Column(y)) is int at)
                    _taken[side][at] = true;
    }

    private void Take(bool back, Func<double, double, bool> taken)
    {
        for (int row = 0; row < _rows; row++)
            for (int column = 0; column < _columns; column++)
                if (taken((column + 0.5) * Cell, (row + 0.5) * Cell))
                    _taken[back ? 1 : 0][(row * _columns) + column] = true;
    }

    private bool All(IReadOnlyList<(int Column, int Row)> cells, double x, double y, int side)
    {
        int atColumn = Column(x);
        int atRow = Column(y);
        foreach (var (column, row) in cells)
            if (Index(column + atColumn, row + atRow) is not int at || _taken[side][at])
                return false;
        return true;
    }

    private static int Column(double x) => (int)Math.Round(x / Cell);

    private int? Index(int column, int row) =>
        column < 0 || row < 0 || column >= _columns || row >= _rows ? null : (row * _columns) + column;
}

/// <summary>The cells of a footprint in one orientation, from its origin: those of its side, and those that its holes take on the other.</summary>
internal sealed record PartCells(IReadOnlyList<(int Column, int Row)> Own, IReadOnlyList<(int Column, int Row)> Through)
{
    /// <param name="turn">A place at 0, 0.</param>
    /// <param name="around">More room than its courtyard, in millimetres.</param>
    public static PartCells Of(Courtyard courtyard, Place turn, double around = 0)
    {
        var box = courtyard.Box;
        double reach = new[] { box.Left, box.Right, box.Top, box.Bottom }.Max(Math.Abs);
        int cells = (int)Math.Ceiling((reach + around) / Room.Cell) + 1;
        var square = from row in Enumerable.Range(-cells, 2 * cells)
                     from column in Enumerable.Range(-cells, 2 * cells)
                     select (column, row);
        var inverse = new Place(0, 0, turn.Back ? turn.Angle : -turn.Angle, turn.Back);
        var both = square.Select(cell => (cell, Local: inverse.OnBoard((cell.column + 0.5) * Room.Cell, (cell.row + 0.5) * Room.Cell))).ToList();
        bool Hole((double X, double Y) at) => courtyard.Holes.Any(hole => Square(at.X - hole.X) + Square(at.Y - hole.Y) < Square(hole.Radius + 0.3));
        return new PartCells(
            [.. both.Where(at => Covers(courtyard, at.Local.X, at.Local.Y, around + (0.48 * Room.Cell))).Select(at => at.cell)],
            [.. both.Where(at => Hole(at.Local)).Select(at => at.cell)]);
    }

    // A cell counts as soon as the courtyard reaches into it.
    private static bool Covers(Courtyard courtyard, double x, double y, double half) => new[] { -half, 0, half }
        .Any(aside => new[] { -half, 0, half }.Any(up => courtyard.Contains(x + aside, y + up)));

    private static double Square(double value) => value * value;
}
