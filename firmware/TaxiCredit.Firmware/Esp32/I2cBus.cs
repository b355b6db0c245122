using System;
using System.Device.Gpio;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;
using TaxiCredit.Firmware.Logic;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>
/// I2C1, 400 kHz: F-RAM, clock chip, thermometer, converter. Its default pins are two star channels, so it is remapped before it is opened. Whatever the
/// runtime answers or throws, a transfer is done or not: it is a value. All devices are opened anew after somebody had the
/// bus's lines in hand.
/// </summary>
internal static class I2cBus
{
    private const int Bus = 1;
    private const int Parts = 4;

    private static readonly I2cPart[] Opened = new I2cPart[Parts];
    private static BusGuard? _guard;
    private static int _count;
    private static int _looks;

    /// <summary>Times that a stuck bus came free.</summary>
    public static int Freed => _guard == null ? 0 : _guard.Freed;

    /// <summary>Opens nothing yet: the first light waits for no pin.</summary>
    public static void Guard(GpioController gpio) => _guard = new BusGuard(new BusLines(gpio));

    public static I2cPart Open(int address)
    {
        var part = new I2cPart(address);
        part.Device = Create(address);
        Opened[_count++] = part;
        return part;
    }

    /// <summary>Reads from a register or an address on.</summary>
    /// <returns>False when the part does not answer.</returns>
    public static bool TryRead(I2cPart part, SpanByte register, SpanByte into)
    {
        if (!MayTransfer()) return false;
        bool isDone;
        try
        {
            isDone = part.Device!.WriteRead(register, into).Status == I2cTransferStatus.FullTransfer;
        }
        catch (Exception)
        {
            // The runtime throws what is neither not acknowledged nor a timeout: no answer either.
            isDone = false;
        }

        return Note(isDone);
    }

    /// <summary>Writes a frame that begins with its register or address.</summary>
    /// <returns>False when the part does not answer.</returns>
    public static bool TryWrite(I2cPart part, SpanByte frame)
    {
        if (!MayTransfer()) return false;
        bool isDone;
        try
        {
            isDone = part.Device!.Write(frame).Status == I2cTransferStatus.FullTransfer;
        }
        catch (Exception)
        {
            isDone = false;
        }

        return Note(isDone);
    }

    /// <summary>Closes what was opened: another program is about to open it.</summary>
    public static void Close()
    {
        for (int i = 0; i < _count; i++) Opened[i].Device!.Dispose();
        _count = 0;
    }

    private static bool MayTransfer()
    {
        if (_guard == null) return true;
        bool may = _guard.MayTransfer(Environment.TickCount64);
        Reopen();
        return may;
    }

    private static bool Note(bool isDone)
    {
        if (_guard == null) return isDone;
        _guard.Note(isDone, Environment.TickCount64);
        Reopen();
        return isDone;
    }

    private static void Reopen()
    {
        if (_guard!.Looks == _looks) return;
        _looks = _guard.Looks;
        for (int i = 0; i < _count; i++)
        {
            Opened[i].Device!.Dispose();
            Opened[i].Device = Create(Opened[i].Address);
        }
    }

    private static I2cDevice Create(int address)
    {
        Configuration.SetPinFunction(Pins.Sda, DeviceFunction.I2C1_DATA);
        Configuration.SetPinFunction(Pins.Scl, DeviceFunction.I2C1_CLOCK);
        return I2cDevice.Create(new I2cConnectionSettings(Bus, address, I2cBusSpeed.FastMode));
    }
}
