using System.Globalization;
using System.Text;

namespace TaxiCredit.Hardware.Generate.Comparison;

/// <summary>A rendered page, one byte a pixel: 0 is black, 255 white.</summary>
internal sealed class GreyPage
{
    private readonly byte[] _file;
    private readonly int _start;

    private GreyPage(byte[] file, int width, int height)
    {
        _file = file;
        _start = file.Length - (width * height);
        Width = width;
        Height = height;
    }

    public int Width { get; }

    public int Height { get; }

    public byte this[int x, int y] => _file[_start + (y * Width) + x];

    public ReadOnlySpan<byte> Row(int y) => _file.AsSpan(_start + (y * Width), Width);

    /// <summary>Reads a binary PGM with 8 bits a pixel, as pdftoppm writes it: <c>P5 width height 255</c>, then the pixels.</summary>
    public static GreyPage Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        string[] head = Encoding.ASCII.GetString(file, 0, Math.Min(file.Length, 64)).Split((char[])[' ', '\n']);
        if (head is not ["P5", var width, var height, "255", ..])
            throw new FormatException($"{Path.GetFileName(path)} is not an 8-bit PGM");
        return new GreyPage(file, int.Parse(width, CultureInfo.InvariantCulture), int.Parse(height, CultureInfo.InvariantCulture));
    }
}
