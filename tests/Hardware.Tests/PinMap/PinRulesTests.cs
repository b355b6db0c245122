using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.PinMap;

namespace TaxiCredit.Hardware.Tests.PinMap;

[TestClass]
public class PinRulesTests
{
    private static IReadOnlyList<Pin> Board { get; } = Pin.ReadAll(Repository.Hardware);

    [TestMethod]
    public void PinMap_AsCommitted_BreaksNoRule() => Assert.AreEqual("", string.Join('\n', PinRules.Violations(Board)));

    [TestMethod]
    [DataRow("STAR_1", 6, "STAR_1 on GPIO6: flash pin")]
    [DataRow("STAR_1", 11, "STAR_1 on GPIO11: flash pin")]
    [DataRow("WDI", 12, "WDI on GPIO12: strap of the flash voltage")]
    [DataRow("WDI", 34, "WDI on GPIO34: input-only pin")]
    [DataRow("WDI", 0, "WDI on GPIO0: strap of the boot mode")]
    [DataRow("WDI", 1, "WDI on GPIO1: reserved for flashing")]
    [DataRow("WDI", 20, "WDI on GPIO20: the module has no such pin")]
    [DataRow("WDI", 40, "WDI on GPIO40: the module has no such pin")]
    [DataRow("WDI", -1, "WDI on GPIO-1: the module has no such pin")]
    [DataRow("PFAIL_N", 36, "PFAIL_N on GPIO36: false interrupts")]
    [DataRow("PFAIL_N", 39, "PFAIL_N on GPIO39: false interrupts")]
    [DataRow("WDI", 16, "WDI on GPIO16: the module's PSRAM")]
    [DataRow("IGN_SENSE", 5, "IGN_SENSE on GPIO5: must wake the deep sleep")]
    [DataRow("STAR_1", 5, "STAR_1 on GPIO5: must be dark at reset")]
    [DataRow("LED_EN", 14, "LED_EN on GPIO14: must be dark at reset")]
    [DataRow("STAR_1", 19, "GPIO19 is assigned to STAR_1 and STAR_2")]
    public void PinRules_SignalOnWrongGpio_IsNamed(string signal, int gpio, string expected) =>
        AssertNamed(Change(signal, pin => pin with { Gpio = gpio }), expected);

    [TestMethod]
    public void PinRules_StarWithoutPullDown_IsNotDarkAtReset() =>
        AssertNamed(Change("STAR_3", pin => pin with { ExternalPull = "" }), "STAR_3 on GPIO23: must be dark at reset");

    [TestMethod]
    public void PinRules_StarActiveLow_IsNotDarkAtReset() =>
        AssertNamed(Change("STAR_3", pin => pin with { Active = "low" }), "STAR_3 on GPIO23: must be dark at reset");

    [TestMethod]
    public void PinRules_InputOnlyWithoutPull_IsNamed() =>
        AssertNamed(Change("PFAIL_N", pin => pin with { ExternalPull = "" }), "PFAIL_N on GPIO35: has no internal pull");

    [TestMethod]
    public void PinRules_DownloadStrapPulledUp_IsNamed() =>
        AssertNamed(Change("STATUS_LED", pin => pin with { ExternalPull = "PU10k" }), "STATUS_LED on GPIO2: strap");

    [TestMethod]
    public void PinRules_BootStrapWithoutPullUp_IsNamed() =>
        AssertNamed(Change("BOOT_N", pin => pin with { ExternalPull = "" }), "BOOT_N on GPIO0: boot strap needs its pull-up");

    [TestMethod]
    [DataRow("PWM0")]
    [DataRow("PWM9")]
    [DataRow("PWM16")]
    [DataRow("")]
    public void PinRules_PwmOfOtherSpeedMode_IsNamed(string function) =>
        AssertNamed(Change("VALID_BAR", pin => pin with { Function = function }), "VALID_BAR on GPIO17: the channels of one speed mode");

    [TestMethod]
    public void PinRules_TwoSignalsOnOnePwm_AreNamed() =>
        AssertNamed(Change("VALID_BAR", pin => pin with { Function = "PWM4" }), "PWM4 drives STAR_4 and VALID_BAR");

    [TestMethod]
    public void PinRules_I2cWithoutPullUp_IsNamed() =>
        AssertNamed(Change("SDA", pin => pin with { ExternalPull = "" }), "SDA on GPIO21: open drain needs a pull-up");

    [TestMethod]
    public void PinRules_FaultWithoutPullUp_IsNamed() =>
        AssertNamed(Change("FAULT2_N", pin => pin with { ExternalPull = "" }), "FAULT2_N on GPIO26: active-low input needs a pull-up");

    [TestMethod]
    public void PinRules_ActiveLowNameWithoutSuffix_IsNamed() =>
        AssertNamed(Change("IGN_SENSE", pin => pin with { Active = "low" }), "IGN_SENSE on GPIO4: name and active level disagree");

    [TestMethod]
    public void PinRules_BootStateAgainstDatasheet_IsNamed() =>
        AssertNamed(Change("FAULTB_N", pin => pin with { BootState = "hi-Z" }), "FAULTB_N on GPIO5: boot_state says 'hi-Z', the datasheet 'weak PU'");

    [TestMethod]
    public void PinRules_AnalogueSignalOnTheModule_IsNamed() =>
        AssertNamed(Change("PFAIL_N", pin => pin with { Kind = "adc" }), "PFAIL_N on GPIO35: the module's own converter reads nothing below 142 mV");

    [TestMethod]
    public void PinRules_RenamedSignal_IsMissing() =>
        AssertNamed(Change("STAR_4", pin => pin with { Signal = "STAR_5" }), "STAR_4 is missing");

    [TestMethod]
    public void PinRules_SignalTwice_IsNamed() => AssertNamed([.. Board, Board[0] with { Gpio = 32 }], "STAR_1 appears 2 times");

    private static Pin[] Change(string signal, Func<Pin, Pin> change) =>
        [.. Board.Select(pin => pin.Signal == signal ? change(pin) : pin)];

    private static void AssertNamed(IReadOnlyList<Pin> pins, string expected)
    {
        var found = PinRules.Violations(pins);
        Assert.IsTrue(found.Any(text => text.StartsWith(expected, StringComparison.Ordinal)),
            $"expected '{expected}', found:\n{string.Join('\n', found)}");
    }
}
