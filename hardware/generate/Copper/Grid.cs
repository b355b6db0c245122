using TaxiCredit.Hardware.Generate.BoardOutline;

namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>A middle line of copper: half its width, and how far it keeps from other nets.</summary>
internal sealed record Profile(double Half, double Clearance);

/// <summary>
/// The board as tenths of a millimetre on both outer layers. For each profile it knows where pads, holes and edges leave no room, and how many
/// tracks of others would be too near.
/// </summary>
internal sealed class Grid
{
    public const double Cell = 0.1;
    public const int Columns = (int)(Outline.Width / Cell) + 1;
    public const int Rows = (int)(Outline.Height / Cell) + 1;
    public const int Size = Columns * Rows;
    private const short Nobody = -1;
    private const double EdgeClearance = 0.42;
    private const double HoleClearance = 0.27;
    private const double FiducialClearance = 0.6;
    private const double ViaFromPad = 0.32;

    // Between its nodes a slanting track comes a little nearer than they do.
    private const double Spare = 0.01;
    private readonly List<Profile> _profiles = [];
    private readonly List<short[]> _owners = [];
    private readonly List<byte[]> _used = [];
    private readonly List<int> _touched = [];
    private readonly bool[] _mark = new bool[Size];

    public IReadOnlyList<Profile> Profiles => _profiles;

    public int ProfileOf(double half, double clearance)
    {
        int at = _profiles.FindIndex(profile => profile.Half == half && profile.Clearance == clearance);
        if (at >= 0)
            return at;
        _profiles.Add(new Profile(half, clearance));
        _owners.Add(new short[2 * Size]);
        _used.Add(new byte[2 * Size]);
        return _profiles.Count - 1;
    }

    public static (double X, double Y) Middle(int cell) => (cell % Columns * Cell, cell / Columns * Cell);

    public static int CellAt(double x, double y) => ((int)Math.Round(y / Cell) * Columns) + (int)Math.Round(x / Cell);

    /// <summary>Whether pads, holes and edges leave room for a net of this number.</summary>
    public bool IsOpen(int profile, int node, int net) => _owners[profile][node] is 0 || _owners[profile][node] == net;

    /// <summary>How many tracks of others are too near.</summary>
    public int Used(int profile, int node) => _used[profile][node];

    public void Block(IEnumerable<CopperPad> pads, Func<string, short> numberOf)
    {
        for (int p = 0; p < _profiles.Count; p++)
        {
            Edges(p);
            bool isVia = _profiles[p].Half == Track.ViaSize / 2;
            foreach (var pad in pads)
            {
                if (pad.KeepsViasOut)
                {
                    if (isVia)
                        Around(pad, ViaFromPad, cell => { Own(p, cell, Nobody); Own(p, Size + cell, Nobody); });
                    continue;
                }

                short net = pad.Net == "" ? Nobody : numberOf(pad.Net);
                double clearance = pad.Number == "" ? pad.Drill > 0 ? HoleClearance : FiducialClearance
                    : Math.Max(_profiles[p].Clearance, NetRule.Of(pad.Net).Clearance);
                for (int layer = 0; layer < 2; layer++)
                    if (layer == 0 ? pad.Front : pad.Back)
                        Around(pad, _profiles[p].Half + clearance + Spare, cell => Own(p, (layer * Size) + cell, net));
                // No via in any pad, and none in the hole's way.
                if (isVia)
                    Around(pad, ViaFromPad, cell => { Own(p, cell, Nobody); Own(p, Size + cell, Nobody); });
            }
        }
    }

    /// <summary>Counts a net's copper in, or out again, for every profile.</summary>
    public void Stamp(IReadOnlyCollection<(int Node, double Half)> path, double clearance, int by)
    {
        for (int p = 0; p < _profiles.Count; p++)
        {
            byte[] used = _used[p];
            for (int layer = 0; layer < 2; layer++)
            {
                foreach (var (node, half) in path)
                    if (node / Size == layer)
                        MarkDisc(node % Size, half + Math.Max(clearance, _profiles[p].Clearance) + _profiles[p].Half + Spare);
                foreach (int cell in _touched)
                {
                    used[(layer * Size) + cell] = (byte)(used[(layer * Size) + cell] + by);
                    _mark[cell] = false;
                }

                _touched.Clear();
            }
        }
    }

    /// <summary>Every node within a distance of these, once.</summary>
    public void Near(IReadOnlyCollection<int> nodes, double distance, Action<int> each)
    {
        for (int layer = 0; layer < 2; layer++)
        {
            foreach (int node in nodes)
                if (node / Size == layer)
                    MarkDisc(node % Size, distance);
            foreach (int cell in _touched)
            {
                each((layer * Size) + cell);
                _mark[cell] = false;
            }

            _touched.Clear();
        }
    }

    private void MarkDisc(int middle, double radius)
    {
        int reach = (int)Math.Ceiling(radius / Cell);
        int column = middle % Columns;
        int row = middle / Columns;
        double limit = radius / Cell * (radius / Cell);
        for (int y = Math.Max(0, row - reach); y <= Math.Min(Rows - 1, row + reach); y++)
            for (int x = Math.Max(0, column - reach); x <= Math.Min(Columns - 1, column + reach); x++)
            {
                int cell = (y * Columns) + x;
                if (_mark[cell] || ((x - column) * (x - column)) + ((y - row) * (y - row)) >= limit)
                    continue;
                _mark[cell] = true;
                _touched.Add(cell);
            }
    }

    private void Own(int profile, int node, short net)
    {
        short owner = _owners[profile][node];
        _owners[profile][node] = owner == 0 || owner == net ? net : Nobody;
    }

    private void Edges(int profile)
    {
        double margin = _profiles[profile].Half + EdgeClearance;
        var holes = Outline.Screws.Select(hole => (hole.X, hole.Y, Radius: Outline.MountingHole / 2)).Concat(Enumerable.Range(0, Outline.Channels)
            .Select(i => (X: Outline.ChannelX(i), Y: Outline.PipeRow, Radius: Outline.PipeHole / 2))).ToList();
        for (int cell = 0; cell < Size; cell++)
        {
            var (x, y) = Middle(cell);
            if (x < margin || y < margin || y > Outline.Height - margin || x > Housed.Antenna - _profiles[profile].Half - Spare
                || holes.Any(hole => Square(x - hole.X) + Square(y - hole.Y) < Square(hole.Radius + margin)))
            {
                Own(profile, cell, Nobody);
                Own(profile, Size + cell, Nobody);
            }
        }
    }

    /// <summary>Every cell whose middle is nearer to a pad than a distance; negative: inside it.</summary>
    public static void Around(CopperPad pad, double distance, Action<int> each)
    {
        double reach = pad.Reach + Math.Max(distance, 0) + Cell;
        for (int row = Math.Max(0, (int)((pad.Y - reach) / Cell)); row <= Math.Min(Rows - 1, (int)((pad.Y + reach) / Cell)); row++)
            for (int column = Math.Max(0, (int)((pad.X - reach) / Cell)); column <= Math.Min(Columns - 1, (int)((pad.X + reach) / Cell)); column++)
                if (pad.Distance(column * Cell, row * Cell) < distance)
                    each((row * Columns) + column);
    }

    private static double Square(double value) => value * value;
}
