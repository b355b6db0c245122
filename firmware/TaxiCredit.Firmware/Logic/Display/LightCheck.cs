using TaxiCredit.Firmware.Logic.Analog;

namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>
/// Judges the lights by the mean current in their common return against the sum of the channels that should conduct, at the duty at which they are lit, and
/// by the drivers' fault lines. A driver that pulls its line is right at any duty: it holds the line until its string is whole. A line that is not
/// pulled says nothing below <see cref="LinesSpeakFrom"/>, where the light's pulses are shorter than the driver's deglitch time.
/// </summary>
internal sealed class LightCheck
{
    /// <summary>
    /// Duty from which the drivers recognise an open or shorted string, ‰: 175 µs at most (TI SLDS238B, timing requirements) of a period of 3.33 ms, and their
    /// edges.
    /// </summary>
    public const int LinesSpeakFrom = 100;

    /// <summary>
    /// Supply below which the drivers may not regulate, and their current proves nothing, mV: three LEDs in series need 8 V when they are warm and 12 V at
    /// −40 °C (hardware/results.md), besides 3 % of the measurement.
    /// </summary>
    public const int MinMillivolts = 10000;
    public const int MinMillivoltsInFrost = 12500;

    /// <summary>Measurements in a row that must disagree with what should be lit before each channel is tested.</summary>
    public const int Deglitch = 3;

    /// <summary>A driver that retries a shorted string sends 1 mA through it, µV: less is none.</summary>
    private const int RetryFrom = 700;

    /// <summary>A channel that is stuck carries what its fault lets through, not what its driver regulates, µV.</summary>
    private const int StuckTolerance = 30000;

    /// <summary>Without a calibration: 8 % of each channel, and 18 of 3,333 µs for the driver's edges, µV.</summary>
    private const int RawPercent = 8;
    private const int RawEdges = 600;

    private readonly Calibration _calibration;
    private readonly int[] _faults = new int[Channels.Count];
    private int _disagreements;
    private bool _shoneInTheDark;

    public LightCheck(Calibration calibration)
    {
        _calibration = calibration;
    }

    /// <summary>Mask of the channels that are lit, as measured.</summary>
    public int Lit { get; private set; }

    /// <summary>False until a disagreement has been confirmed or has gone.</summary>
    public bool IsSettled => _disagreements == 0;

    /// <summary>Whether enough measurements disagreed, so that each channel has to be tested.</summary>
    public bool IsSuspicious => _disagreements >= Deglitch;

    /// <summary>Mask of the faulty channels.</summary>
    public int Faulty => MaskOf(LightFault.Open) | MaskOf(LightFault.Short) | MaskOf(LightFault.StuckOn);

    /// <summary>Mask of the channels that shine unasked.</summary>
    public int Stuck => MaskOf(LightFault.StuckOn);

    /// <summary>Whether a channel is stuck at its input: it is dark as long as the drivers have no supply.</summary>
    public bool HidesAStuckOne => Stuck != 0 && !_shoneInTheDark;

    /// <summary>One of <see cref="LightFault"/>.</summary>
    public int FaultOf(int channel) => _faults[channel];

    /// <returns>True when it is another than before.</returns>
    public bool Set(int channel, int fault)
    {
        bool isNew = _faults[channel] != fault;
        _faults[channel] = fault;
        return isNew;
    }

    /// <summary>Whether lighting <paramref name="channels"/> would show exactly these.</summary>
    public bool CanShow(int channels)
    {
        for (int i = 0; i < Channels.Count; i++)
        {
            bool isWanted = (channels & (1 << i)) != 0;
            bool isStuck = _faults[i] == LightFault.StuckOn;
            if (isWanted ? _faults[i] != LightFault.None && !isStuck : isStuck) return false;
        }

        return true;
    }

    /// <summary>The lights have been tested one by one, or cannot be measured: what is driven counts as lit, but for known faults.</summary>
    public void Assume(int channels)
    {
        Lit = ExpectedFrom(channels);
        _disagreements = 0;
    }

    /// <summary>Judges a reading of the return.</summary>
    /// <param name="channels">What was lit.</param>
    /// <param name="permille">Its duty.</param>
    /// <param name="microvolts">The reading.</param>
    /// <param name="lines">Mask of the fault lines that are pulled.</param>
    /// <returns>Mask of the channels that were stuck and no longer are.</returns>
    public int Judge(int channels, int permille, int microvolts, int lines)
    {
        if (channels == 0 && Stuck != 0) return JudgeStuck(StuckIn(microvolts));

        int signalling = lines & channels & ~Faulty;
        int expected = ExpectedFrom(channels);
        int off = microvolts - _calibration.Dark - Sum(expected, permille);
        bool agrees = signalling == 0 && off <= Tolerance(channels, permille) && -off <= Tolerance(channels, permille);
        _disagreements = agrees ? 0 : _disagreements + 1;
        if (agrees) Lit = expected;
        else if (IsSuspicious) Lit = expected & ~signalling;
        return 0;
    }

    /// <summary>Judges a reading of one channel alone, in a self test, without confirmation.</summary>
    public void Glance(int channel, int permille, int microvolts)
    {
        bool isLit = permille > 0 && channel < Channels.Count && Conducts(channel, permille, microvolts - _calibration.Dark);
        Lit = isLit ? (1 << channel) | Stuck : Stuck;
    }

    /// <summary>
    /// All is dark and the drivers have no supply: a channel that shone all the same and does no longer has recovered. One that is
    /// dark without supply may be stuck all the same, at its input; only the next self test tells.
    /// </summary>
    private int JudgeStuck(int count)
    {
        _disagreements = 0;
        int stuck = Stuck;
        if (count > 0)
        {
            _shoneInTheDark = true;
            Lit = stuck;
            return 0;
        }

        Lit = 0;
        if (!_shoneInTheDark) return 0;
        _shoneInTheDark = false;
        for (int i = 0; i < Channels.Count; i++)
        {
            if ((stuck & (1 << i)) != 0) _faults[i] = LightFault.None;
        }

        return stuck;
    }

    /// <summary>Judges by the fault lines alone, as the return cannot be measured.</summary>
    /// <returns>Mask of the channels whose fault is new.</returns>
    public int JudgeBlind(int channels, int lines)
    {
        int signalling = lines & channels & ~Faulty;
        _disagreements = signalling == 0 ? 0 : _disagreements + 1;
        if (signalling == 0) Lit = ExpectedFrom(channels);
        if (!IsSuspicious) return 0;

        for (int i = 0; i < Channels.Count; i++)
        {
            if ((signalling & (1 << i)) != 0) _faults[i] = LightFault.Open;
        }

        _disagreements = 0;
        Lit = ExpectedFrom(channels);
        return signalling;
    }

    /// <summary>Whether a change of the return is that of a lit channel: at least half of it.</summary>
    public bool Conducts(int channel, int permille, int microvolts) => microvolts * 2 >= _calibration.Expected(channel, permille);

    /// <summary>Number of channels that shine unasked in a reading of the return without light; they carry their full current, or more.</summary>
    public static int StuckIn(int microvolts) => (microvolts + (Calibration.NominalFull / 2)) / Calibration.NominalFull;

    /// <summary>
    /// What is wrong with a channel that was lit alone. No current is an open string, and also one that is shorted to ground: its driver switches off. Current
    /// though the driver signals is a string that is shorted to the return.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="permille">Its duty.</param>
    /// <param name="microvolts">What it added to the return.</param>
    /// <param name="signals">Whether its driver pulls the fault line.</param>
    public int FaultFrom(int channel, int permille, int microvolts, bool signals)
    {
        if (Conducts(channel, permille, microvolts)) return signals ? LightFault.Short : LightFault.None;
        return signals && microvolts >= RetryFrom ? LightFault.Short : LightFault.Open;
    }

    /// <summary>What the return should be with a set of channels, without its offset, µV.</summary>
    public int Sum(int channels, int permille)
    {
        int sum = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            if ((channels & (1 << i)) == 0) continue;
            sum += _faults[i] == LightFault.StuckOn ? Calibration.NominalFull : _calibration.Expected(i, permille);
        }

        return sum;
    }

    /// <summary>Half of the smallest lit channel: more on a board that has not been calibrated, or with a channel that is stuck.</summary>
    private int Tolerance(int channels, int permille)
    {
        int half = Calibration.NominalFull / 2;
        int raw = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            if ((channels & (1 << i)) == 0) continue;
            int expected = _calibration.Expected(i, permille);
            if (expected < half * 2) half = expected / 2;
            raw += (expected * RawPercent / 100) + RawEdges;
        }

        int tolerance = _calibration.IsMeasured || raw < half ? half : raw;
        return tolerance + (StuckTolerance * Channels.CountIn(Stuck));
    }

    private int ExpectedFrom(int channels) => (channels & ~MaskOf(LightFault.Open) & ~MaskOf(LightFault.Short)) | Stuck;

    private int MaskOf(int fault)
    {
        int mask = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            if (_faults[i] == fault) mask |= 1 << i;
        }

        return mask;
    }
}
