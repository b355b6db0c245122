using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.Netlist;

internal sealed record Component(string Reference, string Value, string Footprint, string Mpn, string Datasheet, bool Fitted, bool InBom);

/// <summary>A net by its last name ("STAR_1", not "/STAR_1") and the pins on it ("U1.30").</summary>
internal sealed record Net(string Name, string NetClass, IReadOnlySet<string> Pins);

/// <summary>What KiCad makes of the schematic: parts and nets.</summary>
internal sealed class Board
{
    private readonly Dictionary<string, Net> _byPin;

    public Board(string netlist)
        : this(SExpression.Parse(netlist))
    {
    }

    private Board(SExpression root)
        : this(root.One("components").All("comp").Select(Read), root.One("nets").All("net").Select(net => new Net(net.TextOf("name").Split('/')[^1],
            net.TextOf("class"), net.All("node").Select(node => $"{node.TextOf("ref")}.{node.TextOf("pin")}").ToHashSet())))
    {
    }

    private Board(IEnumerable<Component> components, IEnumerable<Net> nets)
    {
        Components = components.ToDictionary(component => component.Reference);
        Nets = [.. nets];
        _byPin = Nets.SelectMany(net => net.Pins.Select(pin => (pin, net))).ToDictionary(pair => pair.pin, pair => pair.net);
    }

    public IReadOnlyDictionary<string, Component> Components { get; }

    public IReadOnlyList<Net> Nets { get; }

    /// <summary>The net on a pin such as "U1.30"; an unconnected pin has a net of its own, an absent part has none.</summary>
    public Net? On(string pin) => _byPin.GetValueOrDefault(pin);

    public IEnumerable<Component> Between(string netA, string netB) => Components.Values.Where(part =>
    {
        var names = new[] { On($"{part.Reference}.1")?.Name, On($"{part.Reference}.2")?.Name };
        return names.Contains(netA) && names.Contains(netB);
    });

    /// <summary>The same board with another value of one part.</summary>
    public Board With(string reference, string value) =>
        new(Components.Values.Select(part => part.Reference == reference ? part with { Value = value } : part), Nets);

    /// <summary>The same board with one part left out: its pins leave their nets.</summary>
    public Board Without(string reference) => new(Components.Values.Where(part => part.Reference != reference),
        Nets.Select(net => net with { Pins = net.Pins.Where(pin => !pin.StartsWith($"{reference}.", StringComparison.Ordinal)).ToHashSet() }));

    private static Component Read(SExpression part)
    {
        var flags = part.All("property").Select(property => property.TextOf("name")).ToHashSet();
        string Field(string name) => part.All("property").FirstOrDefault(p => p.TextOf("name") == name)?.TextOf("value") ?? "";
        return new Component(part.TextOf("ref"), part.TextOf("value"), part.TextOf("footprint"), Field("MPN"), part.TextOf("datasheet"),
            Fitted: !flags.Contains("dnp"), InBom: !flags.Contains("exclude_from_bom"));
    }
}
