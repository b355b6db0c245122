namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>What the unit feels of the cab. Values are unfiltered: the logic debounces.</summary>
internal interface ISenses
{
    /// <summary>Supply, mV.</summary>
    int BatteryMillivolts();

    /// <summary>Ambient light, lx.</summary>
    int Lux();

    /// <summary>Board temperature, °C.</summary>
    /// <returns>False when the thermometer does not answer.</returns>
    bool TryBoardCelsius(out int celsius);

    /// <summary>The case is open.</summary>
    bool TamperOpen();

    /// <summary>The ignition is on.</summary>
    bool Ignition();

    /// <summary>The driver's button was pressed since the last call. The adapter debounces it, as a press is shorter than a beat of the loop.</summary>
    bool TakePress();

    /// <summary>The supply is going away; about 40 ms are left at worst.</summary>
    bool PowerFailing();
}
