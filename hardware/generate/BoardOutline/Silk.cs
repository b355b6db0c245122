using QRCoder;
using TaxiCredit.Hardware.Generate.Drawing;

namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>What the silk screen says beside the names of the parts: number and revision, the same as a code, and the plug's pins.</summary>
internal static class Silk
{
    public const string Number = "TC-CAB-PCB-1 B";
    private const double Module = 0.35;
    private const double CodeX = 28;
    private const double CodeY = 3;

    /// <summary>Rooms that no name of a part may take.</summary>
    public static IReadOnlyList<(bool Back, double Left, double Top, double Right, double Bottom)> Areas { get; } =
    [
        (true, CodeX - 0.5, CodeY - 0.5, CodeX + 9, CodeY + 9), (true, 56, 1, 100, 5.5), (false, 56, 1, 100, 5.5), (true, 13.5, 29.3, 31, 31),
    ];

    public static void Write(Action<FormattableString> add)
    {
        Text(add, 78, 2.5, $"TaxiCredit {Number}", 1.2, back: true);
        Text(add, 78, 4.4, "2026-11  12 V only", 0.8, back: true);
        Text(add, 78, 2.5, $"TaxiCredit {Number}", 1.2, back: false);
        Text(add, 22, 30.1, "KL30 KL15 / GND GND", 0.8, back: true);
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(Number, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        // The quiet zone is the board itself; dark modules are printed white on black, which readers take as an inverted code.
        for (int y = 0; y < rows.Count; y++)
            for (int x = 0; x < rows[y].Count; x++)
                if (rows[y][x])
                    Square(add, CodeX + ((rows[y].Count - 1 - x - 4) * Module), CodeY + ((y - 4) * Module), y, x);
    }

    private static void Square(Action<FormattableString> add, double x, double y, int row, int column)
    {
        double left = Math.Round(BoardFile.X0 + x, 3);
        double top = Math.Round(BoardFile.Y0 + y, 3);
        FormattableString corners = $"(start {left} {top}) (end {Math.Round(left + Module, 3)} {Math.Round(top + Module, 3)})";
        add($"\t(gr_rect {corners} (stroke (width 0) (type solid)) (fill yes) (layer \"B.SilkS\") (uuid \"{Identity.Of("qr", row, column)}\"))");
    }

    private static void Text(Action<FormattableString> add, double x, double y, string text, double size, bool back)
    {
        string side = back ? "B.SilkS" : "F.SilkS";
        string mirror = back ? " (justify mirror)" : "";
        FormattableString effects = $"(effects (font (size {size} {size}) (thickness 0.15)){mirror})";
        add($"\t(gr_text \"{text}\" (at {BoardFile.X0 + x} {BoardFile.Y0 + y} 0) (layer \"{side}\") (uuid \"{Identity.Of("silk", x, y, side)}\") {effects})");
    }
}
