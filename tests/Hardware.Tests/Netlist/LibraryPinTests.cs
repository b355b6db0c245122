using TaxiCredit.Hardware.Generate.Drawing.Symbols;

namespace TaxiCredit.Hardware.Tests.Netlist;

[TestClass]
public class LibraryPinTests
{
    /// <summary>Chips without a symbol in KiCad's library: facts.csv says where their pins come from.</summary>
    private static readonly string[] Elsewhere = ["LMR36506", "TPS92611", "TPS3431", "TEMT6200", "LED_PLCC4", "MicroFit_2x2", "Service_1x6"];

    public static IEnumerable<object[]> Pairs => LibraryPinRules.Pairs.Select(pair => new object[] { pair.Symbol, pair.Library, pair.Renamed });

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void Symbol_AgainstKicadsLibrary_HasTheSamePins(string symbol, string library, string renamed) =>
        Assert.AreEqual("", string.Join('\n', LibraryPinRules.Violations(symbol, library, renamed, LibraryPinRules.PinsOf(symbol))));

    [TestMethod]
    public void Symbols_OfChips_AreComparedOrNamed() => Assert.AreEqual("", string.Join(' ', Chips.All().Select(chip => chip.Name)
        .Except(LibraryPinRules.Pairs.Select(pair => pair.Symbol)).Except(Elsewhere)));

    [TestMethod]
    public void Symbol_WithTwoPinsExchanged_IsNamed()
    {
        var pins = LibraryPinRules.PinsOf("ADS1115").ToDictionary();
        (pins["9"], pins["10"]) = (pins["10"], pins["9"]);
        var found = LibraryPinRules.Violations("ADS1115", "Analog_ADC:ADS1115IDGS", "ALERT/RDY=ALERT", pins);
        Assert.Contains("ADS1115: pin 9 is SCL, in Analog_ADC:ADS1115IDGS SDA", found, string.Join('\n', found));
        Assert.HasCount(2, found);
    }
}
