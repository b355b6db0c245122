namespace TaxiCredit.Firmware.Logic.Analog;

/// <summary>
/// Collects the points of a calibration, one command each: the bench sets voltage or light and says what it is, the unit says what it reads. Nothing is
/// in use before all points are there and <c>store</c> has found them plausible.
/// </summary>
internal sealed class Calibrator
{
    public const int None = 0;
    public const int BatteryLow = 1;
    public const int BatteryHigh = 2;
    public const int Dark = 3;
    public const int Bright = 4;
    public const int Lights = 5;
    public const int Store = 6;

    /// <summary>Readings that a point is the mean of.</summary>
    public const int Readings = 4;

    /// <summary>A calibration is open for so long after its last point, ms: the unit does not go to sleep meanwhile.</summary>
    public const int OpenFor = 600000;

    private const int AllPoints = (1 << BatteryLow) | (1 << BatteryHigh) | (1 << Dark) | (1 << Bright) | (1 << Lights);

    private static readonly string[] Names = { "", "battery-low", "battery-high", "dark", "bright", "lights", "store" };

    private readonly CalibrationStore _store;
    private readonly Calibration _points = new Calibration();
    private int _taken;
    private int _point;
    private int _value;
    private int _count;
    private int _seen;
    private long _sum;
    private long _darkSum;
    private int _darkCount;
    private long _openUntil;

    public Calibrator(CalibrationStore store)
    {
        _store = store;
    }

    /// <summary>The point that is being taken.</summary>
    public int Point => _point;

    public bool IsOpen(long uptime) => uptime < _openUntil;

    /// <summary>The point of a name, or <see cref="None"/>.</summary>
    public static int PointOf(string name)
    {
        for (int i = BatteryLow; i <= Store; i++)
        {
            if (Names[i] == name) return i;
        }

        return None;
    }

    /// <summary>Whether a value fits a point: mV at the plug, or lx at the window; the others take none and have 0.</summary>
    public static bool Fits(int point, long value) => point switch
    {
        BatteryLow or BatteryHigh => value >= 6000 && value <= 18000,
        Bright => value >= 1 && value <= 100000,
        _ => value == 0,
    };

    /// <summary>Begins to take a point; one that is being taken is given up.</summary>
    public void Begin(int point, int value, Sampler sampler, long uptime)
    {
        _openUntil = uptime + OpenFor;
        _point = point;
        _value = value;
        _count = 0;
        _sum = 0;
        _darkSum = 0;
        _darkCount = 0;
        _seen = CountOf(sampler);
    }

    /// <summary>Takes the readings that arrived.</summary>
    /// <param name="sampler">Source of the readings.</param>
    /// <param name="isNewReturn">Whether a reading of the return, without light, arrived.</param>
    /// <returns>A <see cref="CalibrationResult"/> once the calibration is over; −1 before.</returns>
    public int Advance(Sampler sampler, bool isNewReturn)
    {
        if (_point == Store) return Finish();
        if (_point == None || _point == Lights) return -1;

        if (_point == Dark && isNewReturn)
        {
            _darkSum += sampler.Return;
            _darkCount++;
        }

        if (CountOf(sampler) == _seen) return -1;
        _seen = CountOf(sampler);
        _sum += _point == BatteryLow || _point == BatteryHigh ? sampler.Battery : sampler.Light;
        _count++;
        if (_count < Readings || (_point == Dark && _darkCount < Readings)) return -1;

        Take((int)(_sum / _count));
        return -1;
    }

    /// <summary>Takes what the panel measured of a channel alone, µV.</summary>
    public void TakeLight(int channel, int low, int full)
    {
        _points.Low[channel] = low;
        _points.Full[channel] = full;
    }

    /// <summary>All lights have been measured, or not all.</summary>
    public void EndLights(bool isComplete)
    {
        if (isComplete) _taken |= 1 << Lights;
        if (_point == Lights) _point = None;
    }

    private void Take(int mean)
    {
        switch (_point)
        {
            case BatteryLow or BatteryHigh:
                _points.BatteryMillivolts[_point - BatteryLow] = _value;
                _points.BatteryMicrovolts[_point - BatteryLow] = mean;
                break;
            case Dark:
                _points.Lux[0] = 0;
                _points.LuxMicrovolts[0] = mean;
                _points.Dark = (int)(_darkSum / _darkCount);
                break;
            default:
                _points.Lux[1] = _value;
                _points.LuxMicrovolts[1] = mean;
                break;
        }

        _taken |= 1 << _point;
        _point = None;
    }

    private int Finish()
    {
        _point = None;
        if (_taken != AllPoints) return CalibrationResult.Missing;

        for (int i = 0; i < Calibration.ChannelCount; i++)
        {
            _points.Low[i] -= _points.Dark;
            _points.Full[i] -= _points.Dark;
        }

        int result = _store.Store(_points);
        if (result == CalibrationResult.Stored) _openUntil = 0;

        // Whatever came of it, the next one begins from nothing.
        _taken = 0;
        return result;
    }

    private int CountOf(Sampler sampler) => _point == BatteryLow || _point == BatteryHigh ? sampler.BatteryCount : sampler.LightCount;
}
