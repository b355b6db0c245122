using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic;

/// <summary>Monitors supply, temperature, case, button and ignition, and journals their changes.</summary>
internal sealed class Watch
{
    /// <summary>Limits of the supply, mV, each with the value at which it counts as good again.</summary>
    public const int LowBattery = 9000;
    public const int LowBatteryGone = 10000;
    public const int HighBattery = 16500;
    public const int HighBatteryGone = 15500;

    /// <summary>Limits of the board, °C.</summary>
    public const int Hot = Display.Brightness.Hot;
    public const int HotGone = 80;

    /// <summary>What the thermometer can measure, °C (TI SBOS702, TMP102-Q1); readings outside are invalid.</summary>
    public const int Coldest = -40;
    public const int Hottest = 125;

    private readonly ISensors _sensors;
    private readonly Recorder _recorder;
    private readonly Sampler _sampler;
    private readonly Calibration _calibration;
    private readonly Debounce _low = new Debounce(4);
    private readonly Debounce _high = new Debounce(4);
    private readonly Debounce _hot = new Debounce(4);
    private readonly Debounce _blind = new Debounce(4);
    private readonly Debounce _tamper = new Debounce(2);

    /// <summary>On at the second sample, off at the fourth: a contact that chatters leaves the light as it is.</summary>
    private readonly Debounce _ignition = new Debounce(2, 4);
    private bool _isConverterDead;
    private int _readings;

    public Watch(ISensors sensors, Recorder recorder, Sampler sampler, Calibration calibration)
    {
        _sensors = sensors;
        _recorder = recorder;
        _sampler = sampler;
        _calibration = calibration;
        _ignition.Begin(true);
    }

    public bool IsPowerFailing { get; private set; }

    /// <summary>Supply, mV; 0 when it is not known.</summary>
    public int Battery { get; private set; }

    /// <summary>Board temperature to dim by, °C; without a thermometer at least <see cref="Display.Brightness.Assumed"/>.</summary>
    public int Celsius { get; private set; }

    public bool IsTampered => _tamper.IsSet;

    public bool IsVoltageWrong => _low.IsSet || _high.IsSet;

    public bool IsHot => _hot.IsSet;

    /// <summary>The thermometer does not answer, or reads outside its range.</summary>
    public bool IsThermometerDead => _blind.IsSet;

    /// <summary>The converter does not answer, or answers nonsense: neither supply nor light is measured.</summary>
    public bool IsConverterDead => _sampler.IsDead;

    /// <summary>Whether the button was pressed at the last sample.</summary>
    public bool IsPressed { get; private set; }

    public bool IsIgnitionOn => _ignition.IsSet;

    /// <summary>Takes the ignition as it is, at a start in a parked car.</summary>
    public void BeginParked() => _ignition.Begin(_sensors.Ignition());

    /// <summary>Samples everything once.</summary>
    public void Look(long uptime)
    {
        _ignition.Feed(_sensors.Ignition());
        LookAtVoltage(uptime);
        LookAtThermometer(uptime);
        if (_tamper.Feed(_sensors.TamperOpen())) _recorder.Note(IncidentKind.Tamper, _tamper.IsSet ? 1 : 0, uptime);

        IsPressed = _sensors.TakePress();
        if (IsPressed) _recorder.Note(IncidentKind.Mark, 0, uptime);
    }

    /// <summary>Puts the newest reading of the supply to use; called at every tick.</summary>
    public void Measure() => Battery = _sampler.HasBattery ? _calibration.MillivoltsOf(_sampler.Battery) : 0;

    private void LookAtVoltage(long uptime)
    {
        if (_sampler.IsDead != _isConverterDead)
        {
            _isConverterDead = _sampler.IsDead;
            _recorder.Note(IncidentKind.Converter, _isConverterDead ? 1 : 0, uptime);
        }

        // A reading counts once: four of them, one each second, tell a sag from a start of the engine.
        if (!_sampler.HasBattery || _sampler.BatteryCount == _readings) return;
        _readings = _sampler.BatteryCount;
        if (_low.Feed(Battery < (_low.IsSet ? LowBatteryGone : LowBattery)) && _low.IsSet) _recorder.Note(IncidentKind.VoltageLow, Battery, uptime);
        if (_high.Feed(Battery > (_high.IsSet ? HighBatteryGone : HighBattery)) && _high.IsSet) _recorder.Note(IncidentKind.VoltageHigh, Battery, uptime);
    }

    private void LookAtThermometer(long uptime)
    {
        bool isMeasured = _sensors.TryBoardCelsius(out int celsius) && celsius >= Coldest && celsius <= Hottest;
        if (_blind.Feed(!isMeasured)) _recorder.Note(IncidentKind.Thermometer, _blind.IsSet ? 1 : 0, uptime);
        if (_hot.Feed(isMeasured && celsius > (_hot.IsSet ? HotGone : Hot)) && _hot.IsSet) _recorder.Note(IncidentKind.Heat, celsius, uptime);

        // A board that was hotter when the thermometer failed counts as that hot.
        if (!_blind.IsSet && isMeasured) Celsius = celsius;
        else if (_blind.IsSet && Celsius < Display.Brightness.Assumed) Celsius = Display.Brightness.Assumed;
    }

    /// <summary>Checks whether the supply fails, and journals it; called at every tick, as there may be no time for a beat.</summary>
    /// <returns>True when that changed.</returns>
    public bool LookAtSupply(long uptime)
    {
        bool wasFailing = IsPowerFailing;
        IsPowerFailing = _sensors.PowerFailing();

        // The newest voltage: there is no time left for a conversion.
        if (IsPowerFailing && !wasFailing) _recorder.Note(IncidentKind.PowerFail, Battery, uptime);
        return IsPowerFailing != wasFailing;
    }
}
