using System;
using System.Device.Gpio;
using System.Threading;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>Sensors and inputs of the board. Interrupts only record the event and wake the control loop.</summary>
internal sealed class EspSensors : ISensors
{
    /// <summary>Divider of the battery input.</summary>
    private const int BatteryDivider = 11;

    /// <summary>The phototransistor gives 0.23 µA/lx (Vishay 81317, 7.5 to 39 µA at 100 lx) into 1 kΩ; its window passes a tenth.</summary>
    private const int MicrovoltsPerLux = 23;

    private readonly Ads1115 _converter;
    private readonly Tmp102 _thermometer = new Tmp102();
    private readonly GpioPin _tamper;
    private readonly GpioPin _ignition;
    private readonly GpioPin _button;
    private readonly GpioPin _powerFail;
    private int _presses;

    public EspSensors(GpioController gpio, Ads1115 converter, AutoResetEvent wake)
    {
        _converter = converter;
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

    public int BatteryMillivolts() => Microvolts(Ads1115.Battery, Ads1115.FourVolts) / 1000 * BatteryDivider;

    /// <summary>The small range resolves starlight; where it ends, at about 10,000 lx, the large one takes over.</summary>
    public int Lux()
    {
        int fine = Microvolts(Ads1115.AmbientLight, Ads1115.QuarterVolt);
        return (fine < Ads1115.QuarterVoltEnd ? fine : Microvolts(Ads1115.AmbientLight, Ads1115.FourVolts)) / MicrovoltsPerLux;
    }

    public bool TryBoardCelsius(out int celsius) => _thermometer.TryReadCelsius(out celsius);

    public bool TamperOpen() => _tamper.Read() == PinValue.Low;

    public bool Ignition() => _ignition.Read() == PinValue.High;

    public bool TakePress() => Interlocked.Exchange(ref _presses, 0) > 0;

    public bool PowerFailing() => _powerFail.Read() == PinValue.Low;

    /// <returns>0 when the converter does not answer.</returns>
    private int Microvolts(int input, int range) => _converter.TryReadMicrovolts(input, range, out int microvolts) ? microvolts : 0;
}
