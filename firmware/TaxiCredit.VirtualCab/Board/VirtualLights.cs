using System;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>
/// The five LED strings with their drivers, the shared return resistor and its filter, and their faults. What flows depends on duty, edges, supply,
/// temperature, enable line and faults. Faults may be set from any thread.
/// </summary>
internal sealed class VirtualLights : ILights
{
    /// <summary>Filter of the return: 4.7 kΩ and 1 µF, ms.</summary>
    private const double FilterMilliseconds = 4.7;

    /// <summary>Length of a conversion at 64 samples a second, ms.</summary>
    private const double ConversionMilliseconds = 15.6;

    private static readonly double PeriodMicroseconds = Facts.Of("U1.pwm_period").Typical;

    private readonly Parts _parts;
    private readonly Func<long> _now;
    private readonly int[] _faults = new int[Channels.Count];
    private readonly bool[] _isSignalled = new bool[Channels.Count];
    private int _shown;
    private double _filtered;
    private long _changedAt;

    /// <summary>Typical parts whose filter settles at once.</summary>
    public VirtualLights()
        : this(Parts.Typical, () => 0)
    {
        Settles = true;
    }

    /// <param name="parts">The board's parts.</param>
    /// <param name="now">Monotonic time, ms.</param>
    public VirtualLights(Parts parts, Func<long> now)
    {
        _parts = parts;
        _now = now;
    }

    /// <summary>Duty of a lit channel, ‰.</summary>
    public int Permille { get; private set; }

    public bool IsStatusLit { get; private set; }

    /// <summary>Calls so far that set the lights.</summary>
    public int Shows { get; private set; }

    /// <summary>Part of its current that a driver regulates: less than 1 where the supply is too low.</summary>
    public double Headroom { get; set; } = 1;

    /// <summary>Board temperature, °C.</summary>
    public double Celsius { get; set; } = 25;

    /// <summary>Whether a channel that is stuck is so at its input: without enabled drivers it is dark.</summary>
    public bool IsStuckAtInput { get; set; }

    /// <summary>Mask of the channels that give light now.</summary>
    public int Lit
    {
        get
        {
            int mask = 0;
            for (int i = 0; i < Channels.Count; i++)
            {
                bool isDriven = (_shown & (1 << i)) != 0 && Permille > 0;
                bool shines = IsStuck(i) || (isDriven && _faults[i] is not (LightFault.Open or LightFault.Short));
                if (shines) mask |= 1 << i;
            }

            return mask;
        }
    }

    /// <summary>Current through the strings now, as a part of one channel's at full duty.</summary>
    public double Amount => Flow() / (_parts.Full[0] > 0 ? _parts.Full[0] : 1);

    private bool Settles { get; init; }

    /// <summary>Breaks or repairs a channel.</summary>
    /// <param name="channel">0 bar, 1 to 4 stars.</param>
    /// <param name="fault">One of <see cref="LightFault"/>.</param>
    public void Break(int channel, int fault)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, Channels.Count);
        Move();
        _faults[channel] = fault;
        if (fault is not (LightFault.Open or LightFault.Short)) _isSignalled[channel] = false;
        Signal();
    }

    public void Show(int channels, int permille)
    {
        Move();
        _shown = channels;
        Permille = permille;
        if (channels == 0) Array.Clear(_isSignalled);
        Shows++;
        Signal();
    }

    public int FaultLines()
    {
        Signal();
        int mask = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            if (_isSignalled[i]) mask |= 1 << i;
        }

        return mask;
    }

    public void Status(bool lit) => IsStatusLit = lit;

    /// <summary>What the converter finds at the return, µV: the filtered mean, and what the filter leaves of the pulses.</summary>
    public double ReturnMicrovolts()
    {
        Move();
        double target = Flow();
        double left = Settles ? 0 : Math.Exp(-(ConversionMilliseconds / 2) / FilterMilliseconds);
        return target + ((_filtered - target) * left) + Ripple();
    }

    /// <summary>Lets the filter settle, as a bench does that waits.</summary>
    public void Settle() => _filtered = Flow();

    private void Move()
    {
        double target = Flow();
        double elapsed = Settles ? double.PositiveInfinity : Math.Max(0, _now() - _changedAt);
        _filtered = target + ((_filtered - target) * Math.Exp(-elapsed / FilterMilliseconds));
        _changedAt = _now();
    }

    private bool IsStuck(int channel) => _faults[channel] == LightFault.StuckOn && (!IsStuckAtInput || _shown != 0);

    /// <summary>A driver with supply recognises a broken string in a pulse that is long enough, and holds its line.</summary>
    private void Signal()
    {
        for (int i = 0; i < Channels.Count; i++)
        {
            bool isDriven = (_shown & (1 << i)) != 0 && Permille / 1000.0 * PeriodMicroseconds >= _parts.Deglitch[i];
            if (isDriven && Headroom >= 1 && _faults[i] is LightFault.Open or LightFault.Short) _isSignalled[i] = isDriven || _isSignalled[i];
        }
    }

    private double Flow()
    {
        double sum = 0;
        for (int i = 0; i < Channels.Count; i++) sum += FlowOf(i);
        return sum;
    }

    /// <summary>Current of the channels that are pulsed, while they conduct.</summary>
    private double Pulsed()
    {
        double sum = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            bool isPulsed = (_shown & (1 << i)) != 0 && !IsStuck(i) && _faults[i] != LightFault.Open && !_isSignalled[i];
            if (isPulsed) sum += _parts.Full[i] * Headroom;
        }

        return sum;
    }

    private double FlowOf(int channel)
    {
        if (IsStuck(channel)) return _parts.Full[channel];
        bool isDriven = (_shown & (1 << channel)) != 0;
        switch (_faults[channel])
        {
            case LightFault.Open: return 0;
            case LightFault.Short when _isSignalled[channel]: return _shown == 0 ? 0 : _parts.Retry;
            default: return isDriven ? _parts.Full[channel] * Headroom * Duty(channel) : 0;
        }
    }

    /// <summary>Part of the time that a lit channel conducts: its duty, and what its edges win or lose.</summary>
    private double Duty(int channel)
    {
        if (Permille is 0 or >= 1000) return Permille / 1000.0;
        double edges = _parts.Lot == null ? 0 : _parts.Edges[channel] + (_parts.EdgesDrift[channel] * (Celsius - 25));
        return Math.Clamp((Permille / 1000.0) + (edges / PeriodMicroseconds), 0, 1);
    }

    /// <summary>What filter and conversion leave of the pulses, at a random moment.</summary>
    private double Ripple()
    {
        if (_parts.Lot == null || Permille is 0 or >= 1000) return 0;
        double period = PeriodMicroseconds / 1000;
        double swing = 2 / Math.PI * Math.Sin(Math.PI * Permille / 1000.0) * Pulsed();
        double left = period / (2 * Math.PI * FilterMilliseconds) * period / (Math.PI * ConversionMilliseconds);
        return swing * left * Math.Sin(2 * Math.PI * _parts.Lot.NextDouble());
    }
}
