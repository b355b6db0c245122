namespace TaxiCredit.Hardware.Generate.Copper;

/// <summary>How wide the tracks of a net are, in millimetres, and how far they keep from other nets.</summary>
/// <param name="Neck">Width within <see cref="Reach"/> of a pad, where the land pattern leaves no room for more.</param>
internal sealed record NetRule(double Width, double Neck, double Clearance)
{
    /// <summary>How far from a pad a track may be as narrow as its neck.</summary>
    public const double Reach = 1.4;

    private static readonly NetRule Signal = new(0.2, 0.2, 0.15);
    private static readonly NetRule Battery = new(1.0, 0.8, 0.6);
    // Sees the same pulses, carries a quarter of a milliampere.
    private static readonly NetRule Ignition = new(0.3, 0.3, 0.6);
    private static readonly NetRule Supply = new(1.0, 0.25, 0.25);
    private static readonly NetRule Rail = new(0.6, 0.2, 0.15);
    private static readonly NetRule Light = new(0.4, 0.4, 0.2);
    private static readonly NetRule String = new(0.4, 0.3, 0.15);

    /// <summary>Kept in step with the net classes of taxicredit.kicad_pro; KiCad's own check has the last word.</summary>
    public static NetRule Of(string net) => net switch
    {
        "/VBAT_IN" => Battery,
        "/IGN_IN" => Ignition,
        "/VPROT" or "/supply/FUSED" or "Net-(D2-K)" => Supply,
        "+VLED" or "/supply/VHOLD" or "Net-(D3-K)" or "+3V3" or "GND" or "Net-(U2-SW)" or "Net-(U3-SW)" => Rail,
        "/LED_RTN" => Light,
        _ when net.StartsWith("/light/", StringComparison.Ordinal) && !net.EndsWith("DIAGEN", StringComparison.Ordinal) => String,
        _ when net.StartsWith("Net-(D", StringComparison.Ordinal) && net.EndsWith("-A)", StringComparison.Ordinal) && net.Length > 9 => String,
        _ => Signal,
    };
}
