using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Json;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ratings;

namespace TaxiCredit.Firmware.Logic.Commands;

/// <summary>Decides whether a command is carried out. Its revision is stored first: a command that ends in a reset must not come twice.</summary>
internal sealed class CommandDesk
{
    public const int SelfTest = 1;
    public const int Identify = 2;
    public const int Reboot = 3;

    private readonly Gate _gate;
    private readonly Counters _counters;
    private readonly WallClock _clock;

    public CommandDesk(Gate gate, Counters counters, WallClock clock)
    {
        _gate = gate;
        _counters = counters;
        _clock = clock;
    }

    /// <summary>Takes the message that just passed the gate.</summary>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <param name="command">What has to be carried out now, 0 for nothing.</param>
    /// <returns>A <see cref="Refusal"/> or 0.</returns>
    public int Receive(long uptime, out int command)
    {
        command = 0;
        FlatReader json = _gate.Reader;
        if (!json.TryGetInteger("rev", 1, Gate.LastTime, out long rev)) return Refusal.Form;
        if (!json.TryGetInteger("exp", Gate.FirstTime, Gate.LastTime, out long exp)) return Refusal.Form;
        if (!json.TryGetString("do", 1, 16, out string name)) return Refusal.Form;

        int named = Named(name);
        if (named == 0) return Refusal.Form;
        if (rev <= _counters.CmdRev) return Refusal.Old;
        if (!_clock.IsKnown) return Refusal.Clock;
        if (exp < _clock.Best(uptime)) return Refusal.Expired;

        _counters.CmdRev = rev;
        _counters.Store();
        command = named;
        return Refusal.None;
    }

    private static int Named(string name) => name switch
    {
        "selftest" => SelfTest,
        "identify" => Identify,
        "reboot" => Reboot,
        _ => 0,
    };
}
