using System.Text;

namespace TaxiCredit.Hardware.Tests.Drawing;

/// <summary>Collects the text of a KiCad file. Takes finished strings only, so that no number is formatted by the machine's culture.</summary>
internal sealed class KicadText
{
    private readonly StringBuilder text = new();

    public KicadText Append(string piece)
    {
        text.Append(piece);
        return this;
    }

    public override string ToString() => text.ToString();
}
