using System;

namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>
/// Duty of a lit channel, from ambient light and board temperature. Between <c>nightLux</c> and <c>dayLux</c> it is a power of the light, a straight
/// line on paper logarithmic both ways, as EN 12966 asks of a sign's luminance. Light that rises is followed at once and light that falls slowly, so that
/// lamps which pass do not pulsate; the duty moves only when its target is more than an eighth away, and then in steps too small to be seen.
/// </summary>
internal sealed class Brightness
{
    /// <summary>Above this temperature the light is dimmed to cool the board, °C; at <see cref="Hottest"/> only the night's duty is left.</summary>
    public const int Hot = 85;
    public const int Hottest = 105;

    /// <summary>
    /// Temperature assumed of a board without a thermometer, °C: the highest that the hardware is designed for. Half of the day's duty
    /// is left.
    /// </summary>
    public const int Assumed = 95;

    /// <summary>Between two steps of a ramp, ms.</summary>
    public const int StepEvery = 40;

    /// <summary>Time constant with which falling light is followed, ms.</summary>
    public const int FallsIn = 20000;

    /// <summary>A step is at most the 16th part of the duty up, the 32nd down, and at least 1 ‰.</summary>
    private const int StepUp = 16;
    private const int StepDown = 32;

    private int _day = 1000;
    private int _night = 20;
    private int _dayLux = 40000;
    private int _nightLux = 4;
    private int _celsius;
    private int _target = 1000;
    private bool _isBlind = true;
    private double _level;
    private long _sensedAt;
    private long _stepDue;

    /// <summary>Duty now, ‰.</summary>
    public int Permille { get; private set; } = 1000;

    /// <summary>Whether the duty is on its way to another.</summary>
    public bool IsRamping => Permille != _target;

    /// <summary>When the next step is due, ms.</summary>
    public long StepDue => IsRamping ? _stepDue : long.MaxValue;

    /// <summary>Takes the curve of a <c>config</c> message; the ranges are checked there.</summary>
    public void Configure(int day, int night, int dayLux, int nightLux)
    {
        _day = day;
        _night = night;
        _dayLux = dayLux;
        _nightLux = nightLux;
        Aim();
    }

    /// <summary>Takes a reading of the ambient light, lx, 0 or more.</summary>
    public void Sense(int lux, long uptime)
    {
        // One is added so that complete darkness has a logarithm.
        double level = Math.Log(lux + 1.0);
        double elapsed = uptime - _sensedAt;
        _sensedAt = uptime;
        bool rises = _isBlind || level >= _level;
        _level = rises ? level : level + ((_level - level) * Math.Exp(-elapsed / FallsIn));
        _isBlind = false;
        Aim();
    }

    /// <summary>The ambient light is not known: neither the day's duty, which dazzles at night, nor the night's, which is dark by day, but between.</summary>
    public void Blind()
    {
        _isBlind = true;
        Aim();
    }

    /// <summary>Takes the board's temperature.</summary>
    public void Warm(int celsius)
    {
        _celsius = celsius;
        Aim();
    }

    /// <summary>Takes the target at once, for the first light.</summary>
    public void Jump()
    {
        _target = Target();
        Permille = _target;
    }

    /// <summary>Makes the step that is due.</summary>
    /// <returns>True when <see cref="Permille"/> changed.</returns>
    public bool Step(long uptime)
    {
        if (!IsRamping || uptime < _stepDue) return false;

        _stepDue = uptime + StepEvery;
        if (_target > Permille) Permille = Math.Min(_target, Permille + AtLeastOne(Permille / StepUp));
        else Permille = Math.Max(_target, Permille - AtLeastOne(Permille / StepDown));
        return true;
    }

    /// <summary>The duty of the curve at an illuminance, ‰.</summary>
    public int FromLight(double lux)
    {
        if (lux >= _dayLux) return _day;
        if (lux <= _nightLux) return _night;
        double share = Math.Log((lux + 1) / (_nightLux + 1.0)) / Math.Log((_dayLux + 1.0) / (_nightLux + 1.0));
        return (int)((_night * Math.Exp(share * Math.Log((double)_day / _night))) + 0.5);
    }

    private static int AtLeastOne(int step) => step < 1 ? 1 : step;

    /// <summary>
    /// Chooses another target if it is more than an eighth away. An end of the curve, once it is near, is gone to all the same; to leave it again
    /// takes the eighth.
    /// </summary>
    private void Aim()
    {
        int target = Target();
        int distance = target > _target ? target - _target : _target - target;
        bool isEnd = target == _day || target == _night;
        if (distance * 8 > _target || (isEnd && distance != 0)) _target = target;
    }

    private int Target()
    {
        int target = _isBlind ? Between() : FromLight(Math.Exp(_level) - 1);
        if (_celsius <= Hot) return target;

        int left = _celsius >= Hottest ? 0 : Hottest - _celsius;
        int limit = _night + ((_day - _night) * left / (Hottest - Hot));
        return target < limit ? target : limit;
    }

    private int Between() => (int)Math.Sqrt((double)_day * _night);
}
