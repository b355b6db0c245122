using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>
/// The LED that faces the driver shows why the front is dark, by the number of short flashes in two seconds. It signals for ten
/// seconds after a change and after a press of the button, and a fault for as long as it lasts. At other times it is
/// dark, as a light that blinks all night distracts the driver.
/// </summary>
internal sealed class StatusLed
{
    public const int SlotMilliseconds = 125;

    private const int Slots = 16;
    private const int SignalsMilliseconds = 10000;
    private const int Identify = 0x5555;

    /// <summary>One bit per slot, the lowest first, in the order of <see cref="DisplayState"/>.</summary>
    private static readonly int[] Patterns =
    {
        0x0000, // booting
        0x00FF, // self test: one long
        0xFFFF, // showing: steady
        0x0001, // unrated: one short
        0x0005, // vacant: two
        0x0015, // stale: three
        0x0F0F, // fault: half a second on, half a second off
        0x0055, // no data: four
        0x0000, // off
    };

    private readonly ILights _lights;
    private int _state;
    private bool _identifies;
    private bool _isLit;
    private long _since;

    public StatusLed(ILights lights)
    {
        _lights = lights;
    }

    /// <summary>The pattern of a state; 16 slots of 125 ms.</summary>
    public static int PatternOf(int state) => Patterns[state];

    /// <summary>Signals a state, from the beginning of its pattern.</summary>
    public void Say(int state, long uptime)
    {
        _state = state;
        _identifies = false;
        _since = uptime;
    }

    /// <summary>Blinks four times a second for ten seconds, so that a mechanic finds the unit.</summary>
    public void BeginIdentify(long uptime)
    {
        _identifies = true;
        _since = uptime;
    }

    /// <summary>Switches the LED as the pattern says.</summary>
    /// <returns>When it has to be called again, ms.</returns>
    public long Advance(long uptime)
    {
        long slot = (uptime - _since) / SlotMilliseconds;
        bool isOver = uptime - _since >= SignalsMilliseconds;
        if (isOver) _identifies = false;

        bool signals = !isOver || _state == DisplayState.Fault;
        int pattern = _identifies ? Identify : Patterns[_state];
        bool lit = signals && ((pattern >> (int)(slot % Slots)) & 1) != 0;
        if (lit != _isLit) _lights.Status(lit);
        _isLit = lit;
        return signals && pattern != 0 ? _since + ((slot + 1) * SlotMilliseconds) : long.MaxValue;
    }
}
