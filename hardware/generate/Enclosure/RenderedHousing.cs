using System.Collections.Concurrent;
using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Tools;

namespace TaxiCredit.Hardware.Generate.Enclosure;

/// <summary>The solids of hardware/enclosure/housing.scad; each is rendered once, when it is first needed, in 1 to 5 s.</summary>
internal sealed class RenderedHousing(string enclosureFolder)
{
    private readonly ConcurrentDictionary<string, Lazy<Solid>> _parts = new();

    /// <param name="part">As housing.scad calls it: "front", "lid", "hood", "filter", "diffusers", "masks", "pipes", "plunger", "sticker".</param>
    /// <exception cref="InvalidOperationException">OpenSCAD failed, or the solid has edges that do not close.</exception>
    public Solid this[string part] => _parts.GetOrAdd(part, name => new(() => Render(name))).Value;

    private Solid Render(string part)
    {
        using var output = new TempFolder();
        string target = output["part.stl"];
        var done = Run.Tool(enclosureFolder, "openscad", "-D", $"part=\"{part}\"", "-o", target, "housing.scad").Succeeded();
        return done.Output.Contains("WARNING", StringComparison.Ordinal)
            ? throw new InvalidOperationException(done.Output)
            : Solid.Read(File.ReadAllText(target));
    }
}
