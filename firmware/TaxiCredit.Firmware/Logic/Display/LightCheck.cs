using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>
/// Measures the lights: the fault line of each driver, and the current in the common return against the number of channels that
/// should conduct. At night a lit channel is on for 50 µs at a time, too short for the drivers' open-load detection
/// (about 125 µs), so every measurement is a pulse at full duty.
/// </summary>
internal sealed class LightCheck
{
    /// <summary>Return voltage of one channel, mV (50 mA over 2.2 Ω).</summary>
    private const int MillivoltsPerChannel = 110;

    /// <summary>Measurements in a row that must disagree with what should be lit before each channel is tested.</summary>
    private const int Deglitch = 3;

    private readonly ILights _lights;
    private readonly int[] _faults = new int[Channels.Count];
    private int _signals;
    private int _disagreements;

    public LightCheck(ILights lights)
    {
        _lights = lights;
    }

    /// <summary>Mask of the channels that are lit, as measured.</summary>
    public int Lit { get; private set; }

    /// <summary>False until a disagreement has been confirmed or has gone.</summary>
    public bool IsSettled => _disagreements == 0;

    /// <summary>Whether enough measurements disagreed, so that each channel has to be tested.</summary>
    public bool IsSuspicious => _disagreements >= Deglitch;

    /// <summary>One of <see cref="LightFault"/>.</summary>
    public int FaultOf(int channel) => _faults[channel];

    /// <summary>Mask of the faulty channels.</summary>
    public int Faulty
    {
        get
        {
            int mask = 0;
            for (int i = 0; i < Channels.Count; i++)
            {
                if (_faults[i] != LightFault.None) mask |= 1 << i;
            }

            return mask;
        }
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

    /// <summary>Measures while <paramref name="channels"/> should be lit.</summary>
    public void Measure(int channels)
    {
        _lights.Pulse(channels);
        int signalling = _lights.FaultLines() & channels;
        int conducting = Conducting();
        _lights.EndPulse();

        int expected = ExpectedFrom(channels);
        bool agrees = conducting == Channels.CountIn(expected) && signalling == (channels & _signals);
        _disagreements = agrees ? 0 : _disagreements + 1;
        if (agrees) Lit = expected;
        else if (IsSuspicious) Lit = expected & ~signalling;
    }

    /// <summary>Measures once, without confirmation: for the steps of a self test, which are too short for more.</summary>
    public void Glance(int channels)
    {
        _lights.Pulse(channels);
        int signalling = _lights.FaultLines() & channels;
        int conducting = Conducting();
        _lights.EndPulse();

        Lit = conducting == 0 ? 0 : ExpectedFrom(channels) & ~signalling;
    }

    /// <summary>Tests each channel: all dark, then each alone. Six pulses.</summary>
    /// <returns>Mask of the channels whose fault changed.</returns>
    public int Identify()
    {
        _lights.Pulse(0);
        int stuck = Conducting();
        _lights.EndPulse();

        int changed = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            _lights.Pulse(1 << i);
            bool signalled = (_lights.FaultLines() & (1 << i)) != 0;
            bool conducts = Conducting() > stuck;
            _lights.EndPulse();

            int fault = FaultFrom(signalled, conducts, stuck > 0);
            if (fault != _faults[i]) changed |= 1 << i;
            _faults[i] = fault;
            _signals = signalled ? _signals | (1 << i) : _signals & ~(1 << i);
        }

        _disagreements = 0;
        return changed;
    }

    private static int FaultFrom(bool signalled, bool conducts, bool anyStuck)
    {
        if (signalled) return conducts ? LightFault.Short : LightFault.Open;
        if (conducts) return LightFault.None;

        // A channel that conducts already adds nothing when it is lit; without one, nothing flowing means a broken wire.
        return anyStuck ? LightFault.StuckOn : LightFault.Open;
    }

    private int ExpectedFrom(int channels)
    {
        int mask = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            bool isLit = (channels & (1 << i)) != 0 && _faults[i] != LightFault.Open;
            if (isLit || _faults[i] == LightFault.StuckOn) mask |= 1 << i;
        }

        return mask;
    }

    private int Conducting() => (_lights.ReturnMillivolts() + (MillivoltsPerChannel / 2)) / MillivoltsPerChannel;
}
