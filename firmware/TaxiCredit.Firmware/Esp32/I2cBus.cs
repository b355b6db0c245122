using System;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>I2C1, 400 kHz: F-RAM, clock chip, thermometer, converter. Its default pins are two star channels, so it is remapped before it is opened.</summary>
internal static class I2cBus
{
    private const int Bus = 1;

    public static I2cDevice Open(int address)
    {
        Configuration.SetPinFunction(Pins.Sda, DeviceFunction.I2C1_DATA);
        Configuration.SetPinFunction(Pins.Scl, DeviceFunction.I2C1_CLOCK);
        return I2cDevice.Create(new I2cConnectionSettings(Bus, address, I2cBusSpeed.FastMode));
    }

    /// <summary>Reads from a register on.</summary>
    /// <returns>False when the device does not answer.</returns>
    public static bool TryRead(I2cDevice device, byte[] register, byte[] into)
    {
        try
        {
            return device.WriteRead(new SpanByte(register), new SpanByte(into)).Status == I2cTransferStatus.FullTransfer;
        }
        catch (InvalidOperationException)
        {
            // The runtime throws what is neither not acknowledged nor a timeout: no answer either.
            return false;
        }
    }

    /// <summary>Writes a frame that begins with its register.</summary>
    /// <returns>False when the device does not answer.</returns>
    public static bool TryWrite(I2cDevice device, byte[] frame)
    {
        try
        {
            return device.Write(new SpanByte(frame)).Status == I2cTransferStatus.FullTransfer;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
