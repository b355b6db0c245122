namespace TaxiCredit.Dispatch.Wire;

/// <summary>How a display should be set; ranges and units as in <c>firmware/PROTOCOL.md</c>.</summary>
/// <param name="Epoch">Key epoch to use: the present one, or the next while it is announced.</param>
internal sealed record ConfigContent(int Heartbeat, int Day, int Night, int DayLux, int NightLux, string? Ntp1, string? Ntp2, int Epoch);
