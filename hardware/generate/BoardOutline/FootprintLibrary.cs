using System.Collections.Concurrent;
using TaxiCredit.Hardware.Generate.Drawing.Symbols;
using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>Footprints of KiCad's libraries as Debian installs them, and the project's own.</summary>
internal sealed class FootprintLibrary(string projectFolder)
{
    private const string Installed = "/usr/share/kicad/footprints";
    private readonly ConcurrentDictionary<string, SExpression> _read = new();

    /// <param name="name">Such as "Resistor_SMD:R_0603_1608Metric".</param>
    public SExpression this[string name] => _read.GetOrAdd(name, Read);

    private SExpression Read(string name)
    {
        string[] parts = name.Split(':');
        string folder = parts[0] == Library.Name ? projectFolder : Installed;
        return SExpression.Parse(File.ReadAllText(Path.Combine(folder, $"{parts[0]}.pretty", $"{parts[1]}.kicad_mod")));
    }
}
