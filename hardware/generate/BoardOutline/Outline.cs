namespace TaxiCredit.Hardware.Generate.BoardOutline;

/// <summary>The board's outline and what the housing asks of it, in millimetres; the LEDs look to the street.</summary>
internal static class Outline
{
    public const double Width = 120;
    public const double Height = 42;
    public const double Thickness = 1.6;
    public const double HoleInset = 4;
    public const double MountingHole = 3.2;

    /// <summary>Holes for the light pipes: 0.4 mm wider than the pipe.</summary>
    public const double PipeHole = 3.4;
    public const double PipeAboveMiddle = 14;
    public const double Pitch = 21.5;
    public const int Channels = 5;

    public static double ChannelX(int channel) => (channel - ((Channels - 1) / 2.0)) * Pitch;
}
