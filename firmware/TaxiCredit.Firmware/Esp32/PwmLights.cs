using System.Device.Gpio;
using System.Device.Pwm;
using System.Threading;
using nanoFramework.Hardware.Esp32;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>
/// Five TPS92611-Q1 drivers: one PWM input and one fault line each, a common enable, and a 2.2 Ω resistor in the common
/// return (hardware/README.md). 300 Hz: below 153 Hz the runtime's duty calculation overflows, above about 400 Hz the
/// night's duty of 2 % gets shorter than the driver can follow. The frequency is never changed: the runtime would pick
/// another timer group for it.
/// </summary>
internal sealed class PwmLights : ILights
{
    private const int Hertz = 300;

    /// <summary>
    /// A new duty begins with a new period (ESP-IDF, <c>ledc_update_duty</c>), 3.3 ms at most; the driver reports an open load about 125 µs after that. The
    /// filter of the return (4.7 kΩ, 1 µF) takes five time constants, 24 ms.
    /// </summary>
    private const int SettleMilliseconds = 28;

    private readonly PwmChannel[] _channels = new PwmChannel[Channels.Count];
    private readonly GpioPin[] _faults = new GpioPin[Channels.Count];
    private readonly GpioPin _enable;
    private readonly GpioPin _status;
    private readonly Ads1115 _converter;
    private int _shown;
    private double _duty;

    public PwmLights(GpioController gpio, Ads1115 converter)
    {
        Open(0, Pins.ValidBar, DeviceFunction.PWM5, gpio, Pins.FaultbN);
        Open(1, Pins.Star1, DeviceFunction.PWM1, gpio, Pins.Fault1N);
        Open(2, Pins.Star2, DeviceFunction.PWM2, gpio, Pins.Fault2N);
        Open(3, Pins.Star3, DeviceFunction.PWM3, gpio, Pins.Fault3N);
        Open(4, Pins.Star4, DeviceFunction.PWM4, gpio, Pins.Fault4N);
        _enable = gpio.OpenPin(Pins.LedEn, PinMode.Output);
        _status = gpio.OpenPin(Pins.StatusLed, PinMode.Output);
        _converter = converter;
    }

    public void Show(int channels, int permille)
    {
        _shown = channels;
        _duty = permille / 1000.0;
        Drive(channels, _duty, channels != 0);
    }

    public void Pulse(int channels)
    {
        // The drivers stay enabled even for no channel: one whose input is stuck shines only then.
        Drive(channels, 1.0, true);
        Thread.Sleep(SettleMilliseconds);
    }

    public void EndPulse() => Drive(_shown, _duty, _shown != 0);

    public int FaultLines()
    {
        int mask = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            if (_faults[i].Read() == PinValue.Low) mask |= 1 << i;
        }

        return mask;
    }

    /// <summary>0 when the converter does not answer: the check then finds every channel open, and the unit goes dark.</summary>
    public int ReturnMillivolts() => _converter.TryReadMicrovolts(Ads1115.LightReturn, Ads1115.OneVolt, out int microvolts) ? microvolts / 1000 : 0;

    public void Status(bool lit) => _status.Write(lit ? PinValue.High : PinValue.Low);

    private void Open(int channel, int pin, DeviceFunction function, GpioController gpio, int faultPin)
    {
        Configuration.SetPinFunction(pin, function);
        _channels[channel] = PwmChannel.CreateFromPin(pin, Hertz, 0);
        _channels[channel].Start();
        _faults[channel] = gpio.OpenPin(faultPin, PinMode.Input);
    }

    private void Drive(int channels, double duty, bool isEnabled)
    {
        for (int i = 0; i < Channels.Count; i++) _channels[i].DutyCycle = (channels & (1 << i)) != 0 ? duty : 0;
        _enable.Write(isEnabled ? PinValue.High : PinValue.Low);
    }
}
