namespace TaxiCredit.Firmware.Logic.Clock;

/// <summary>
/// Registers of a PCA8565 from 02h on: seconds, minutes, hours, day, weekday, month, year, in BCD; bit 7 of the seconds is set after a supply that was
/// too low (NXP PCA8565 data sheet, table 5). A chip that lost its supply, or is broken, may hold anything: invalid values are treated as unset.
/// </summary>
internal static class ChipTime
{
    private const int LowVoltage = 0x80;

    /// <returns>Unix seconds, from 2000 to 2099, or 0 when the registers hold no time.</returns>
    public static long Read(byte[] registers)
    {
        if ((registers[0] & LowVoltage) != 0) return 0;

        int second = FromBcd(registers[0], 59);
        int minute = FromBcd(registers[1] & 0x7F, 59);
        int hour = FromBcd(registers[2] & 0x3F, 23);
        int day = FromBcd(registers[3] & 0x3F, 31);
        int month = FromBcd(registers[5] & 0x1F, 12);
        int year = FromBcd(registers[6], 99);
        if (second < 0 || minute < 0 || hour < 0 || day < 1 || month < 1 || year < 0) return 0;
        if (day > DaysIn(month, year)) return 0;

        return (((((DaysBefore(month, year) + day - 1) * 24L) + hour) * 60 + minute) * 60) + second;
    }

    /// <returns>-1 when it is not BCD, or exceeds <paramref name="max"/>.</returns>
    private static int FromBcd(int value, int max)
    {
        int number = ((value >> 4) * 10) + (value & 15);
        return (value & 15) > 9 || number > max ? -1 : number;
    }

    private static int DaysIn(int month, int year) => month switch
    {
        2 => year % 4 == 0 ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>Days from 1970-01-01 to the first of a month; every fourth year from 2000 to 2099 is a leap year.</summary>
    private static long DaysBefore(int month, int year)
    {
        long days = 10957 + (year * 365L) + ((year + 3) / 4);
        for (int before = 1; before < month; before++) days += DaysIn(before, year);
        return days;
    }
}
