using System.Globalization;
using System.Text.RegularExpressions;

namespace TaxiCredit.Hardware.Generate.Enclosure;

/// <summary>The parameters of hardware/enclosure/housing.scad, in millimetres.</summary>
internal sealed partial class Housing
{
    private readonly Dictionary<string, double> _values;

    private Housing(string scad) => _values = Parameter().Matches(scad)
        .ToDictionary(match => match.Groups[1].Value, match => double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));

    public double this[string name] => _values.TryGetValue(name, out double value) ? value : throw new KeyNotFoundException($"housing.scad sets no {name}");

    public double OuterWidth => this["board_x"] + 2 + (2 * this["wall"]);

    public double OuterHeight => this["board_z"] + 2 + (2 * this["wall"]);

    /// <summary>Without the hood.</summary>
    public double Depth => this["front_depth"] + this["board_t"] + this["back_depth"] + this["wall"];

    public int Channels => (int)this["channels"];

    public static Housing Read(string hardwareFolder) => new(File.ReadAllText(Path.Combine(hardwareFolder, "enclosure", "housing.scad")));

    /// <summary>Position of a channel (0: the bar) from the middle, to the right as the street sees it.</summary>
    public double ChannelX(int channel) => (channel - ((Channels - 1) / 2.0)) * this["pitch"];

    [GeneratedRegex(@"^(\w+) = (-?[\d.]+);", RegexOptions.Multiline)]
    private static partial Regex Parameter();
}
