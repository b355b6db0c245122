namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>
/// The cheapest way over the grid from what is joined already to the next pad (A*). Where tracks of others lie it costs more, and more each time.
/// </summary>
internal sealed class Search(Grid grid)
{
    private const int Straight = 10;
    private const int Diagonal = 14;
    // The node that every place for a via leads to.
    private const int Plane = 2 * Grid.Size;
    private readonly int[] _cost = new int[Plane + 1];
    private readonly int[] _from = new int[Plane + 1];
    private readonly int[] _round = new int[Plane + 1];
    private readonly bool[] _narrow = new bool[Plane + 1];
    private readonly PriorityQueue<int, long> _open = new();
    private int _rounds;

    /// <summary>What each node costs more because it was fought over.</summary>
    public ushort[] History { get; } = new ushort[2 * Grid.Size];

    /// <summary>What a track of another costs, in straight steps.</summary>
    public int Present { get; set; } = 1;

    /// <param name="sources">Nodes that are joined.</param>
    /// <param name="isTarget">Null: any place for a via.</param>
    /// <param name="near">Middle of the target, and how far it reaches, in cells.</param>
    /// <param name="mayNeck">Nodes near the net's own pads.</param>
    /// <returns>Nodes from source to target, and for each whether the copper is narrow there; null when there is no way.</returns>
    public List<(int Node, bool Narrow)>? Find(Lane lane, IEnumerable<int> sources, Func<int, bool>? isTarget, (int Column, int Row, int Reach) near,
        Func<int, bool> mayNeck, IReadOnlyList<int> ownVias)
    {
        _rounds++;
        _open.Clear();
        int Estimate(int node)
        {
            if (isTarget is null || node == Plane)
                return 0;
            int cell = node % Grid.Size;
            int dx = Math.Max(0, Math.Abs((cell % Grid.Columns) - near.Column) - near.Reach);
            int dy = Math.Max(0, Math.Abs((cell / Grid.Columns) - near.Row) - near.Reach);
            return (Straight * Math.Max(dx, dy)) + ((Diagonal - Straight) * Math.Min(dx, dy));
        }

        void Reach(int node, int cost, int from, bool narrow)
        {
            if (_round[node] == _rounds && _cost[node] <= cost)
                return;
            _round[node] = _rounds;
            _cost[node] = cost;
            _from[node] = from;
            _narrow[node] = narrow;
            _open.Enqueue(node, ((long)(cost + Estimate(node)) << 24) | (uint)node);
        }

        foreach (int node in sources)
            Reach(node, 0, -1, false);
        while (_open.TryDequeue(out int node, out long key))
        {
            if (_cost[node] + Estimate(node) < key >> 24)
                continue;
            if (node == Plane || isTarget?.Invoke(node) == true)
                return Way(node == Plane ? _from[node] : node);
            int other = node < Grid.Size ? node + Grid.Size : node - Grid.Size;
            if (lane.ViaCost < Lane.NoVia && MayDrill(lane, node % Grid.Size, ownVias))
            {
                int drilled = _cost[node] + Extra(lane.Via, node) + Extra(lane.Via, other);
                bool wideEnough = grid.IsOpen(lane.Wide, other, lane.Net);
                if (isTarget is null)
                    Reach(Plane, drilled, node, false);
                else if (wideEnough || mayNeck(other))
                    Reach(other, drilled + lane.ViaCost, node, !wideEnough);
            }

            int cell = node % Grid.Size;
            int column = cell % Grid.Columns;
            int row = cell / Grid.Columns;
            for (int y = -1; y <= 1; y++)
                for (int x = -1; x <= 1; x++)
                {
                    if ((x == 0 && y == 0) || column + x < 0 || column + x >= Grid.Columns || row + y < 0 || row + y >= Grid.Rows)
                        continue;
                    int next = node + (y * Grid.Columns) + x;
                    int step = x != 0 && y != 0 ? Diagonal : Straight;
                    int wide = grid.IsOpen(lane.Wide, next, lane.Net) ? step + Extra(lane.Wide, next) : int.MaxValue;
                    int narrow = lane.Neck != lane.Wide && mayNeck(next) && grid.IsOpen(lane.Neck, next, lane.Net)
                        ? (step * 3 / 2) + Extra(lane.Neck, next) : int.MaxValue;
                    if (Math.Min(wide, narrow) < int.MaxValue)
                        Reach(next, _cost[node] + Math.Min(wide, narrow), node, narrow < wide);
                }
        }

        return null;
    }

    private bool MayDrill(Lane lane, int cell, IReadOnlyList<int> ownVias)
    {
        if (!grid.IsOpen(lane.Via, cell, lane.Net) || !grid.IsOpen(lane.Via, Grid.Size + cell, lane.Net))
            return false;
        foreach (int via in ownVias)
        {
            int dx = (via % Grid.Columns) - (cell % Grid.Columns);
            int dy = (via / Grid.Columns) - (cell / Grid.Columns);
            if ((dx * dx) + (dy * dy) < 64)
                return false;
        }

        return true;
    }

    private int Extra(int profile, int node) => (History[node] * 2) + (grid.Used(profile, node) > 0 ? Present * Straight : 0);

    private List<(int Node, bool Narrow)> Way(int node)
    {
        var way = new List<(int, bool)>();
        for (int at = node; at >= 0; at = _from[at])
            way.Add((at, _narrow[at]));
        way.Reverse();
        return way;
    }
}

/// <summary>
/// The profiles of a net, and its number. The supply pays more for a via, because a fault's current is too much for one; the plug's own line has none.
/// </summary>
internal sealed record Lane(short Net, int Wide, int Neck, int Via, int ViaCost)
{
    public const int NoVia = int.MaxValue;
}
