using static TaxiCredit.Hardware.Generate.Drawing.Sheet;

namespace TaxiCredit.Hardware.Generate.Drawing.Sheets;

/// <summary>Pads for the pogo pins of the test jig, each joined to its net by name.</summary>
internal static class TestPoints
{
    private const int Down = 7;
    private const int Across = 22;

    /// <summary>Draws a block of test points, column by column.</summary>
    /// <param name="first">Number of the first; the next follow.</param>
    /// <param name="rows">How many stand in a column.</param>
    public static void Block(Sheet s, int first, int x, int y, int rows, params string[] nets)
    {
        for (int i = 0; i < nets.Length; i++)
            One(s, $"TP{first + i}", x + (i / rows * Across), y + (i % rows * Down), nets[i]);
    }

    public static void One(Sheet s, string reference, int x, int y, string net)
    {
        var point = s.Part(reference, "TestPoint", x, y);
        s.Wire(point["1"], At(x + 3, y));
        s.Label(net, At(x + 3, y));
    }
}
