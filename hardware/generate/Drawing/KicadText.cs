using System.Text;

namespace TaxiCredit.Hardware.Generate.Drawing;

/// <summary>Collects the text of a KiCad file. Takes finished strings only, so that no number is formatted by the machine's culture.</summary>
internal sealed class KicadText
{
    private readonly StringBuilder _text = new();

    public KicadText Append(string piece)
    {
        _text.Append(piece);
        return this;
    }

    public override string ToString() => _text.ToString();
}
