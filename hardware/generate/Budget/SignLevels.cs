namespace TaxiCredit.Hardware.Generate.Budget;

/// <summary>Luminance that a sign must keep at an illuminance, cd/m2.</summary>
internal sealed record SignLevel(double Lux, double Low, double High);

/// <summary>EN 12966 as the bench of a sign maker lists it (second hand): luminance class for yellow, and the corners of its chromaticity box.</summary>
internal static class SignLevels
{
    public static readonly SignLevel[] Yellow =
        [new(40_000, 7440, 37_200), new(4000, 1320, 6600), new(400, 360, 1800), new(40, 150, 750), new(4, 45, 225)];

    private static readonly (double X, double Y)[] Box = [(0.547, 0.452), (0.536, 0.444), (0.593, 0.387), (0.613, 0.387)];

    // CIE 1931 spectral locus, 2 degrees.
    private static readonly (double Nanometres, double X, double Y)[] Locus =
        [(580, 0.5125, 0.4866), (585, 0.5448, 0.4544), (590, 0.5752, 0.4242), (595, 0.6029, 0.3965), (600, 0.6270, 0.3725)];

    /// <summary>Whether an LED of a dominant wavelength lies inside the box. Its colour is a little whiter than the locus: purity 0.98.</summary>
    public static bool IsYellow(double nanometres)
    {
        int i = Math.Clamp(Array.FindIndex(Locus, point => point.Nanometres >= nanometres), 1, Locus.Length - 1);
        var (from, to) = (Locus[i - 1], Locus[i]);
        double share = (nanometres - from.Nanometres) / (to.Nanometres - from.Nanometres);
        double x = White + (0.98 * (from.X + (share * (to.X - from.X)) - White));
        double y = White + (0.98 * (from.Y + (share * (to.Y - from.Y)) - White));
        return Box.Zip(Box.Skip(1).Append(Box[0])).All(edge => ((edge.Second.X - edge.First.X) * (y - edge.First.Y)) - ((edge.Second.Y - edge.First.Y) * (x - edge.First.X)) >= 0);
    }

    private const double White = 1 / 3.0;
}
