using TaxiCredit.Firmware.Logic.Analog;

namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>
/// Lights each channel alone, visibly, and measures it. The self test begins dark, which gives the return without light, and lights each channel for a
/// quarter of a second; a calibration lights each at the two duties between which all others lie. Only in a parked car.
/// </summary>
internal sealed class SelfTest
{
    public const int StepMilliseconds = 250;
    public const int CalibrationStepMilliseconds = 400;

    /// <summary>At lower duties the drivers would not recognise a broken string, ‰.</summary>
    public const int MinDuty = LightCheck.LinesSpeakFrom;

    private const int MaxSteps = Channels.Count * 2;

    private readonly long[] _sums = new long[MaxSteps];
    private readonly int[] _counts = new int[MaxSteps];
    private readonly int[] _lines = new int[MaxSteps];
    private long _begun;
    private int _step;
    private int _duty;

    public bool IsRunning { get; private set; }

    /// <summary>Whether it measures for a calibration.</summary>
    public bool IsCalibration { get; private set; }

    /// <summary>Channels to light now, as a mask.</summary>
    public int Lit => IsCalibration ? 1 << (_step / 2) : _step == 0 ? Channels.All : 1 << (_step - 1);

    /// <summary>Their duty, ‰; 0 in the first step of a self test.</summary>
    public int Permille => IsCalibration ? (_step % 2 == 0 ? Calibration.FullDuty : Calibration.LowDuty) : _step == 0 ? 0 : _duty;

    private int Steps => IsCalibration ? MaxSteps : Channels.Count + 1;

    private int StepTime => IsCalibration ? CalibrationStepMilliseconds : StepMilliseconds;

    /// <param name="isCalibration">Whether it measures for a calibration.</param>
    /// <param name="permille">Duty of the light now.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    public void Begin(bool isCalibration, int permille, long uptime)
    {
        IsRunning = true;
        IsCalibration = isCalibration;
        _begun = uptime;
        _step = 0;
        _duty = permille < MinDuty ? MinDuty : permille;
        for (int i = 0; i < MaxSteps; i++)
        {
            _sums[i] = 0;
            _counts[i] = 0;
            _lines[i] = 0;
        }
    }

    public void End() => IsRunning = false;

    /// <summary>Goes to the step that is due.</summary>
    /// <returns>False when all are over.</returns>
    public bool Advance(long uptime)
    {
        long step = (uptime - _begun) / StepTime;
        if (step >= Steps) IsRunning = false;
        else _step = (int)step;
        return IsRunning;
    }

    /// <summary>Takes a reading of the present step.</summary>
    public void Take(int microvolts, int lines)
    {
        _sums[_step] += microvolts;
        _counts[_step]++;
        _lines[_step] |= lines;
    }

    /// <summary>Takes the fault lines alone, where the return cannot be measured.</summary>
    public void TakeLines(int lines) => _lines[_step] |= lines;

    /// <summary>Duty of a self test's channels, ‰.</summary>
    public int Duty => _duty;

    /// <summary>Whether every step has a reading.</summary>
    public bool IsComplete
    {
        get
        {
            for (int i = 0; i < Steps; i++)
            {
                if (_counts[i] == 0) return false;
            }

            return true;
        }
    }

    /// <summary>Whether a step has a reading.</summary>
    public bool Has(int step) => _counts[step] > 0;

    /// <summary>Mean of a step's readings, µV.</summary>
    public int Mean(int step) => (int)(_sums[step] / _counts[step]);

    /// <summary>Fault lines that were pulled in a step.</summary>
    public int Lines(int step) => _lines[step];

    /// <summary>When the next step is due, ms.</summary>
    public long Due(long uptime) => _begun + ((((uptime - _begun) / StepTime) + 1) * StepTime);
}
