using System.Globalization;
using System.Text.RegularExpressions;

namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>Which pads hang together, found in the painted copper of the four layers and the plated holes alone.</summary>
internal sealed partial class CopperNets
{
    private readonly IReadOnlyList<GerberLayer> _layers;
    private readonly int[][] _pieces;
    private readonly List<int> _root = [0];

    /// <param name="layers">From the street to the cabin.</param>
    /// <param name="drill">Excellon, plated holes only, in millimetres.</param>
    /// <param name="left">The board's upper left corner, as in the Gerber files.</param>
    public CopperNets(IReadOnlyList<GerberLayer> layers, string drill, double left, double top)
    {
        _layers = layers;
        _pieces = [.. layers.Select(Pieces)];
        foreach (Match hole in Hole().Matches(drill))
        {
            double x = double.Parse(hole.Groups[1].Value, CultureInfo.InvariantCulture) - left;
            double y = top - double.Parse(hole.Groups[2].Value, CultureInfo.InvariantCulture);
            int[] met = [.. _pieces.Select((pieces, layer) => pieces[_layers[layer].CellAt(x, y)]).Where(piece => piece > 0)];
            foreach (int piece in met.Skip(1))
                _root[Root(piece)] = Root(met[0]);
        }
    }

    /// <summary>Where the copper and the netlist differ, by name.</summary>
    public IReadOnlyList<string> DifferencesFrom(IEnumerable<CopperPad> pads)
    {
        var found = pads.Where(pad => pad.Number != "" && !pad.KeepsViasOut).Select(pad => (Pad: pad, Piece: PieceAt(pad))).ToList();
        var bare = found.Where(item => item.Piece == 0).Select(item => $"{item.Pad.Part}.{item.Pad.Number}: no copper");
        var named = found.Where(item => item.Piece > 0 && item.Pad.Net != "").ToList();
        var cut = from net in named.GroupBy(item => item.Pad.Net)
                  let pieces = net.GroupBy(item => item.Piece).ToList()
                  where pieces.Count > 1
                  let smallest = pieces.MinBy(piece => piece.Count())!
                  select $"{net.Key} is in {pieces.Count} pieces; apart: {string.Join(' ', smallest.Select(item => $"{item.Pad.Part}.{item.Pad.Number}"))}";
        var shorted = from piece in named.GroupBy(item => item.Piece)
                      let nets = piece.Select(item => item.Pad.Net).Distinct().Order(StringComparer.Ordinal).ToList()
                      where nets.Count > 1
                      select $"{string.Join(" and ", nets)} are one piece of copper";
        return [.. bare, .. cut, .. shorted];
    }

    /// <summary>The pads, by name, that the copper joins to one of them.</summary>
    public IReadOnlyList<string> JoinedTo(CopperPad pad, IEnumerable<CopperPad> pads) =>
        [.. pads.Where(other => other != pad && other.Number != "" && !other.KeepsViasOut && PieceAt(other) == PieceAt(pad))
            .Select(other => $"{other.Part}.{other.Number}")];

    private int PieceAt(CopperPad pad)
    {
        int layer = pad.Front ? 0 : _layers.Count - 1;
        return Root(_pieces[layer][_layers[layer].CellAt(pad.X, pad.Y)]);
    }

    private int Root(int piece)
    {
        while (_root[piece] != piece)
            piece = _root[piece] = _root[_root[piece]];
        return piece;
    }

    private int[] Pieces(GerberLayer layer)
    {
        int[] pieces = new int[layer.Copper.Length];
        var open = new Stack<int>();
        for (int start = 0; start < pieces.Length; start++)
        {
            if (!layer.Copper[start] || pieces[start] != 0)
                continue;
            int piece = _root.Count;
            _root.Add(piece);
            pieces[start] = piece;
            open.Push(start);
            while (open.TryPop(out int cell))
            {
                int column = cell % layer.Columns;
                Visit(column > 0, cell - 1);
                Visit(column < layer.Columns - 1, cell + 1);
                Visit(cell >= layer.Columns, cell - layer.Columns);
                Visit(cell + layer.Columns < pieces.Length, cell + layer.Columns);
            }

            void Visit(bool inside, int cell)
            {
                if (!inside || !layer.Copper[cell] || pieces[cell] != 0)
                    return;
                pieces[cell] = piece;
                open.Push(cell);
            }
        }

        return pieces;
    }

    [GeneratedRegex(@"^X(-?[\d.]+)Y(-?[\d.]+)$", RegexOptions.Multiline)]
    private static partial Regex Hole();
}
