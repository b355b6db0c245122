using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>The lights: lights what the rating calls for, and measures what is lit.</summary>
internal sealed class Panel
{
    /// <summary>Between two measurements, ms.</summary>
    public const int MeasureEvery = 1000;

    /// <summary>Between a measurement that disagrees and the next, ms.</summary>
    public const int MeasureAgain = 20;

    /// <summary>Between two tests of all channels while one is faulty, and while none is, ms.</summary>
    public const int IdentifyFaultyEvery = 30000;
    public const int IdentifySoundEvery = 600000;

    private readonly ILights _lights;
    private readonly Recorder _recorder;
    private readonly SelfTest _test = new SelfTest();
    private readonly StatusLed _led;
    private int _shown;
    private int _stars;
    private bool _owesTestResult;
    private long _measureDue;
    private long _identifyDue;

    public Panel(ILights lights, Recorder recorder)
    {
        _lights = lights;
        _recorder = recorder;
        _led = new StatusLed(lights);
        Check = new LightCheck(lights);
    }

    public LightCheck Check { get; }

    public Brightness Brightness { get; } = new Brightness();

    public int State { get; private set; } = DisplayState.Booting;

    /// <summary>Lights what the stored rating calls for; at most two port calls.</summary>
    public void ShowFirst(int content, int stars, int lux)
    {
        _stars = stars;
        Brightness.Follow(lux, 0);
        TryMove(content, 0);
        Light();
    }

    /// <summary>Begins the visible self test; refused while the display is off.</summary>
    public void BeginTest(long uptime)
    {
        if (TryMove(Signal.Test, uptime)) _test.Begin(uptime);
    }

    public void BeginIdentify(long uptime) => _led.BeginIdentify(uptime);

    /// <summary>Repeats the state on the status LED.</summary>
    public void Repeat(long uptime) => _led.Say(State, uptime);

    /// <summary>Updates the lights.</summary>
    /// <param name="content">What the rating calls for, or <see cref="Signal.SwitchedOff"/>.</param>
    /// <param name="stars">Stars of the rating.</param>
    /// <param name="canMeasure">Whether the supply is high enough for the drivers to regulate.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <returns>When it has to be called again, ms.</returns>
    public long Advance(int content, int stars, bool canMeasure, long uptime)
    {
        _stars = stars;
        if (content == Signal.SwitchedOff) TryMove(content, uptime);
        if (State == DisplayState.SelfTest && RunTest(canMeasure, uptime)) return Earlier(_test.Due(uptime), _led.Advance(uptime));

        if (canMeasure && uptime >= _identifyDue) Identify(uptime);
        Settle(content, uptime);
        if (canMeasure && uptime >= _measureDue) Measure(content, uptime);
        return Earlier(Earlier(_measureDue, _identifyDue), _led.Advance(uptime));
    }

    private static long Earlier(long a, long b) => a < b ? a : b;

    private bool RunTest(bool canMeasure, long uptime)
    {
        int channel = _test.Advance(uptime);
        if (_test.IsRunning)
        {
            if (Light(channel) && canMeasure) Check.Glance(channel);
            return true;
        }

        // The drivers do not regulate while the engine is cranked, and every channel would seem open: the result waits.
        _owesTestResult = true;
        _identifyDue = uptime;
        return false;
    }

    /// <summary>Moves to the state that fits, if it can be shown truthfully.</summary>
    private void Settle(int content, long uptime)
    {
        int wanted = content == Signal.Rated ? Channels.For(DisplayState.Showing, _stars) : 0;
        bool isOff = content == Signal.SwitchedOff;
        TryMove(isOff || Check.CanShow(wanted) ? content : Signal.Broken, uptime);
        if (Light()) _measureDue = uptime;
    }

    private void Measure(int content, long uptime)
    {
        Check.Measure(_shown);
        if (Check.IsSuspicious)
        {
            Identify(uptime);
            Settle(content, uptime);
            Check.Measure(_shown);
        }

        _measureDue = uptime + (Check.IsSettled ? MeasureEvery : MeasureAgain);
    }

    private void Identify(long uptime)
    {
        int changed = Check.Identify();
        for (int channel = 0; channel < Channels.Count; channel++)
        {
            if ((changed & (1 << channel)) == 0) continue;
            int fault = Check.FaultOf(channel);
            int kind = fault == LightFault.None ? IncidentKind.LightRecovered : IncidentKind.LightFault;
            _recorder.Note(kind, (channel * 10) + fault, uptime);
        }

        _identifyDue = uptime + (Check.Faulty == 0 ? IdentifySoundEvery : IdentifyFaultyEvery);
        _measureDue = uptime;
        if (_owesTestResult) _recorder.Note(IncidentKind.SelfTest, Check.Faulty, uptime);
        _owesTestResult = false;
    }

    /// <returns>False when the state has no transition for the signal, which is journalled.</returns>
    private bool TryMove(int signal, long uptime)
    {
        int from = State;
        bool isDefined = DisplayTable.TryNext(from, signal, out int to);
        if (!isDefined) _recorder.NoteRefusedSignal(DisplayTable.Number, from, signal, uptime);
        if (to == from) return isDefined;

        State = to;
        _led.Say(to, uptime);
        return true;
    }

    private bool Light() => Light(Channels.For(State, _stars));

    private bool Light(int channels)
    {
        if (channels == _shown) return false;
        _shown = channels;
        _lights.Show(channels, Brightness.Permille);
        return true;
    }

    /// <summary>Adapts the brightness; the lit channels stay the same.</summary>
    public void Follow(int lux, int celsius)
    {
        if (Brightness.Follow(lux, celsius)) _lights.Show(_shown, Brightness.Permille);
    }
}
