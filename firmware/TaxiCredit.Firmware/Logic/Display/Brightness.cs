namespace TaxiCredit.Firmware.Logic.Display;

/// <summary>
/// Duty of a lit channel, from ambient light and board temperature. Between <c>nightLux</c> and <c>dayLux</c> it follows
/// the logarithm of the light, as the eye does. It changes only when the target is more than an eighth away, so that
/// passing street lamps do not make the light flicker.
/// </summary>
internal sealed class Brightness
{
    /// <summary>Above this temperature the light is dimmed to cool the board, °C; at <see cref="Hottest"/> only the night's duty is left.</summary>
    public const int Hot = 85;
    public const int Hottest = 105;

    /// <summary>
    /// Temperature assumed of a board without a thermometer, °C: the highest that the hardware is designed for. Half of the day's duty
    /// is left.
    /// </summary>
    public const int Assumed = 95;

    private int _day = 1000;
    private int _night = 20;
    private int _dayLux = 2000;
    private int _nightLux = 5;

    /// <summary>Duty now, ‰.</summary>
    public int Permille { get; private set; } = 1000;

    /// <summary>Takes the curve of a <c>config</c> message; the ranges are checked there.</summary>
    public void Configure(int day, int night, int dayLux, int nightLux)
    {
        _day = day;
        _night = night;
        _dayLux = dayLux;
        _nightLux = nightLux;
    }

    /// <summary>Follows the surroundings.</summary>
    /// <returns>True when <see cref="Permille"/> changed.</returns>
    public bool Follow(int lux, int celsius)
    {
        int target = Target(lux, celsius);
        int distance = target > Permille ? target - Permille : Permille - target;
        bool isEnd = target == _day || target == _night;
        if (distance == 0 || (!isEnd && distance * 8 <= Permille)) return false;

        Permille = target;
        return true;
    }

    private int Target(int lux, int celsius)
    {
        int target = FromLight(lux);
        if (celsius <= Hot) return target;

        int left = celsius >= Hottest ? 0 : Hottest - celsius;
        int limit = _night + ((_day - _night) * left / (Hottest - Hot));
        return target < limit ? target : limit;
    }

    private int FromLight(int lux)
    {
        if (lux >= _dayLux) return _day;
        if (lux <= _nightLux) return _night;

        // One is added so that a curve may begin in complete darkness.
        double share = System.Math.Log((lux + 1.0) / (_nightLux + 1.0)) / System.Math.Log((_dayLux + 1.0) / (_nightLux + 1.0));
        return _night + (int)((_day - _night) * share);
    }
}
