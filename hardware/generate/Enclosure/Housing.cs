using System.Globalization;
using System.Text.RegularExpressions;

namespace TaxiCredit.Hardware.Generate.Enclosure;

/// <summary>The parameters of hardware/enclosure/housing.scad, in millimetres, for budgets. <see cref="RenderedHousing"/> is the solid.</summary>
internal sealed partial class Housing
{
    private readonly Dictionary<string, double> _values;

    private Housing(string scad) => _values = Parameter().Matches(scad)
        .ToDictionary(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    public double this[string name] => _values.TryGetValue(name, out double value) ? value : throw new KeyNotFoundException($"housing.scad sets no {name}");

    public static Housing Read(string hardwareFolder) => new(File.ReadAllText(Path.Combine(hardwareFolder, "enclosure", "housing.scad")));

    [GeneratedRegex(@"^(\w+) = (-?[\d.]+);", RegexOptions.Multiline)]
    private static partial Regex Parameter();
}
