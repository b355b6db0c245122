using System.Globalization;
using System.Runtime.CompilerServices;

namespace Firmware.Tests;

[TestClass]
public sealed class PinsTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "../.."));
    private static readonly string PinMap = Path.Combine(Root, "hardware/pinmap.csv");
    private static readonly string Pins = Path.Combine(Root, "firmware/TaxiCredit.Firmware/Pins.g.cs");

    [TestMethod]
    public void Pins_OfThePinMap_AreUpToDate()
    {
        string expected = PinsGenerator.Render(File.ReadAllText(PinMap));
        if (Environment.GetEnvironmentVariable("TAXICREDIT_WRITE_PINS") == "1") File.WriteAllText(Pins, expected);
        Assert.AreEqual(expected, File.ReadAllText(Pins), "Pins.g.cs differs from hardware/pinmap.csv; its head says how to make it.");
    }

    [TestMethod]
    public void PinMap_EveryPin_IsUsedOnce()
    {
        string[] gpios = [.. File.ReadLines(PinMap).Skip(1).Select(line => line.Split(',')[1])];
        Assert.HasCount(gpios.Length, gpios.Distinct());
    }

    [TestMethod]
    public void PinMap_FlashPins_AreNotUsed()
    {
        // GPIO 6 to 11 reach the flash on modules without PSRAM, and the runtime does not refuse them.
        int[] gpios = [.. File.ReadLines(PinMap).Skip(1).Select(line => int.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];
        Assert.DoesNotContain(gpio => gpio is >= 6 and <= 11, gpios);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
