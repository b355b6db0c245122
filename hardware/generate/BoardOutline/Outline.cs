namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>The board's outline and holes, in millimetres from its upper left corner as the street sees it; the LEDs look to the street.</summary>
internal static class Outline
{
    public const double Width = 150;
    public const double Height = 46;
    public const double Thickness = 1.6;
    public const double MountingHole = 3.2;

    /// <summary>Holes for the light pipes: 0.4 mm wider than the pipe.</summary>
    public const double PipeHole = 3.4;
    public const double PipeRow = 9;

    /// <summary>The middle of the windows.</summary>
    public const double Middle = Height / 2;

    /// <summary>Between two stars 13.7 mm stay dark: 3.1 minutes of arc at 15 m.</summary>
    public const double Pitch = 28;
    public const int Channels = 5;

    /// <summary>The right ends keep their metal 15 mm from the antenna.</summary>
    public static IReadOnlyList<(double X, double Y)> Screws { get; } = [(4, 4), (4, 42), (139, 4), (117, 42)];

    /// <param name="channel">0: the bar, street-left.</param>
    public static double ChannelX(int channel) => (Width / 2) + ((channel - ((Channels - 1) / 2.0)) * Pitch);
}
