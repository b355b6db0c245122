using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic.Commands;

/// <summary>
/// Decides whether a command is carried out, and carries it out. Its revision is stored first: a command that ends in a reset must
/// not run twice.
/// </summary>
internal sealed class CommandHandler
{
    private readonly Gate _gate;
    private readonly Counters _counters;
    private readonly WallClock _clock;
    private readonly Recorder _recorder;
    private readonly Panel _panel;
    private readonly IPlatform _platform;
    private readonly Calibrator _calibrator;
    private readonly Sampler _sampler;
    private readonly Transfer _transfer;
    private readonly Trial _trial;

    public CommandHandler(
        Gate gate,
        Counters counters,
        WallClock clock,
        Recorder recorder,
        Panel panel,
        IPlatform platform,
        Calibrator calibrator,
        Sampler sampler,
        Transfer transfer,
        Trial trial)
    {
        _gate = gate;
        _counters = counters;
        _clock = clock;
        _recorder = recorder;
        _panel = panel;
        _platform = platform;
        _calibrator = calibrator;
        _sampler = sampler;
        _transfer = transfer;
        _trial = trial;
    }

    /// <summary>Takes the message that just passed the gate.</summary>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public int Receive(long uptime)
    {
        FlatReader json = _gate.Reader;
        if (!SignedBounds.TryGetRev(json, _gate.Now, out long rev)) return Refusal.Form;
        if (!json.TryGetInteger("exp", Gate.FirstTime, SignedBounds.Least(Gate.LastTime, _gate.Now + SignedBounds.Expiry), out long exp)) return Refusal.Form;
        if (!json.TryGetString("do", 1, 16, out string name) || !IsKnown(name)) return Refusal.Form;
        if (!TryReadPoint(json, name, out int point, out int value)) return Refusal.Form;
        Offer? offer = name == "update" ? Offer.Read(json, rev) : null;
        if (name == "update" && (offer == null || !_transfer.Fits(offer))) return Refusal.Form;
        if (rev <= _counters.CmdRev) return Refusal.Old;
        if (!_clock.IsKnown) return Refusal.Clock;
        if (exp < _clock.Best(uptime)) return Refusal.Expired;
        if (point != Calibrator.None && _panel.State != DisplayState.Off) return Refusal.Driving;

        _counters.CmdRev = rev;
        _counters.Store();
        _recorder.Note(IncidentKind.Command, rev, uptime);
        if (point != Calibrator.None) Calibrate(point, value, uptime);
        else if (offer != null) _transfer.Take(offer);
        else CarryOut(name, uptime);
        return Refusal.None;
    }

    private static bool IsKnown(string name) => name is "selftest" or "identify" or "reboot" or "calibrate" or "update";

    /// <summary>The point of a <c>calibrate</c>; another command has none.</summary>
    private static bool TryReadPoint(FlatReader json, string name, out int point, out int value)
    {
        point = Calibrator.None;
        value = 0;
        if (name != "calibrate") return true;
        if (!json.TryGetString("point", 1, 16, out string text)) return false;
        long given = 0;
        if (json.Has("value") && !json.TryGetInteger("value", 0, 100000, out given)) return false;
        point = Calibrator.PointOf(text);
        value = (int)given;
        return point != Calibrator.None && Calibrator.Fits(point, given);
    }

    private void Calibrate(int point, int value, long uptime)
    {
        _calibrator.Begin(point, value, _sampler, uptime);
        if (point == Calibrator.Lights) _panel.BeginCalibration(uptime);
    }

    private void CarryOut(string name, long uptime)
    {
        switch (name)
        {
            case "selftest":
                _panel.Test(uptime);
                break;
            case "identify":
                _panel.BeginIdentify(uptime);
                break;
            default:
                _counters.StoreEnding(ResetCause.Software);
                _trial.End();
                _platform.Reboot();
                break;
        }
    }
}
