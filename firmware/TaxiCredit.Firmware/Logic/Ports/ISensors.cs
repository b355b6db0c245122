namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>Sensors and inputs of the unit. Values are unfiltered: the logic debounces.</summary>
internal interface ISensors
{
    /// <summary>Board temperature, °C.</summary>
    /// <returns>False when the thermometer does not answer.</returns>
    bool TryBoardCelsius(out int celsius);

    /// <summary>The case is open.</summary>
    bool TamperOpen();

    /// <summary>The ignition is on.</summary>
    bool Ignition();

    /// <summary>The driver's button was pressed since the last call. The adapter debounces it, as a press is shorter than the period of the loop.</summary>
    bool TakePress();

    /// <summary>The supply is failing; at worst about 40 ms are left.</summary>
    bool PowerFailing();
}
