using System.Device.Gpio;
using nanoFramework.Hardware.Esp32;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>The lines of I2C1 as open-drain outputs. A call takes longer than the 5 µs of a bus at 100 kHz, so that nothing has to wait.</summary>
internal sealed class BusLines : IBusLines
{
    private readonly GpioController _gpio;
    private GpioPin? _data;
    private GpioPin? _clock;

    public BusLines(GpioController gpio)
    {
        _gpio = gpio;
    }

    public void Take()
    {
        _data = _gpio.OpenPin(Pins.Sda, PinMode.OutputOpenDrain);
        _clock = _gpio.OpenPin(Pins.Scl, PinMode.OutputOpenDrain);
        _data.Write(PinValue.High);
        _clock.Write(PinValue.High);
    }

    public bool IsDataLow() => _data!.Read() == PinValue.Low;

    public void Clock()
    {
        _clock!.Write(PinValue.Low);
        _clock.Write(PinValue.High);
    }

    public void Stop()
    {
        _clock!.Write(PinValue.Low);
        _data!.Write(PinValue.Low);
        _clock.Write(PinValue.High);
        _data.Write(PinValue.High);
    }

    public void Release()
    {
        _data!.Dispose();
        _clock!.Dispose();
        Configuration.SetPinFunction(Pins.Sda, DeviceFunction.I2C1_DATA);
        Configuration.SetPinFunction(Pins.Scl, DeviceFunction.I2C1_CLOCK);
    }
}
