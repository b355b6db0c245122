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

    /// <summary>Below it the LED drivers no longer regulate, and their current proves nothing, mV.</summary>
    public const int MinBatteryToMeasure = 8000;

    /// <summary>Limits of the board, °C.</summary>
    public const int Hot = Display.Brightness.Hot;
    public const int HotGone = 80;

    /// <summary>What the thermometer can measure, °C (TI SBOS702, TMP102-Q1); readings outside are invalid.</summary>
    public const int Coldest = -40;
    public const int Hottest = 125;

    private readonly ISensors _sensors;
    private readonly Recorder _recorder;
    private readonly Debounce _low = new Debounce(4);
    private readonly Debounce _high = new Debounce(4);
    private readonly Debounce _hot = new Debounce(4);
    private readonly Debounce _blind = new Debounce(4);
    private readonly Debounce _tamper = new Debounce(2);

    public Watch(ISensors sensors, Recorder recorder)
    {
        _sensors = sensors;
        _recorder = recorder;
    }

    public bool IsPowerFailing { get; private set; }

    public int Battery { get; private set; }

    public int Lux { get; private set; }

    /// <summary>Board temperature to dim by, °C; without a thermometer at least <see cref="Display.Brightness.Assumed"/>.</summary>
    public int Celsius { get; private set; }

    public bool IsTampered => _tamper.IsSet;

    public bool IsVoltageWrong => _low.IsSet || _high.IsSet;

    public bool IsHot => _hot.IsSet;

    /// <summary>The thermometer does not answer, or reads outside its range.</summary>
    public bool IsThermometerDead => _blind.IsSet;

    public bool CanMeasureLights => Battery >= MinBatteryToMeasure;

    /// <summary>Whether the button was pressed at the last sample.</summary>
    public bool IsPressed { get; private set; }

    public bool IsIgnitionOn { get; private set; } = true;

    /// <summary>Samples everything once.</summary>
    public void Look(long uptime)
    {
        Battery = _sensors.BatteryMillivolts();
        Lux = _sensors.Lux();
        IsIgnitionOn = _sensors.Ignition();

        if (_low.Feed(Battery < (_low.IsSet ? LowBatteryGone : LowBattery)) && _low.IsSet) _recorder.Note(IncidentKind.VoltageLow, Battery, uptime);
        if (_high.Feed(Battery > (_high.IsSet ? HighBatteryGone : HighBattery)) && _high.IsSet) _recorder.Note(IncidentKind.VoltageHigh, Battery, uptime);
        LookAtThermometer(uptime);
        if (_tamper.Feed(_sensors.TamperOpen())) _recorder.Note(IncidentKind.Tamper, _tamper.IsSet ? 1 : 0, uptime);

        IsPressed = _sensors.TakePress();
        if (IsPressed) _recorder.Note(IncidentKind.Mark, 0, uptime);
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
        if (IsPowerFailing && !wasFailing) _recorder.Note(IncidentKind.PowerFail, _sensors.BatteryMillivolts(), uptime);
        return IsPowerFailing != wasFailing;
    }
}
