namespace TaxiCredit.Hardware.Generate.Budget;

/// <summary>A steady state of the unit: temperatures in C, duty 0 to 1.</summary>
internal sealed record ThermalState(double Outside, double Duty, double Watts, double ModuleAir, double Board, double Junction);

/// <summary>Where heat and the firmware's dimming settle. The two thermal resistances are estimates until a unit is measured.</summary>
internal static class ThermalBudget
{
    /// <param name="outside">Air at the unit.</param>
    /// <param name="duty">Duty that the ambient light asks for; above <c>dim_from</c> the firmware gives less.</param>
    public static ThermalState Settle(LightBudget light, double outside, double duty = 1)
    {
        double low = 0;
        double high = duty;
        // The board gets hotter with the duty, and the duty that the firmware allows gets smaller with the board: they meet once.
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (Allowed(light, At(light, outside, middle).Board) >= middle)
                low = middle;
            else
                high = middle;
        }

        return At(light, outside, low);
    }

    /// <summary>What one driver takes at full duty: the rail less three typical LEDs and the shunt with five channels, W.</summary>
    public static double DriverWatts(LightBudget light) => 0.05 * (light["led_rail"] - (3 * light["led_voltage"]) - light["shunt_voltage"]);

    private static double Allowed(LightBudget light, double board)
    {
        double share = Math.Clamp((light["dim_to"] - board) / (light["dim_to"] - light["dim_from"]), 0, 1);
        return light["night_duty"] + ((1 - light["night_duty"]) * share);
    }

    private static ThermalState At(LightBudget light, double outside, double duty)
    {
        double watts = light["power_base"] + (duty * light["power_lights"]);
        double board = outside + (light["board_rise"] * watts);
        return new ThermalState(outside, duty, watts, outside + (light["air_rise"] * watts), board, board + (light.JunctionRise * duty));
    }
}
