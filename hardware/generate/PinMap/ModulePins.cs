using TaxiCredit.Hardware.Generate.Drawing.Symbols;

namespace TaxiCredit.Hardware.Generate.PinMap;

/// <summary>From the firmware's GPIO numbers to the pins of the module's symbol ("IO18", "SENSOR_VP/IO36", "IO1/TXD0").</summary>
internal static class ModulePins
{
    public static SymbolPin Of(Symbol module, int gpio) => module.Pins.SingleOrDefault(pin => GpioOf(pin) == gpio)
        ?? throw new ArgumentException($"the module brings no GPIO{gpio} out");

    private static int? GpioOf(SymbolPin pin)
    {
        foreach (string part in pin.Name.Split('/'))
            if (part.StartsWith("IO", StringComparison.Ordinal) && int.TryParse(part.AsSpan(2), out int gpio))
                return gpio;
        return null;
    }
}
