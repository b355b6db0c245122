namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>What joins the pads of one <see cref="Wanted"/>: steps between neighbouring cells on one layer, and vias.</summary>
internal sealed class Joined
{
    public List<(int From, int To, double Half)> Steps { get; } = [];

    /// <summary>Cells, not nodes.</summary>
    public List<int> Vias { get; } = [];

    /// <summary>The nodes whose copper reaches beyond the net's own pads.</summary>
    public IReadOnlyList<(int Node, double Half)> Outside { get; set; } = [];

    /// <summary>Every node with half the copper's width there.</summary>
    public List<(int Node, double Half)> Nodes()
    {
        var widths = new Dictionary<int, double>();
        foreach (var (from, to, half) in Steps)
            foreach (int node in new[] { from, to })
                widths[node] = Math.Max(half, widths.GetValueOrDefault(node));
        foreach (int cell in Vias)
            foreach (int node in new[] { cell, Grid.Size + cell })
                widths[node] = Math.Max(Track.ViaSize / 2, widths.GetValueOrDefault(node));
        return [.. widths.Select(pair => (pair.Key, pair.Value))];
    }

    public IEnumerable<Track> Tracks(string net)
    {
        foreach (int cell in Vias)
        {
            var (x, y) = Grid.Middle(cell);
            yield return Track.Via(net, Math.Round(x, 1), Math.Round(y, 1));
        }

        // Steps come in the order of the path, so that those in one direction follow one another.
        for (int i = 0; i < Steps.Count;)
        {
            int last = i;
            int stride = Steps[i].To - Steps[i].From;
            while (last + 1 < Steps.Count && Steps[last + 1].From == Steps[last].To && Steps[last + 1].To - Steps[last + 1].From == stride
                && Steps[last + 1].Half == Steps[i].Half)
                last++;
            var (x1, y1) = Grid.Middle(Steps[i].From % Grid.Size);
            var (x2, y2) = Grid.Middle(Steps[last].To % Grid.Size);
            yield return new Track(net, Steps[i].From < Grid.Size ? "F.Cu" : "B.Cu",
                Math.Round(x1, 1), Math.Round(y1, 1), Math.Round(x2, 1), Math.Round(y2, 1), Math.Round(2 * Steps[i].Half, 3));
            i = last + 1;
        }
    }
}
