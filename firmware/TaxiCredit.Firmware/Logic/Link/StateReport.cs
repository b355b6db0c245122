using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.Firmware.Logic.Link;

/// <summary>The content of a <c>state</c> message, and whether it has changed.</summary>
internal sealed class StateReport
{
    public long At;
    /// <summary>One of <see cref="ClockSource"/>.</summary>
    public int Clock;

    /// <summary>Question to the server; set when it is sent.</summary>
    public string Nonce = "";
    public string Journal = "";
    public uint Boot;
    public uint Number;

    /// <summary>Version of the protocol that the unit speaks.</summary>
    public const int Proto = 1;

    /// <summary>What it can do beyond the least that PROTOCOL.md asks of a unit.</summary>
    public const string Caps = "calibrate,lost,nonce";

    /// <summary>The unit takes packages.</summary>
    public bool CanUpdate;

    /// <summary>Board that the program is for.</summary>
    public const string Hardware = "tc-b";

    /// <summary>Firmware version.</summary>
    public string Firmware = "";
    public long Rev;
    public long ConfigRev;
    public long CmdRev;
    public int Epoch;
    public int Display;
    public int Lit;
    public bool IsTampered;
    public bool IsStorageFaulty;
    public bool IsVoltageWrong;
    public bool IsHot;
    public bool IsThermometerDead;
    public bool IsConverterDead;
    public bool IsUncalibrated;
    public int Battery;

    /// <summary>dBm; 0 when it is not known, and then left out.</summary>
    public int Rssi;
    public long Up;
    public int Free;
    public uint Backlog;

    /// <summary>One of <see cref="UpdateState"/>; with its fields left out where there is nothing to say.</summary>
    public int Update;

    /// <summary>Revision of the offer, 0 for none.</summary>
    public long Offer;

    /// <summary>Bytes of the package that are there, where the next ones are asked for; -1 where none are.</summary>
    public int Have = -1;

    /// <summary>Why it failed.</summary>
    public int Why;

    /// <summary>Number of the ask for a part of it.</summary>
    public int Ask;

    private readonly int[] _lights = new int[Channels.Count];

    public void CopyFaults(LightCheck check)
    {
        for (int i = 0; i < Channels.Count; i++) _lights[i] = check.FaultOf(i);
    }

    /// <summary>
    /// A hash of everything whose change is sent at once: without voltage, signal and memory, which
    /// always change, the backlog, which every state would change itself, and the lights of a self test, which
    /// change four times a second.
    /// </summary>
    public long Fingerprint()
    {
        long print = Display;
        int lit = Display == DisplayState.SelfTest ? 0 : Lit;
        for (int i = 0; i < Channels.Count; i++) print = (print << 2) | (uint)_lights[i];
        print = (print << 5) | (uint)lit;
        print = (print << 1) | (IsTampered ? 1L : 0);
        print = (print << 1) | (IsStorageFaulty ? 1L : 0);
        print = (print << 1) | (IsVoltageWrong ? 1L : 0);
        print = (print << 1) | (IsHot ? 1L : 0);
        print = (print << 1) | (IsThermometerDead ? 1L : 0);
        print = (print << 1) | (IsConverterDead ? 1L : 0);
        print = (print << 1) | (IsUncalibrated ? 1L : 0);
        print = (((((print * 31) + Rev) * 31) + ConfigRev) * 31 + CmdRev) * 31 + Epoch;
        return (((((print * 31) + Update) * 31) + Offer) * 31 + Why) * 31 + Ask;
    }

    public void Write(JsonWriter json, string topic)
    {
        json.BeginObject();
        json.Field("v", 1);
        json.Field("topic", topic);
        json.Field("at", At);
        json.Field("clock", ClockSource.NameOf(Clock));
        json.Field("nonce", Nonce);
        json.Field("journal", Journal);
        json.Field("boot", Boot);
        json.Field("n", Number);
        json.Field("fw", Firmware);
        json.Field("proto", Proto);
        json.Field("caps", CanUpdate ? Caps + ",update" : Caps);
        json.Field("hw", Hardware);
        json.Field("rev", Rev);
        json.Field("configRev", ConfigRev);
        json.Field("cmdRev", CmdRev);
        json.Field("epoch", Epoch);
        json.Field("display", DisplayState.NameOf(Display));
        json.Field("lit", LitDigits());
        WriteFaults(json);
        json.Field("battery", Battery);
        if (Rssi != 0) json.Field("rssi", Rssi);
        json.Field("up", Up);
        json.Field("free", Free);
        json.Field("backlog", Backlog);
        if (Update != UpdateState.None) WriteUpdate(json);
        json.EndObject();
    }

    private void WriteUpdate(JsonWriter json)
    {
        json.Field("update", UpdateState.NameOf(Update));
        if (Offer != 0) json.Field("offer", Offer);
        if (Have >= 0) json.Field("have", Have);
        if (Update == UpdateState.Failed) json.Field("why", Why);
    }

    private string LitDigits()
    {
        char[] digits = new char[Channels.Count];
        for (int i = 0; i < Channels.Count; i++) digits[i] = (Lit & (1 << i)) != 0 ? '1' : '0';
        return new string(digits);
    }

    private void WriteFaults(JsonWriter json)
    {
        json.BeginArray("faults");

        // More than eight are possible and at most eight are sent: the unit's own come first, and what the bench forgot comes last.
        int count = Fault(json, IsStorageFaulty, "storage") + Fault(json, IsTampered, "tamper")
            + Fault(json, IsVoltageWrong, "voltage") + Fault(json, IsHot, "heat") + Fault(json, IsThermometerDead, "thermometer")
            + Fault(json, IsConverterDead, "converter");
        for (int i = 0; i < Channels.Count && count < 8; i++)
        {
            if (_lights[i] == LightFault.None) continue;
            json.Item(Channels.NameOf(i) + LightFault.NameOf(_lights[i]));
            count++;
        }

        if (count < 8) Fault(json, IsUncalibrated, "calibration");
        json.EndArray();
    }

    private static int Fault(JsonWriter json, bool isPresent, string name)
    {
        if (isPresent) json.Item(name);
        return isPresent ? 1 : 0;
    }
}
