using System;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>
/// The five LED strings with their drivers, the shared return resistor, and their faults. Readings depend
/// on duty, enable line and faults alone. Faults may be set from any thread.
/// </summary>
internal sealed class VirtualLights : ILights
{
    private const int MillivoltsPerChannel = 110;

    private readonly int[] _faults = new int[Channels.Count];
    private int _shown;
    private int _pulsed;
    private bool _isPulsing;

    /// <summary>Duty of a lit channel, ‰.</summary>
    public int Permille { get; private set; }

    public bool IsStatusLit { get; private set; }

    /// <summary>Calls so far that set the lights.</summary>
    public int Shows { get; private set; }

    /// <summary>Mask of the channels that give light now, without pulses, which the eye does not see.</summary>
    public int Lit => Conducting(_shown, _shown != 0);

    /// <summary>Breaks or repairs a channel.</summary>
    /// <param name="channel">0 bar, 1 to 4 stars.</param>
    /// <param name="fault">One of <see cref="LightFault"/>.</param>
    public void Break(int channel, int fault)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, Channels.Count);
        _faults[channel] = fault;
    }

    public void Show(int channels, int permille)
    {
        _shown = channels;
        Permille = permille;
        Shows++;
    }

    public void Pulse(int channels)
    {
        _pulsed = channels;
        _isPulsing = true;
    }

    public void EndPulse() => _isPulsing = false;

    public int FaultLines()
    {
        int driven = _isPulsing ? _pulsed : 0;
        int mask = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            if ((driven & (1 << i)) != 0 && _faults[i] is LightFault.Open or LightFault.Short) mask |= 1 << i;
        }

        return mask;
    }

    public int ReturnMillivolts() =>
        MillivoltsPerChannel * Channels.CountIn(_isPulsing ? Conducting(_pulsed, true) : Lit);

    public void Status(bool lit) => IsStatusLit = lit;

    private int Conducting(int channels, bool isEnabled)
    {
        int mask = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            bool isDriven = isEnabled && (channels & (1 << i)) != 0;
            bool conducts = _faults[i] == LightFault.StuckOn || (isDriven && _faults[i] != LightFault.Open);
            if (conducts) mask |= 1 << i;
        }

        return mask;
    }
}
