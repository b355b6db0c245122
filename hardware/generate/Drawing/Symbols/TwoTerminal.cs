namespace TaxiCredit.Hardware.Generate.Drawing.Symbols;

/// <summary>
/// Resistors, capacitors and the like. Drawn lying: pin 1 left, pin 2 right; a diode's pin 1 is its cathode, so that it
/// conducts from right to left until the sheet turns it.
/// </summary>
internal static class TwoTerminal
{
    public static IEnumerable<Symbol> All()
    {
        yield return Part("R", "R", Shapes.Rectangle(-2.54, 1.016, 2.54, -1.016));
        yield return Part("C", "C", Plates, halfWidth: 1, lead: 2.286);
        yield return Part("CP", "C", Plates + Shapes.Lines(-1.9, 1.5, -1.1, 1.5) + Shapes.Lines(-1.5, 1.9, -1.5, 1.1), halfWidth: 1, lead: 2.286);
        yield return Part("L", "L", string.Concat(Enumerable.Range(0, 4).Select(i => Bump(-2.54 + (i * 1.27)))));
        yield return Part("Battery_Cell", "BT", Shapes.Lines(-0.5, 2.2, -0.5, -2.2) + Shapes.Lines(0.5, 1.1, 0.5, -1.1) + Shapes.Lines(-2.0, 1.6, -1.0, 1.6)
            + Shapes.Lines(-1.5, 2.1, -1.5, 1.1), halfWidth: 1, lead: 2.286);
        yield return Part("Fuse", "F", Shapes.Rectangle(-2.54, 1.016, 2.54, -1.016) + Shapes.Lines(-2.54, 0, 2.54, 0));
        yield return Part("Crystal", "Y", Shapes.Rectangle(-0.762, 1.8, 0.762, -1.8)
            + Shapes.Lines(-1.4, 1.8, -1.4, -1.8) + Shapes.Lines(1.4, 1.8, 1.4, -1.8), halfWidth: 1, lead: 2.41);
        yield return Diode("D_Schottky", Triangle + Shapes.Lines(-1.27, 1.27, -1.27, -1.27, -0.635, -1.27, -0.635, -0.9)
            + Shapes.Lines(-1.27, 1.27, -1.905, 1.27, -1.905, 0.9));
        yield return Diode("LED", Triangle + Bar + Arrow(-0.6, 1.5) + Arrow(0.7, 1.5));
        yield return Part("TVS_Bidirectional", "D", Shapes.Poly(false, 0, 0, -1.9, 1.1, -1.9, -1.1, 0, 0) + Shapes.Poly(false, 0, 0, 1.9, 1.1, 1.9, -1.1, 0, 0)
            + Shapes.Lines(0.4, 1.4, 0, 1.1, 0, -1.1, -0.4, -1.4) + Shapes.Lines(-1.27, 0, 1.27, 0));
        yield return Part("Switch", "SW", Shapes.Circle(-2.0, 0, 0.5) + Shapes.Circle(2.0, 0, 0.5) + Shapes.Lines(-1.7, 0.6, 1.9, 1.9));
        yield return Part("Jumper_Open", "JP", Shapes.Arc(-0.4, 1.0, -1.4, 0, -0.4, -1.0) + Shapes.Lines(-0.4, 1.0, -0.4, -1.0)
            + Shapes.Arc(0.4, 1.0, 1.4, 0, 0.4, -1.0) + Shapes.Lines(0.4, 1.0, 0.4, -1.0), halfWidth: 1, lead: 2.41);
    }

    private static string Plates => Shapes.Lines(-0.508, 2.032, -0.508, -2.032) + Shapes.Lines(0.508, 2.032, 0.508, -2.032);

    private static string Triangle => Shapes.Poly(false, 1.27, 1.27, 1.27, -1.27, -1.27, 0, 1.27, 1.27) + Shapes.Lines(-1.27, 0, 1.27, 0);

    private static string Bar => Shapes.Lines(-1.27, 1.27, -1.27, -1.27);

    private static string Bump(double x) => Shapes.Arc(x, 0, x + 0.635, 0.9, x + 1.27, 0);

    private static string Arrow(double x, double y) =>
        Shapes.Lines(x, y, x - 1.0, y + 1.0) + Shapes.Lines(x - 1.0, y + 0.5, x - 1.0, y + 1.0, x - 0.5, y + 1.0);

    private static Symbol Part(string name, string prefix, string graphics, int halfWidth = 2, double lead = 0)
    {
        // The pin ends one step from the middle of small bodies; a short line fills the rest of the way.
        double pinEnd = (3 * Point.Step) - Point.Step;
        string leads = lead > 0 ? Shapes.Lines(-pinEnd, 0, -(3 * Point.Step) + lead + 1.0, 0) + Shapes.Lines(pinEnd, 0, (3 * Point.Step) - lead - 1.0, 0) : "";
        return new Symbol(name, prefix, [Pin("1", "1", -3, Side.Left), Pin("2", "2", 3, Side.Right)], graphics + leads, halfWidth, 2);
    }

    private static Symbol Diode(string name, string graphics) =>
        new(name, "D", [Pin("1", "K", -3, Side.Left) with { Length = 2 }, Pin("2", "A", 3, Side.Right)], graphics, 2, 2);

    private static SymbolPin Pin(string number, string name, int x, Side side) => new(number, name, x, 0, side, "passive", Length: 1);
}
