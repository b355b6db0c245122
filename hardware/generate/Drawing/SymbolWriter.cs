using TaxiCredit.Hardware.Generate.Drawing.Symbols;

namespace TaxiCredit.Hardware.Generate.Drawing;

/// <summary>Writes symbols in KiCad 9's format, for the library file and for the copy that each sheet carries.</summary>
internal static class SymbolWriter
{
    public static string LibraryFile()
    {
        var text = new KicadText().Append("(kicad_symbol_lib\n\t(version 20241209)\n\t(generator \"taxicredit\")\n\t(generator_version \"9.0\")\n");
        foreach (var symbol in Library.Symbols.Values.OrderBy(symbol => symbol.Name, StringComparer.Ordinal))
            text.Append(Definition(symbol, symbol.Name));
        return text.Append(")\n").ToString();
    }

    public static string Definition(Symbol symbol, string name)
    {
        var text = new KicadText().Append($"\t(symbol \"{name}\"\n");
        if (symbol.IsPower)
            text.Append("\t\t(power)\n");
        if (!symbol.ShowsPinNumbers)
            text.Append("\t\t(pin_numbers (hide yes))\n");
        text.Append(symbol.IsBox ? "\t\t(pin_names (offset 1.016))\n" : "\t\t(pin_names (offset 0) (hide yes))\n");
        text.Append($"\t\t(exclude_from_sim no) (in_bom {YesNo(!symbol.IsPower)}) (on_board yes)\n");
        double top = (symbol.HalfHeight + 1) * Point.Step;
        text.Append(Property("Reference", symbol.Prefix, top + 1.27, hidden: symbol.IsPower));
        text.Append(Property("Value", symbol.Name, top, hidden: false));
        text.Append(Property("Footprint", "", 0, hidden: true)).Append(Property("Datasheet", "", 0, hidden: true));
        text.Append(Property("Description", symbol.Facts == "" ? "" : $"Pin numbers: {symbol.Facts}", 0, hidden: true));
        text.Append($"\t\t(symbol \"{symbol.Name}_0_1\"\n\t\t\t{symbol.Graphics}\n\t\t)\n\t\t(symbol \"{symbol.Name}_1_1\"\n");
        foreach (var pin in symbol.Pins)
            text.Append(PinText(pin));
        return text.Append("\t\t)\n\t)\n").ToString();
    }

    public static string YesNo(bool value) => value ? "yes" : "no";

    private static string Property(string name, string value, double y, bool hidden) =>
        $"\t\t(property \"{name}\" \"{value}\" (at 0 {Point.Mm(y)} 0) (effects (font (size 1.27 1.27)){(hidden ? " (hide yes)" : "")}))\n";

    private static string PinText(SymbolPin pin)
    {
        int angle = pin.Looks switch { Side.Left => 0, Side.Right => 180, Side.Up => 270, _ => 90 };
        string at = $"(at {Point.Mm(pin.X * Point.Step)} {Point.Mm(pin.Y * Point.Step)} {angle}) (length {Point.Mm(pin.Length * Point.Step)})";
        return $"\t\t\t(pin {pin.Type} line {at}{(pin.Hidden ? " (hide yes)" : "")}"
            + $" (name \"{pin.Name}\" (effects (font (size 1.27 1.27)))) (number \"{pin.Number}\" (effects (font (size 1.016 1.016)))))\n";
    }
}
