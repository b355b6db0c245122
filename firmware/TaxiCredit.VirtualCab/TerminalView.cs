using System;
using TaxiCredit.Firmware.Logic.Display;

namespace TaxiCredit.VirtualCab;

/// <summary>Draws the lights of one cab: in place on a terminal, else a line for every change.</summary>
/// <param name="cab">Whose lights.</param>
/// <param name="time">Simulated time, printed with every change; null in real time.</param>
internal sealed class TerminalView(Cab cab, SimulatedTime? time = null)
{
    private const string Amber = "\e[38;5;214m";
    private const string Dim = "\e[38;5;240m";
    private const string Plain = "\e[0m";

    private readonly bool _isTerminal = !Console.IsOutputRedirected && time == null;
    private string _drawn = "";

    /// <summary>Draws when something changed.</summary>
    public void Draw()
    {
        string picture = Picture(_isTerminal);
        if (picture == _drawn) return;
        _drawn = picture;
        if (_isTerminal) Console.Write("\r\e[K" + picture);
        else Console.WriteLine(time == null ? picture : $"{time.Seconds,9:0.0} s  {picture}");
    }

    private string Picture(bool colours)
    {
        int lit = cab.Lights.Lit;
        string bar = Light((lit & 1) != 0, "▄▄▄▄", colours);
        string stars = "";
        for (int i = 1; i < Channels.Count; i++) stars += " " + Light((lit & (1 << i)) != 0, "★", colours);

        // Without a terminal every blink would be a line.
        string led = !colours ? "" : cab.Lights.IsStatusLit ? "  driver ●" : "  driver ○";
        string link = cab.Unit.IsOnline ? "online" : "offline";
        return $"{cab.Id} {bar}{stars}  {cab.Lights.Permille / 10,3} %{led}  {DisplayState.NameOf(cab.Unit.Panel.State)}, {link}, rev {cab.Unit.Ratings.Rev}";
    }

    private static string Light(bool isLit, string glyph, bool colours)
    {
        if (colours) return (isLit ? Amber : Dim) + glyph + Plain;
        return isLit ? glyph : new string('·', glyph.Length);
    }
}
