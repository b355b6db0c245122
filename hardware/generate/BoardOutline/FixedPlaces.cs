namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>The parts whose place the housing, the light, the radio or the supply's entry decides; <see cref="Placer"/> finds room for the others.</summary>
internal static class FixedPlaces
{
    // In the middle of the connector's courtyard; its origin is pin 1.
    private const double PlugX = 22;
    private const double PlugY = 39;

    // Of a star's LEDs around its middle.
    private const double LedRadius = 3.6;

    // Behind three notches between a star's arms, so that each LED lights two or more. Before the places, which are made from it.
    private static readonly double[] Notches = [30, -90, 150];

    public static IReadOnlyDictionary<string, Place> All { get; } = Lights().Concat(Others()).Concat(Converters())
        .Concat(BoardOnly.Places().Select(pair => (Reference: pair.Key, Place: pair.Value))).ToDictionary(pair => pair.Reference, pair => pair.Place);

    private static IEnumerable<(string Reference, Place Place)> Lights()
    {
        // The schematic's channels 1 to 4 are the stars, 5 is the bar; a star's three LEDs surround its middle, the bar's lie in a row.
        for (int star = 1; star < Outline.Channels; star++)
        {
            // In the upper arm and the two lower ones.
            for (int i = 0; i < 3; i++)
            {
                double angle = Notches[i] * Math.PI / 180;
                yield return ($"D{star}{i + 1}", new(Math.Round(Outline.ChannelX(star) + (LedRadius * Math.Cos(angle)), 2),
                    Math.Round(Outline.Middle - (LedRadius * Math.Sin(angle)), 2), 0, Back: false));
            }
        }

        for (int i = 0; i < 3; i++)
            yield return ($"D5{i + 1}", new(Outline.ChannelX(0) + (5.4 * (i - 1)), Outline.Middle, 0, Back: false));
    }

    // The loops of the converters: input capacitor between VIN and the ground pad, bootstrap capacitor and choke at SW, divider at FB.
    private static IEnumerable<(string Reference, Place Place)> Converters()
    {
        IEnumerable<(string, Place)> Around(double x, double y, params (string Reference, double X, double Y, double Angle)[] parts) =>
            parts.Select(part => (part.Reference, new Place(Math.Round(x + part.X, 3), Math.Round(y + part.Y, 3), part.Angle, Back: true)));
        return Around(40, 20.5, ("U2", 0, 0, 0), ("C3", -2.9, 0.5, 90), ("C4", 2.6, -0.95, 90), ("C5", 2.6, 2.3, 270),
                ("R2", 0, 2.55, 180), ("R1", 0, 4.2, 180),
                ("L2", -0.65, -4.4, 180), ("C6", -4.9, -4.4, 90), ("C7", -8.4, -4.4, 90))
            .Concat(Around(50, 38.6, ("U3", 0, 0, 0), ("C8", -3.4, 0.5, 90), ("C10", 2.6, -0.95, 90), ("C11", 2.6, 2.3, 270),
                ("R5", 0, 2.55, 180), ("R4", 0, 4.2, 180),
                ("L3", 5.9, 1.2, 0), ("C12", 10.1, 1.2, 90), ("C13", 13.6, 1.2, 90)));
    }

    private static IEnumerable<(string Reference, Place Place)> Others() =>
    [
        // The ambient light reaches Q1 through a tube of its own, away from the stars' light.
        ("Q1", new(61, 41, 0, Back: false)),
        ("U65", new(89, 41, 0, Back: false)),
        // The module's antenna ends at the board's right edge; its thermal vias stay clear of star 4's LEDs.
        ("U1", new(137.25, 32, 90, Back: true)),
        ("J1", new(PlugX - 1.5, PlugY + 1.92, 0, Back: true)),
        // Pulses of 150 V end close to the plug.
        ("F1", new(37.2, 36, 0, Back: true)), ("C26", new(31.95, 35.6, 90, Back: true)), ("D1", new(37.5, 42, 0, Back: true)),
        ("D2", new(37.5, 29.5, 0, Back: true)),
        ("C9", new(61, 26, 90, Back: true)), ("C2", new(21, 22, 0, Back: true)),
        ("SW1", new(88, 33, 0, Back: true)), ("D5", new(100, 33, 0, Back: true)), ("SW2", new(88, 14, 0, Back: true)),
        // On the side of U21 from which its fault line comes: on the other it would have to cross the light's own.
        ("TP101", new(97.4, 40.6, 0, Back: true)),
    ];
}
