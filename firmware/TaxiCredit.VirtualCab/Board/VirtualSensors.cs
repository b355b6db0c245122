using System;
using System.Threading;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>Simulated sensors; every value may be set from any thread.</summary>
internal sealed class VirtualSensors : ISensors
{
    private int _presses;

    /// <summary>Supply at the plug, mV, and light at the window, lx: what the converter measures.</summary>
    public int Battery { get; set; } = 13500;

    public int Light { get; set; } = 50000;

    public int Celsius { get; set; } = 35;

    /// <summary>Error of the thermometer, °C.</summary>
    public double ThermometerError { get; set; }

    public bool IsThermometerDead { get; set; }

    public bool IsOpen { get; set; }

    public bool IsIgnitionOn { get; set; } = true;

    public bool IsPowerFailing { get; set; }

    public void Press() => Interlocked.Increment(ref _presses);

    public bool TryBoardCelsius(out int celsius)
    {
        celsius = (int)Math.Floor(Celsius + ThermometerError);
        return !IsThermometerDead;
    }

    public bool TamperOpen() => IsOpen;

    public bool Ignition() => IsIgnitionOn;

    public bool TakePress() => Interlocked.Exchange(ref _presses, 0) > 0;

    public bool PowerFailing() => IsPowerFailing;
}
