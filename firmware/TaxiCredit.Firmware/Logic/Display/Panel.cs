using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>
/// The lights: lights what the rating calls for, and measures what is lit, within what is lit. Nothing here waits: whatever interrupts the loop leaves
/// the lights as the rating has them, or, while a broken channel is looked for, without their bar.
/// </summary>
internal sealed class Panel
{
    /// <summary>Longest time between two measurements of settled lights, ms: the ramp holds still for one.</summary>
    public const int MeasureEvery = 1000;

    /// <summary>From a change of the lights until the return has settled, ms: its filter's time constant is 4.7 ms, and the runtime's tick is 10.</summary>
    public const int Settle = 50;

    /// <summary>Between two tests of broken channels in the dark, ms.</summary>
    public const int RetestEvery = 30000;

    /// <summary>A search that gets no reading is given up, ms.</summary>
    public const int ProbeTimeout = 5000;

    /// <summary>Ambient light that has not been read for so long counts as unknown, ms.</summary>
    public const int BlindAfter = 10000;

    private readonly ILights _lights;
    private readonly Recorder _recorder;
    private readonly Sampler _sampler;
    private readonly Calibration _calibration;
    private readonly Calibrator _calibrator;
    private readonly SelfTest _test = new SelfTest();
    private readonly StatusLed _led;
    private readonly Probe _probe;
    private int _shown;
    private int _duty;
    private int _stars;
    private long _changedAt;
    private int _measured;
    private int _measuredDuty;
    private bool _isJudged;
    private long _judgedAt;
    private int _lightCount;
    private long _lightAt;
    private long _retestDue;
    private bool _owesTestResult;
    private bool _isTestedOff;

    public Panel(ILights lights, Recorder recorder, Sampler sampler, Calibration calibration, Calibrator calibrator)
    {
        _lights = lights;
        _recorder = recorder;
        _sampler = sampler;
        _calibration = calibration;
        _calibrator = calibrator;
        _led = new StatusLed(lights);
        Check = new LightCheck(calibration);
        _probe = new Probe(Check);
    }

    public LightCheck Check { get; }

    public Brightness Brightness { get; } = new Brightness();

    /// <summary>Temperature of the light sensor, °C; 25 where it is not known.</summary>
    public int Celsius { get; set; } = 25;

    public int State { get; private set; } = DisplayState.Booting;

    /// <summary>Whether channels are lit that the rating does not call for, or are missing: nothing that may block is begun meanwhile.</summary>
    public bool IsBusy => _test.IsRunning || _probe.IsRunning;

    /// <summary>Whether <see cref="LightCheck.Lit"/> is that of the lights as they are.</summary>
    public bool IsSettled => _test.IsRunning || (_isJudged && Check.IsSettled && !_probe.IsRunning);

    /// <summary>Lights what the stored rating calls for; one port call.</summary>
    public void ShowFirst(int content, int stars, long uptime)
    {
        _stars = stars;
        if (_sampler.HasLight) Brightness.Sense(_calibration.LuxOf(_sampler.Light, Celsius), uptime);
        else Brightness.Blind();
        Brightness.Jump();
        TryMove(content, uptime);
        Light(uptime);
    }

    /// <summary>Begins the visible self test.</summary>
    public void BeginTest(long uptime)
    {
        if (TryMove(Signal.Test, uptime)) Begin(false, false, uptime);
    }

    /// <summary>Lights each channel at the two duties of a calibration.</summary>
    public void BeginCalibration(long uptime)
    {
        if (TryMove(Signal.Test, uptime)) Begin(true, true, uptime);
        else _calibrator.EndLights(false);
    }

    /// <summary>
    /// Carries out the command: visibly in a parked car; else nothing is lit for it, and the result is what the next measurement of the lit
    /// channels says.
    /// </summary>
    public void Test(long uptime)
    {
        if (State == DisplayState.Off || State == DisplayState.SelfTest)
        {
            if (TryMove(Signal.Test, uptime)) Begin(false, true, uptime);
            return;
        }

        _owesTestResult = true;
        _isJudged = false;
    }

    public void BeginIdentify(long uptime) => _led.BeginIdentify(uptime);

    /// <summary>Repeats the state on the status LED, and tests broken channels at once.</summary>
    public void Repeat(long uptime)
    {
        _led.Say(State, uptime);
        _retestDue = uptime;
    }

    /// <summary>Updates the lights.</summary>
    /// <param name="content">What the rating calls for, or <see cref="Signal.SwitchedOff"/>.</param>
    /// <param name="stars">Stars of the rating.</param>
    /// <param name="mayBlock">Whether the link may block the loop just now.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <returns>When it has to be called again, ms.</returns>
    public long Advance(int content, int stars, bool mayBlock, long uptime)
    {
        _stars = stars;
        bool isOff = content == Signal.SwitchedOff;
        Fetch(uptime);
        FollowLight(uptime);
        if (_test.IsRunning) RunTest(isOff, uptime);
        if (_probe.IsRunning && (isOff || uptime - _probe.BeganAt >= ProbeTimeout)) _probe.End();
        if (!IsBusy) Rest(content, mayBlock, uptime);

        long due = _sampler.Due(ReturnFrom, IsUrgent(uptime));
        if (_test.IsRunning) due = Earlier(due, _test.Due(uptime));
        else if (!HoldsStill(uptime) && _shown != 0) due = Earlier(due, Brightness.StepDue);
        return Earlier(due, _led.Advance(uptime));
    }

    private static long Earlier(long a, long b) => a < b ? a : b;

    private void Begin(bool isCalibration, bool isOff, long uptime)
    {
        _test.Begin(isCalibration, Brightness.Permille, uptime);
        _isTestedOff = isOff;
    }

    /// <summary>Whether the supply is high enough for the drivers to regulate: else their current proves nothing.</summary>
    private bool CanMeasure => !_sampler.IsDead && _sampler.HasBattery && _calibration.MillivoltsOf(_sampler.Battery) >= MinMillivolts;

    private int MinMillivolts => Celsius > 2 ? LightCheck.MinMillivolts : LightCheck.MinMillivoltsInFrost;

    private long ReturnFrom => CanMeasure ? _changedAt + Settle : long.MaxValue;

    /// <summary>The ramp waits for a measurement when the last is too old.</summary>
    private bool HoldsStill(long uptime) => CanMeasure && (!_isJudged || uptime - _judgedAt >= MeasureEvery);

    private bool IsUrgent(long uptime) =>
        CanMeasure && (IsBusy || !_isJudged || !Check.IsSettled || HoldsStill(uptime));

    /// <summary>Fetches what the converter has, and puts it to use.</summary>
    private void Fetch(long uptime)
    {
        int expected = Check.Sum(_shown, _duty);
        bool isWide = expected > 200000 || _sampler.Return > 230000;
        bool hasReading = _sampler.Advance(ReturnFrom, IsUrgent(uptime), isWide, uptime);
        bool isOfNow = _sampler.ReturnAt >= _changedAt + Settle;
        bool isUndisturbed = isOfNow || _changedAt >= _sampler.ReturnAt + Sampler.Conversion;
        int measured = _measured;
        int measuredDuty = _measuredDuty;
        if (_sampler.IsOnReturn && _sampler.StartedAt == uptime)
        {
            _measured = _shown;
            _measuredDuty = _duty;
        }

        if (_calibrator.Point != Calibrator.None) Calibrate(hasReading && measured == 0 && isUndisturbed, uptime);
        if (!hasReading || !CanMeasure) return;
        if (_test.IsRunning)
        {
            if (isOfNow) TakeTest();
        }
        else if (_probe.IsRunning)
        {
            if (isOfNow) FeedProbe(uptime);
        }
        else if (isUndisturbed)
        {
            Judge(measured, measuredDuty, uptime);
        }
    }

    private void Judge(int measured, int duty, long uptime)
    {
        Journal(Check.Judge(measured, duty, _sampler.Return, _lights.FaultLines() & _shown), uptime);
        if (measured == _shown) Judged(uptime);
        else _isJudged = false;
        if (Check.IsSettled) return;

        // Before a light is called broken, the converter proves that it is not.
        _sampler.AskRail();
        if (!Check.IsSuspicious || State == DisplayState.Off) return;
        _probe.Begin(_shown, _duty, uptime);
        Light(_probe.Lit, _probe.Permille, uptime);
    }

    private void Judged(long uptime)
    {
        _isJudged = true;
        _judgedAt = uptime;
        if (!_owesTestResult || !Check.IsSettled) return;
        _owesTestResult = false;
        _recorder.Note(IncidentKind.SelfTest, Check.Faulty, uptime);
    }

    private void TakeTest()
    {
        _test.Take(_sampler.Return, _lights.FaultLines());
        int channel = 0;
        while (channel < Channels.Count && _test.Lit != 1 << channel) channel++;
        Check.Glance(channel, _test.Permille, _sampler.Return);
    }

    private void FeedProbe(long uptime)
    {
        if (!_probe.Feed(_sampler.Return, _lights.FaultLines()))
        {
            Light(_probe.Lit, _probe.Permille, uptime);
            return;
        }

        Journal(_probe.Changed, uptime);
        _retestDue = uptime + RetestEvery;
        _isJudged = false;
    }

    private void RunTest(bool isOff, long uptime)
    {
        // A parked car that is started, and a started one that is parked, end it.
        if (isOff != _isTestedOff)
        {
            EndTest(false, uptime);
            return;
        }

        bool isRunning = _test.Advance(uptime);
        if (isRunning)
        {
            Light(_test.Lit, _test.Permille, uptime);
            if (_sampler.IsDead && _test.Permille > 0) _test.TakeLines(_lights.FaultLines() & _test.Lit);
            return;
        }

        EndTest(true, uptime);
    }

    private void EndTest(bool isOver, long uptime)
    {
        _test.End();
        _isJudged = false;
        if (_test.IsCalibration)
        {
            bool isComplete = isOver && _test.IsComplete;
            for (int i = 0; i < Channels.Count && isComplete; i++) _calibrator.TakeLight(i, _test.Mean((2 * i) + 1), _test.Mean(2 * i));
            _calibrator.EndLights(isComplete);
            return;
        }

        if (!isOver) return;
        Journal(TestVerdict.Apply(_test, Check, _sampler.IsDead), uptime);
        if (_test.IsComplete || _sampler.IsDead) _recorder.Note(IncidentKind.SelfTest, Check.Faulty, uptime);
        else _owesTestResult = true;
    }

    /// <summary>Nothing is being tested: lights what the rating calls for, if it can be shown truthfully.</summary>
    private void Rest(int content, bool mayBlock, long uptime)
    {
        int wanted = content == Signal.Rated ? Channels.For(DisplayState.Showing, _stars) : 0;
        bool isOff = content == Signal.SwitchedOff;
        TryMove(isOff || Check.CanShow(wanted) ? content : Signal.Broken, uptime);
        if (_shown == 0) Brightness.Jump();
        else if (!HoldsStill(uptime)) Brightness.Step(uptime);
        Light(uptime);

        if (_sampler.IsDead) JudgeBlind(uptime);
        else if (!CanMeasure) Assume();
        else if (State == DisplayState.Fault && uptime >= _retestDue) Retest(mayBlock, uptime);
    }

    private void Assume()
    {
        Check.Assume(_shown);
        _isJudged = true;
    }

    /// <summary>The converter is dead: the fault lines alone are left, at a duty at which they speak.</summary>
    private void JudgeBlind(long uptime)
    {
        if (_isJudged && uptime - _judgedAt < MeasureEvery) return;
        Journal(Check.JudgeBlind(_shown, _lights.FaultLines()), uptime);
        Judged(uptime);
    }

    /// <summary>The bar alone is a rating of 0 stars: it is not lit while the loop may stop.</summary>
    private void Retest(bool mayBlock, long uptime)
    {
        int broken = Check.Faulty & ~Check.Stuck & (mayBlock ? ~1 : Channels.All);
        if (broken != 0 || !mayBlock) _retestDue = uptime + RetestEvery;
        if (broken == 0 || Check.HidesAStuckOne) return;
        _probe.BeginRetest(broken, Brightness.Permille, uptime);
        Light(_probe.Lit, _probe.Permille, uptime);
    }

    private void Calibrate(bool isNewDark, long uptime)
    {
        int result = _calibrator.Advance(_sampler, isNewDark);
        if (result >= 0) _recorder.Note(IncidentKind.Calibration, result, uptime);
    }

    private void FollowLight(long uptime)
    {
        if (_sampler.LightCount != _lightCount)
        {
            _lightCount = _sampler.LightCount;
            _lightAt = uptime;
            Brightness.Sense(_calibration.LuxOf(_sampler.Light, Celsius), uptime);
        }
        else if (uptime - _lightAt >= BlindAfter)
        {
            Brightness.Blind();
        }
    }

    private void Journal(int changed, long uptime)
    {
        for (int channel = 0; channel < Channels.Count; channel++)
        {
            if ((changed & (1 << channel)) == 0) continue;
            int fault = Check.FaultOf(channel);
            int kind = fault == LightFault.None ? IncidentKind.LightRecovered : IncidentKind.LightFault;
            _recorder.NoteLight(kind, channel, (channel * 10) + fault, uptime);
        }
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

    private void Light(long uptime) => Light(Channels.For(State, _stars), Brightness.Permille, uptime);

    private void Light(int channels, int permille, long uptime)
    {
        if (channels == _shown && (permille == _duty || channels == 0)) return;
        if (channels != _shown) _isJudged = false;
        _shown = channels;
        _duty = permille;
        _changedAt = uptime;
        _lights.Show(channels, permille);
    }
}
