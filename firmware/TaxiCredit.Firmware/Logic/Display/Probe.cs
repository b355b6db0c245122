using TaxiCredit.Firmware.Logic.Analog;

namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>
/// Finds which channel is broken without a pulse: it goes dark one channel at a time, the bar first, as without it the stars stand for nothing, and a channel
/// whose going takes no current from the return gave none. What still flows then, with the drivers enabled and no light asked for, flows through a
/// channel that is stuck on; beside that, at full light, each other one is lit at the night's duty, 2 % more, to see which of them adds nothing. In the
/// dark it tests channels that are known to be broken: they give no light as long as they are.
/// </summary>
internal sealed class Probe
{
    private const int Nobody = -1;

    private readonly LightCheck _check;
    private int _lit;
    private int _left;
    private int _tested;
    private int _candidates;
    private int _base;
    private int _duty;
    private bool _isAlone;
    private bool _isDark;
    private bool _isRetest;
    private int _unknownStuck;

    public Probe(LightCheck check)
    {
        _check = check;
    }

    public bool IsRunning { get; private set; }

    /// <summary>What to light now.</summary>
    public int Lit { get; private set; }

    /// <summary>At which duty, ‰; 0 leaves the drivers enabled in the dark.</summary>
    public int Permille { get; private set; }

    /// <summary>Mask of the channels whose fault changed.</summary>
    public int Changed { get; private set; }

    /// <summary>When it began, ms.</summary>
    public long BeganAt { get; private set; }

    /// <summary>Begins to go dark.</summary>
    public void Begin(int lit, int permille, long uptime)
    {
        Start(uptime);
        _lit = lit;
        _left = lit;
        _duty = permille;
        _candidates = Channels.All & ~lit & ~_check.Faulty;
        _isRetest = false;
        _isDark = lit == 0;
        Lit = lit == 0 ? Channels.All : lit;
        Permille = lit == 0 ? 0 : permille;
    }

    /// <summary>Begins to test broken channels in the dark.</summary>
    public void BeginRetest(int broken, int permille, long uptime)
    {
        Start(uptime);
        _lit = broken;
        _left = 0;
        _duty = permille;
        _candidates = broken;
        _isRetest = true;
        _isDark = true;
        Lit = broken;
        Permille = 0;
    }

    public void End() => IsRunning = false;

    /// <summary>Takes a reading of what is lit now.</summary>
    /// <returns>True when it is over.</returns>
    public bool Feed(int microvolts, int lines)
    {
        if (_isAlone) JudgeAlone(microvolts - _base, lines);
        else if (_tested != Nobody) JudgeDrop(_base - microvolts, lines);

        if (!_isAlone)
        {
            _base = microvolts;
            if (_left != 0) return DropNext();
            if (!_isDark) return GoDark();
            if (!BeginAlone(microvolts, lines)) return Finish();
        }

        return !LightNext() && Finish();
    }

    private void Start(long uptime)
    {
        IsRunning = true;
        _tested = Nobody;
        _isAlone = false;
        Changed = 0;
        BeganAt = uptime;
    }

    /// <summary>Takes the next channel away: the bar first, then the stars from the last.</summary>
    private bool DropNext()
    {
        _tested = (_left & 1) != 0 ? 0 : Highest(_left);
        _left &= ~(1 << _tested);
        if (_left == 0) return GoDark();
        Lit = _left;
        return false;
    }

    private bool GoDark()
    {
        _isDark = true;
        Lit = _lit;
        Permille = 0;
        return false;
    }

    private void JudgeDrop(int drop, int lines)
    {
        bool signals = (lines & (1 << _tested)) != 0;
        if (_check.Conducts(_tested, _duty, drop)) Set(_tested, signals ? LightFault.Short : LightFault.None);
        else if ((_check.Stuck & (1 << _tested)) == 0) _candidates |= 1 << _tested;
    }

    /// <summary>With no light asked for: is one stuck?</summary>
    /// <returns>False when nobody has to be tested alone.</returns>
    private bool BeginAlone(int microvolts, int lines)
    {
        _isAlone = true;
        _tested = Nobody;
        int stuck = LightCheck.StuckIn(microvolts);
        _unknownStuck = stuck - Channels.CountIn(_check.Stuck);
        if (_unknownStuck > 0)
        {
            _duty = Calibration.LowDuty;
            return true;
        }

        for (int i = 0; i < Channels.Count; i++)
        {
            int bit = 1 << i;
            if (stuck == 0 && (_check.Stuck & bit) != 0) Set(i, LightFault.None);
            bool isMissing = (_candidates & _lit & bit) != 0 && !_isRetest;
            if (isMissing) Set(i, _check.FaultFrom(i, _duty, microvolts - (stuck * Calibration.NominalFull), (lines & bit) != 0));
        }

        return _isRetest;
    }

    private bool LightNext()
    {
        if (_candidates == 0) return false;
        _tested = Highest(_candidates);
        _candidates &= ~(1 << _tested);
        Lit = 1 << _tested;
        Permille = _duty;
        return true;
    }

    private void JudgeAlone(int added, int lines)
    {
        bool signals = (lines & (1 << _tested)) != 0;
        int fault = _check.FaultFrom(_tested, _duty, added, signals);

        // One that conducts already adds nothing when it is lit.
        bool isStuck = fault == LightFault.Open && !signals && _unknownStuck > 0;
        if (isStuck) _unknownStuck--;
        Set(_tested, isStuck ? LightFault.StuckOn : fault);

        // Its driver goes on retrying as long as it has supply.
        if (fault == LightFault.Short) _base += added;
    }

    private bool Finish()
    {
        IsRunning = false;
        return true;
    }

    private void Set(int channel, int fault)
    {
        if (_check.Set(channel, fault)) Changed |= 1 << channel;
    }

    private static int Highest(int mask)
    {
        for (int i = Channels.Count - 1; i > 0; i--)
        {
            if ((mask & (1 << i)) != 0) return i;
        }

        return 0;
    }
}
