using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.VirtualCab;

/// <summary>One event that is injected into a cab, written as a word: <c>star2-open</c>, <c>battery=8500</c>, <c>press</c>.</summary>
internal static class Injection
{
    public const string Words = """
        bar-open  bar-short  bar-stuck  bar-ok   (also star1 to star4)
        battery=MILLIVOLTS  lux=LUX  celsius=DEGREES
        ignition-off  ignition-on  tamper-open  tamper-closed  press  powerfail
        thermometer-off  thermometer-on  converter-off  converter-on  converter-stuck=CODE
        calibrate-battery-low=MILLIVOLTS  calibrate-battery-high=MILLIVOLTS  calibrate-dark  calibrate-bright=LUX  calibrate-lights  calibrate-store
        network-off  network-on  clock=SECONDS (offsets the time server)  forged (a message with a wrong MAC)
        stars=0 to stars=4  unrated  vacant (a rating signed as the server would)
        """;

    private static readonly string[] FaultNames = ["ok", "open", "short", "stuck"];
    private static readonly string[] Names = ShapesOfAll();

    /// <summary>Injects it.</summary>
    /// <exception cref="FormatException">There is no such word.</exception>
    public static void Apply(Cab cab, string word)
    {
        if (!TryApplyLight(cab, word) && !TryApplyNumber(cab, word) && !TryApplyEvent(cab, word))
        {
            throw new FormatException($"\"{word}\" is not one of:\n{Words}");
        }

        cab.Wake();
    }

    /// <summary>Whether the word exists, without its number.</summary>
    public static bool IsWord(string word)
    {
        string shape = word.Contains('=', StringComparison.Ordinal) ? word[..(word.IndexOf('=', StringComparison.Ordinal) + 1)] : word;
        return Array.Exists(Names, name => name == shape);
    }

    private static string[] ShapesOfAll()
    {
        var names = new List<string>
        {
            "battery=", "lux=", "celsius=", "clock=", "stars=", "converter-stuck=",
            "calibrate-battery-low=", "calibrate-battery-high=", "calibrate-bright=", "calibrate-dark", "calibrate-lights", "calibrate-store",
            "converter-off", "converter-on",
            "ignition-off", "ignition-on", "tamper-open", "tamper-closed", "press", "powerfail", "thermometer-off", "thermometer-on",
            "network-off", "network-on", "forged", "unrated", "vacant",
        };
        for (int channel = 0; channel < Channels.Count; channel++)
        {
            foreach (string fault in FaultNames) names.Add($"{Channels.NameOf(channel)}-{fault}");
        }

        return [.. names];
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
            case "battery": cab.Sensors.Battery = value; return true;
            case "lux": cab.Sensors.Light = value; return true;
            case "celsius": cab.Sensors.Celsius = value; return true;
            case "stars" when value is >= 0 and <= 4: Rate(cab, $"\"kind\":\"rated\",\"stars\":{value},\"period\":\"2018-01\",\"hold\":3024000"); return true;
            case "converter-stuck": cab.Converter.StuckCode = value; return true;
            case "calibrate-battery-low" or "calibrate-battery-high" or "calibrate-bright": Calibrate(cab, parts[0], value); return true;
            case "clock": cab.Clock.Answer(cab.Clock.ReadRtc() + value); return true;
            default: return false;
        }
    }

    private static bool TryApplyEvent(Cab cab, string word)
    {
        switch (word)
        {
            case "ignition-off": cab.Sensors.IsIgnitionOn = false; return true;
            case "ignition-on": cab.Sensors.IsIgnitionOn = true; return true;
            case "tamper-open": cab.Sensors.IsOpen = true; return true;
            case "tamper-closed": cab.Sensors.IsOpen = false; return true;
            case "press": cab.Sensors.Press(); return true;
            case "powerfail": cab.Sensors.IsPowerFailing = true; return true;
            case "thermometer-off": cab.Sensors.IsThermometerDead = true; return true;
            case "thermometer-on": cab.Sensors.IsThermometerDead = false; return true;
            case "converter-off": cab.Converter.IsSilent = true; return true;
            case "converter-on": (cab.Converter.IsSilent, cab.Converter.StuckCode) = (false, null); return true;
            case "calibrate-dark" or "calibrate-lights" or "calibrate-store": Calibrate(cab, word, 0); return true;
            case "network-off": cab.Link.SetNetworkDown(true); return true;
            case "network-on": cab.Link.SetNetworkDown(false); return true;
            case "forged": cab.Inject(new Topics(cab.Id).Rating, Encoding.UTF8.GetBytes(new string('0', 64) + "\n{}")); return true;
            case "unrated": Rate(cab, "\"kind\":\"unrated\""); return true;
            case "vacant": Rate(cab, "\"kind\":\"vacant\""); return true;
            default: return false;
        }
    }

    /// <summary>Injects a command as a bench would sign it.</summary>
    private static void Calibrate(Cab cab, string word, int value)
    {
        long now = Math.Max(cab.Clock.ReadRtc(), Gate.FirstTime);
        long rev = Math.Max(now, cab.Unit.Counters.CmdRev + 1);
        string point = word["calibrate-".Length..];
        string fields = $"\"rev\":{rev},\"now\":{now},\"do\":\"calibrate\",\"exp\":{now + 60},\"point\":\"{point}\",\"value\":{value}";
        Inject(cab, new Topics(cab.Id).Cmd, fields);
    }

    /// <summary>Injects a rating as the server would sign it.</summary>
    private static void Rate(Cab cab, string fields)
    {
        string topic = new Topics(cab.Id).Rating;
        long now = Math.Max(cab.Clock.ReadRtc(), Gate.FirstTime);
        long rev = Math.Max(now, cab.Unit.Ratings.Rev + 1);
        Inject(cab, topic, $"\"rev\":{rev},\"now\":{now},\"driver\":\"d-0001\",\"from\":{now},\"until\":{now + 3024000},{fields}");
    }

    private static void Inject(Cab cab, string topic, string fields)
    {
        string json = $"{{\"v\":1,\"topic\":\"{topic}\",{fields}}}";
        byte[] buffer = new byte[Envelope.MaxBytes];
        int count = Encoding.UTF8.GetBytes(json, 0, json.Length, buffer, Envelope.Prefix);
        cab.Inject(topic, Envelope.Seal(cab.DownKey, buffer, count));
    }
}
