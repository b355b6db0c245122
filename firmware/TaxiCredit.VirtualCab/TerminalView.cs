using System;
using TaxiCredit.Firmware.Logic.Display;

namespace TaxiCredit.VirtualCab;

/// <summary>Draws the lights of one cab: on a terminal in place, else a line for every change.</summary>
internal sealed class TerminalView(Cab cab)
{
    private const string Amber = "\e[38;5;214m";
    private const string Dim = "\e[38;5;240m";
    private const string Plain = "\e[0m";

    private readonly bool _isTerminal = !Console.IsOutputRedirected;
    private string _drawn = "";

    /// <summary>Draws when something changed.</summary>
    public void Draw()
    {
        string picture = Picture(_isTerminal);
        if (picture == _drawn) return;
        _drawn = picture;
        if (_isTerminal) Console.Write("\r\e[K" + picture);
        else Console.WriteLine(picture);
    }

    private string Picture(bool colours)
    {
        int lit = cab.Lights.Lit;
        string bar = Light((lit & 1) != 0, "▄▄▄▄", colours);
        string stars = "";
        for (int i = 1; i < Channels.Count; i++) stars += " " + Light((lit & (1 << i)) != 0, "★", colours);
        string led = cab.Lights.IsStatusLit ? "●" : "○";
        string link = cab.Unit.IsOnline ? "online" : "offline";
        return $"{cab.Id} {bar}{stars}  {cab.Lights.Permille / 10,3} %  driver {led}  {DisplayState.NameOf(cab.Unit.Panel.State)}, {link}, rev {cab.Unit.Ratings.Rev}";
    }

    private static string Light(bool isLit, string glyph, bool colours)
    {
        if (colours) return (isLit ? Amber : Dim) + glyph + Plain;
        return isLit ? glyph : new string('·', glyph.Length);
    }
}
