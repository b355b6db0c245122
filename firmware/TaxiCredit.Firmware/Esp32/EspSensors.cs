using System;
using System.Device.Adc;
using System.Device.Gpio;
using System.Threading;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>Sensors and inputs of the board. Interrupts only record the event and wake the control loop.</summary>
internal sealed class EspSensors : ISensors
{
    private const int FullScaleMillivolts = 3300;
    private const int Steps = 4095;

    /// <summary>Divider of the battery input.</summary>
    private const int BatteryDivider = 11;

    /// <summary>The phototransistor gives about 0.5 µA/lx into 10 kΩ, 5 mV/lx up to 660 lx of window-filtered light; the filter passes a tenth.</summary>
    private const int LuxPerMillivolt = 2;

    private readonly AdcChannel _battery;
    private readonly AdcChannel _light;
    private readonly Tmp102 _thermometer = new Tmp102();
    private readonly GpioPin _tamper;
    private readonly GpioPin _ignition;
    private readonly GpioPin _button;
    private readonly GpioPin _powerFail;
    private int _presses;

    public EspSensors(GpioController gpio, AdcController adc, AutoResetEvent wake)
    {
        _battery = adc.OpenChannel(Pins.VbatAdcChannel);
        _light = adc.OpenChannel(Pins.AlsAdcChannel);
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

    public int BatteryMillivolts() => Millivolts(_battery) * BatteryDivider;

    public int Lux() => Millivolts(_light) * LuxPerMillivolt;

    public bool TryBoardCelsius(out int celsius) => _thermometer.TryReadCelsius(out celsius);

    public bool TamperOpen() => _tamper.Read() == PinValue.Low;

    public bool Ignition() => _ignition.Read() == PinValue.High;

    public bool TakePress() => Interlocked.Exchange(ref _presses, 0) > 0;

    public bool PowerFailing() => _powerFail.Read() == PinValue.Low;

    private static int Millivolts(AdcChannel channel) => channel.ReadValue() * FullScaleMillivolts / Steps;
}
