namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>
/// Routes the board by negotiation: every net takes its cheapest way, tracks that are too near to one another give way in the next round, and a place that
/// was fought over stays dearer. Ends when nothing is too near. The same parts in the same places always give the same copper.
/// </summary>
internal sealed class Router
{
    private const int MaxRounds = 240;

    // When so few are left, the nets around them are taken up too, every so many rounds.
    private const int Few = 10;
    private const int Stir = 8;
    private const double Aside = 0.25;

    // Side of the squares, in cells, in which a net counts as being around.
    private const int Block = 20;
    private readonly Grid _grid = new();
    private readonly Search _search;
    private readonly IReadOnlyList<Wanted> _wanted;
    private readonly Joined?[] _joined;
    private readonly Lane[] _lanes;
    private readonly Dictionary<int, HashSet<int>> _nearPads = [];

    public Router(IReadOnlyList<CopperPad> pads)
    {
        var numbers = pads.Select(pad => pad.Net).Where(net => net != "").Distinct().Order(StringComparer.Ordinal)
            .Select((net, i) => (net, i)).ToDictionary(pair => pair.net, pair => (short)(pair.i + 1));
        _wanted = [.. Wanted.Of(pads, numbers).OrderBy(wanted => wanted.ToPlane ? 1 : 0).ThenByDescending(wanted => wanted.Rule.Width)
            .ThenBy(Spread).ThenBy(wanted => wanted.Net, StringComparer.Ordinal)];
        _lanes = [.. _wanted.Select(wanted => new Lane(wanted.Number, _grid.ProfileOf(wanted.Rule.Width / 2, wanted.Rule.Clearance),
            _grid.ProfileOf(wanted.Rule.Neck / 2, wanted.Rule.Clearance), _grid.ProfileOf(Track.ViaSize / 2, wanted.Rule.Clearance),
            wanted.Net == "/VBAT_IN" ? Lane.NoVia : wanted.Rule.Width < 1 ? 250 : 2500))];
        _grid.Block(pads, net => numbers[net]);
        _search = new Search(_grid);
        _joined = new Joined?[_wanted.Count];
    }

    /// <summary>What could not be joined, or lies too near to another, by name.</summary>
    public IReadOnlyList<string> Open { get; private set; } = [];

    public int Rounds { get; private set; }

    public IReadOnlyList<Track> Route(Action<string>? tell = null)
    {
        var again = Enumerable.Range(0, _wanted.Count).ToList();
        for (Rounds = 1; Rounds <= MaxRounds && again.Count > 0; Rounds++)
        {
            // Gently at first, so that the many find their order; the last few must go round whatever is there.
            _search.Present = Rounds < 34 ? Math.Min(2 + (Rounds * Rounds / 4), 120) : 40 * Rounds;
            if (Rounds % Stir == 0 && again.Count < Few)
            {
                again.AddRange(Around(again));
                again.ForEach(Lift);
            }

            foreach (int i in again)
            {
                Lift(i);
                _joined[i] = Join(i);
                Stamp(i, 1);
            }

            again = [.. Enumerable.Range(0, _wanted.Count).Where(i => _joined[i] is null || IsTooNear(i))];
            tell?.Invoke($"round {Rounds}: {again.Count} of {_wanted.Count} to route again");
            Open = [.. again.Select(i => $"{_wanted[i].Net}{(_joined[i] is null ? " has no way" : "")}: "
                + string.Join(' ', _wanted[i].Pins.Select(pin => $"{pin[0].Part}.{pin[0].Number}")))];
            if (Open.Count < Few)
                foreach (string open in Open)
                    tell?.Invoke($"  {open}");
        }

        for (int pass = 0; pass < 2 && Open.Count == 0; pass++)
            Tidy();
        return [.. _wanted.Zip(_joined).Where(pair => pair.Second is not null).SelectMany(pair => pair.Second!.Tracks(pair.First.Net)).Distinct()];
    }

    // What was fought over is free by now: each net goes the straightest way that is left.
    private void Tidy()
    {
        Array.Clear(_search.History);
        _search.Present = 40 * MaxRounds;
        for (int i = 0; i < _wanted.Count; i++)
        {
            var old = _joined[i];
            Lift(i);
            _joined[i] = Join(i);
            Stamp(i, 1);
            if (_joined[i] is not null && !Crosses(i))
                continue;
            Lift(i);
            _joined[i] = old;
            Stamp(i, 1);
        }
    }

    // Nets that lie around those that find no way: they take the way that is needed there, and have no reason of their own to leave it.
    private List<int> Around(IReadOnlyCollection<int> stuck)
    {
        int columns = Grid.Columns / Block + 1;
        int BlockOf(int node) => (node % Grid.Size / Grid.Columns / Block * columns) + (node % Grid.Size % Grid.Columns / Block);
        var near = new HashSet<int>();
        foreach (int i in stuck.Where(i => _joined[i] is not null))
            foreach (var at in _joined[i]!.Outside.Where(at => IsFoughtOver(i, at)))
                foreach (int by in new[] { 0, -1, 1, -columns, columns, -columns - 1, columns + 1, columns - 1, 1 - columns })
                    near.Add(BlockOf(at.Node) + by);
        return [.. Enumerable.Range(0, _wanted.Count).Where(i => !stuck.Contains(i) && _joined[i]!.Outside.Any(at => near.Contains(BlockOf(at.Node))))];
    }

    private static double Spread(Wanted wanted)
    {
        var pads = wanted.Pins.SelectMany(pin => pin).ToList();
        return pads.Max(pad => pad.X) - pads.Min(pad => pad.X) + pads.Max(pad => pad.Y) - pads.Min(pad => pad.Y);
    }

    private void Lift(int i)
    {
        Stamp(i, -1);
        _joined[i] = null;
    }

    private void Stamp(int i, int by)
    {
        if (_joined[i] is { } joined)
            _grid.Stamp(joined.Outside, _wanted[i].Rule.Clearance, by);
    }

    // Each net counts once at each of its own nodes.
    private bool IsFoughtOver(int i, (int Node, double Half) at) => _grid.Used(_grid.ProfileOf(at.Half, _wanted[i].Rule.Clearance), at.Node) > 1;

    private bool Crosses(int i) => _joined[i]!.Outside.Any(at => IsFoughtOver(i, at));

    private bool IsTooNear(int i)
    {
        var fought = _joined[i]!.Outside.Where(at => IsFoughtOver(i, at)).Select(at => at.Node).ToList();
        // A little around as well: a tenth of a millimetre aside is the same quarrel.
        _grid.Near(fought, Aside, node => _search.History[node] = (ushort)Math.Min(60000, _search.History[node] + 6));
        return fought.Count > 0;
    }

    private Joined? Join(int i)
    {
        var joined = Ways(i);
        if (joined is not null)
            joined.Outside = [.. joined.Nodes().Where(node => !_wanted[i].Pins.Any(pin => pin.Any(pad => Covers(pad, node.Node, node.Half))))];
        return joined;
    }

    // Copper that a pad covers is the pad's.
    private static bool Covers(CopperPad pad, int node, double half)
    {
        var (x, y) = Grid.Middle(node % Grid.Size);
        return (node < Grid.Size ? pad.Front : pad.Back) && pad.Distance(x, y) < 0.03 - half;
    }

    private Joined? Ways(int i)
    {
        var wanted = _wanted[i];
        var lane = _lanes[i];
        var joined = new Joined();
        var tree = new HashSet<int>(Cells(wanted.Pins[0]));
        var left = wanted.Pins.Skip(1).ToList();
        var nearPads = NearPads(i);
        var middles = new List<CopperPad>(wanted.Pins[0]);
        while (wanted.ToPlane || left.Count > 0)
        {
            var next = wanted.ToPlane ? null : left.MinBy(pin => middles.Min(pad => Math.Abs(pad.X - pin[0].X) + Math.Abs(pad.Y - pin[0].Y)));
            var target = next is null ? null : Cells(next).ToHashSet();
            var near = next is null ? (0, 0, 0) : ((int)(next[0].X / Grid.Cell), (int)(next[0].Y / Grid.Cell), (int)(next[0].Reach / Grid.Cell) + 2);
            var way = _search.Find(lane, tree, target is null ? null : target.Contains, near, nearPads.Contains, joined.Vias);
            if (way is null)
                return null;
            Add(joined, way, lane);
            if (next is null)
            {
                joined.Vias.Add(way[^1].Node % Grid.Size);
                return joined;
            }

            tree.UnionWith(way.Select(step => step.Node));
            tree.UnionWith(target!);
            middles.AddRange(next);
            left.Remove(next);
        }

        return joined;
    }

    private void Add(Joined joined, List<(int Node, bool Narrow)> way, Lane lane)
    {
        double Half(bool narrow) => _grid.Profiles[narrow ? lane.Neck : lane.Wide].Half;
        // The first node is joined already, perhaps by narrow copper or in a pad: the second decides.
        for (int k = 1; k < way.Count; k++)
        {
            if (way[k].Node % Grid.Size == way[k - 1].Node % Grid.Size)
                joined.Vias.Add(way[k].Node % Grid.Size);
            else
                joined.Steps.Add((way[k - 1].Node, way[k].Node, Half(way[k].Narrow || (k > 1 ? way[k - 1].Narrow : !IsWide(way[0].Node, lane)))));
        }
    }

    private bool IsWide(int node, Lane lane) => _grid.IsOpen(lane.Wide, node, lane.Net);

    private HashSet<int> NearPads(int i)
    {
        if (_nearPads.TryGetValue(i, out var known))
            return known;
        var cells = new HashSet<int>();
        foreach (var pad in _wanted[i].Pins.SelectMany(pin => pin))
            Grid.Around(pad, NetRule.Reach, cell => { cells.Add(cell); cells.Add(Grid.Size + cell); });
        return _nearPads[i] = cells;
    }

    // A track ends a little inside the pad's edge.
    private static List<int> Cells(IReadOnlyList<CopperPad> pin)
    {
        var cells = new List<int>();
        foreach (var pad in pin)
        {
            var inside = new List<int>();
            for (double inset = -0.08; inside.Count == 0 && inset <= 0; inset += 0.04)
                Grid.Around(pad, inset, inside.Add);
            cells.AddRange(inside.Where(_ => pad.Front).Concat(inside.Where(_ => pad.Back).Select(cell => Grid.Size + cell)));
        }

        return cells;
    }
}
