using System.Device.Gpio;
using System.Device.Pwm;
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

    private readonly PwmChannel[] _channels = new PwmChannel[Channels.Count];
    private readonly GpioPin[] _faults = new GpioPin[Channels.Count];
    private readonly GpioPin _enable;
    private readonly GpioPin _status;

    public PwmLights(GpioController gpio)
    {
        Open(0, Pins.ValidBar, DeviceFunction.PWM5, gpio, Pins.FaultbN);
        Open(1, Pins.Star1, DeviceFunction.PWM1, gpio, Pins.Fault1N);
        Open(2, Pins.Star2, DeviceFunction.PWM2, gpio, Pins.Fault2N);
        Open(3, Pins.Star3, DeviceFunction.PWM3, gpio, Pins.Fault3N);
        Open(4, Pins.Star4, DeviceFunction.PWM4, gpio, Pins.Fault4N);
        _enable = gpio.OpenPin(Pins.LedEn, PinMode.Output);
        _status = gpio.OpenPin(Pins.StatusLed, PinMode.Output);
    }

    public void Show(int channels, int permille)
    {
        for (int i = 0; i < Channels.Count; i++) _channels[i].DutyCycle = (channels & (1 << i)) != 0 ? permille / 1000.0 : 0;
        _enable.Write(channels != 0 ? PinValue.High : PinValue.Low);
    }

    public int FaultLines()
    {
        int mask = 0;
        for (int i = 0; i < Channels.Count; i++)
        {
            if (_faults[i].Read() == PinValue.Low) mask |= 1 << i;
        }

        return mask;
    }

    public void Status(bool lit) => _status.Write(lit ? PinValue.High : PinValue.Low);

    private void Open(int channel, int pin, DeviceFunction function, GpioController gpio, int faultPin)
    {
        Configuration.SetPinFunction(pin, function);
        _channels[channel] = PwmChannel.CreateFromPin(pin, Hertz, 0);
        _channels[channel].Start();
        _faults[channel] = gpio.OpenPin(faultPin, PinMode.Input);
    }
}
