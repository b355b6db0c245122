using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>A net by its full name and its number in KiCad's netlist.</summary>
internal sealed record BoardNet(int Code, string Name, int Pins);

/// <summary>A part as the board file needs it: which symbol it comes from, and the net of each pad.</summary>
/// <param name="Path">Identities of the sheets and the symbol.</param>
/// <param name="Attributes">What KiCad's board adds to the footprint's: "dnp", "exclude_from_bom".</param>
internal sealed record BoardPart(string Reference, string Value, string Footprint, string Sheet, string Path, string SheetName, string SheetFile,
    IReadOnlyList<string> Attributes, IReadOnlyList<(string Name, string Value)> Fields, IReadOnlyDictionary<string, BoardNet> Pads)
{
    public BoardNet? NetOn(string pad) => Pads.GetValueOrDefault(pad);

    /// <param name="netlist">KiCad's own format.</param>
    /// <returns>The parts that have a footprint, and all nets by number.</returns>
    public static (IReadOnlyList<BoardPart> Parts, IReadOnlyList<BoardNet> Nets) Read(string netlist)
    {
        var root = SExpression.Parse(netlist);
        var nets = root.One("nets").All("net").Select(net =>
            (Net: new BoardNet(int.Parse(net.TextOf("code"), null), net.TextOf("name"), net.All("node").Count()), Nodes: net.All("node"))).ToList();
        var pads = nets.SelectMany(net => net.Nodes.Select(node => (Part: node.TextOf("ref"), Pin: node.TextOf("pin"), net.Net)))
            .ToLookup(node => node.Part);
        var parts = root.One("components").All("comp").Where(comp => comp.TextOf("footprint") != "")
            .Select(comp => From(comp, pads[comp.TextOf("ref")].ToDictionary(node => node.Pin, node => node.Net)));
        return ([.. parts.OrderBy(part => part.Reference, StringComparer.Ordinal)], [.. nets.Select(net => net.Net)]);
    }

    private static BoardPart From(SExpression comp, Dictionary<string, BoardNet> pads)
    {
        string Property(string name) => comp.All("property").FirstOrDefault(property => property.TextOf("name") == name)?.TextOf("value") ?? "";
        var path = comp.One("sheetpath");
        var flags = comp.All("property").Select(property => property.TextOf("name"));
        var fields = comp.One("fields").All("field").Select(field => (field.TextOf("name"), field.Values.ElementAtOrDefault(0) ?? ""))
            .Where(field => field.Item1 is not "Footprint");
        return new BoardPart(comp.TextOf("ref"), comp.TextOf("value"), comp.TextOf("footprint"), path.TextOf("names"),
            path.TextOf("tstamps") + comp.TextOf("tstamps"), Property("Sheetname"), Property("Sheetfile"),
            [.. flags.Where(flag => flag is "dnp" or "exclude_from_bom")], [.. fields], pads);
    }
}
