using System;
using System.Globalization;
using System.Text;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Link;

namespace TaxiCredit.VirtualCab;

/// <summary>One thing that happens to a cab, written as a word: <c>star2-open</c>, <c>battery=8500</c>, <c>press</c>.</summary>
internal static class Injection
{
    public const string Words = """
        bar-open  bar-short  bar-stuck  bar-ok   (also star1 to star4)
        battery=MILLIVOLTS  lux=LUX  celsius=DEGREES
        ignition-off  ignition-on  tamper-open  tamper-closed  press  powerfail
        network-off  network-on  clock=SECONDS (moves the time server by so much)  forged (a message with a wrong MAC)
        """;

    private static readonly string[] FaultNames = ["ok", "open", "short", "stuck"];

    /// <summary>Lets it happen.</summary>
    /// <exception cref="FormatException">There is no such word.</exception>
    public static void Apply(Cab cab, string word)
    {
        if (!TryApplyLight(cab, word) && !TryApplyNumber(cab, word) && !TryApplyEvent(cab, word))
        {
            throw new FormatException($"\"{word}\" is not one of:\n{Words}");
        }

        cab.Wake();
    }

    private static bool TryApplyLight(Cab cab, string word)
    {
        string[] parts = word.Split('-');
        if (parts.Length != 2) return false;
        int fault = Array.IndexOf(FaultNames, parts[1]);
        for (int channel = 0; channel < Channels.Count && fault >= 0; channel++)
        {
            if (Channels.NameOf(channel) != parts[0]) continue;
            cab.Lights.Break(channel, fault);
            return true;
        }

        return false;
    }

    private static bool TryApplyNumber(Cab cab, string word)
    {
        string[] parts = word.Split('=');
        if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)) return false;
        switch (parts[0])
        {
            case "battery": cab.Senses.Battery = value; return true;
            case "lux": cab.Senses.Light = value; return true;
            case "celsius": cab.Senses.Celsius = value; return true;
            case "clock": cab.Clock.Answer(cab.Clock.ReadRtc() + value); return true;
            default: return false;
        }
    }

    private static bool TryApplyEvent(Cab cab, string word)
    {
        switch (word)
        {
            case "ignition-off": cab.Senses.IsIgnitionOn = false; return true;
            case "ignition-on": cab.Senses.IsIgnitionOn = true; return true;
            case "tamper-open": cab.Senses.IsOpen = true; return true;
            case "tamper-closed": cab.Senses.IsOpen = false; return true;
            case "press": cab.Senses.Press(); return true;
            case "powerfail": cab.Senses.IsPowerFailing = true; return true;
            case "network-off": cab.Link.SetNetworkDown(true); return true;
            case "network-on": cab.Link.SetNetworkDown(false); return true;
            case "forged": cab.Link.Inject(new Topics(cab.Id).Rating, Encoding.UTF8.GetBytes(new string('0', 64) + "\n{}")); return true;
            default: return false;
        }
    }
}
