using System;
using System.Device.Gpio;
using System.Threading;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>Sensors and inputs of the board. Interrupts only record the event and wake the control loop.</summary>
internal sealed class EspSensors : ISensors
{
    private readonly Tmp102 _thermometer = new Tmp102();
    private readonly GpioPin _tamper;
    private readonly GpioPin _ignition;
    private readonly GpioPin _button;
    private readonly GpioPin _powerFail;
    private int _presses;

    public EspSensors(GpioController gpio, AutoResetEvent wake)
    {
        _tamper = gpio.OpenPin(Pins.TamperN, PinMode.Input);
        _ignition = gpio.OpenPin(Pins.IgnSense, PinMode.Input);
        _button = gpio.OpenPin(Pins.ButtonN, PinMode.Input);
        _button.DebounceTimeout = TimeSpan.FromMilliseconds(50);
        _button.ValueChanged += (sender, e) =>
        {
            if (e.ChangeType == PinEventTypes.Falling) Interlocked.Increment(ref _presses);
            wake.Set();
        };
        _powerFail = gpio.OpenPin(Pins.PfailN, PinMode.Input);
        _powerFail.ValueChanged += (sender, e) => wake.Set();
    }

    public bool TryBoardCelsius(out int celsius) => _thermometer.TryReadCelsius(out celsius);

    public bool TamperOpen() => _tamper.Read() == PinValue.Low;

    public bool Ignition() => _ignition.Read() == PinValue.High;

    public bool TakePress() => Interlocked.Exchange(ref _presses, 0) > 0;

    public bool PowerFailing() => _powerFail.Read() == PinValue.Low;
}
