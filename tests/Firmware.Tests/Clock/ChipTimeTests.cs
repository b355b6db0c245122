using TaxiCredit.Firmware.Logic.Clock;

namespace Firmware.Tests.Clock;

[TestClass]
public sealed class ChipTimeTests
{
    [TestMethod]
    public void ChipTime_OfEveryDayOfTheCentury_IsItsUnixTime()
    {
        for (var day = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc); day.Year < 2100; day = day.AddDays(1)) Check(day);
    }

    [TestMethod]
    [DataRow(0, 0, 0)]
    [DataRow(9, 8, 7)]
    [DataRow(19, 35, 41)]
    [DataRow(23, 59, 59)]
    public void ChipTime_OfADay_IsItsUnixTime(int hour, int minute, int second) => Check(new DateTime(2026, 11, 29, hour, minute, second, DateTimeKind.Utc));

    [TestMethod]
    [DataRow(0, 0xD9, "low voltage")]
    [DataRow(0, 0x60, "second 60")]
    [DataRow(0, 0x5A, "no BCD")]
    [DataRow(1, 0x60, "minute 60")]
    [DataRow(2, 0x24, "hour 24")]
    [DataRow(3, 0x00, "day 0")]
    [DataRow(3, 0x31, "November 31")]
    [DataRow(5, 0x00, "month 0")]
    [DataRow(5, 0x13, "month 13")]
    [DataRow(6, 0xA0, "year 100")]
    [DataRow(6, 0xFF, "an erased chip")]
    public void ChipTime_OfWhatIsNoTime_IsNone(int register, int value, string what)
    {
        byte[] registers = Registers(new DateTime(2026, 11, 29, 19, 35, 59, DateTimeKind.Utc));
        registers[register] = (byte)value;
        Assert.AreEqual(0L, ChipTime.Read(registers), what);
    }

    [TestMethod]
    [DataRow(2024, 0x29, true)]
    [DataRow(2026, 0x29, false)]
    [DataRow(2026, 0x28, true)]
    [DataRow(2024, 0x30, false)]
    public void ChipTime_AtTheEndOfFebruary_KnowsLeapYears(int year, int day, bool expected)
    {
        byte[] registers = Registers(new DateTime(year, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        registers[3] = (byte)day;
        Assert.AreEqual(expected, ChipTime.Read(registers) != 0);
    }

    [TestMethod]
    public void ChipTime_BitsThatMeanNothing_AreIgnored()
    {
        var time = new DateTime(2026, 11, 29, 19, 35, 59, DateTimeKind.Utc);
        byte[] registers = Registers(time);
        registers[1] |= 0x80;
        registers[2] |= 0xC0;
        registers[3] |= 0xC0;
        registers[5] |= 0xE0;
        Assert.AreEqual(new DateTimeOffset(time).ToUnixTimeSeconds(), ChipTime.Read(registers));
    }

    private static void Check(DateTime time) =>
        Assert.AreEqual(new DateTimeOffset(time).ToUnixTimeSeconds(), ChipTime.Read(Registers(time)), $"{time:u}");

    private static byte[] Registers(DateTime time) =>
        [Bcd(time.Second), Bcd(time.Minute), Bcd(time.Hour), Bcd(time.Day), (byte)time.DayOfWeek, Bcd(time.Month), Bcd(time.Year - 2000)];

    private static byte Bcd(int value) => (byte)(((value / 10) << 4) | (value % 10));
}
