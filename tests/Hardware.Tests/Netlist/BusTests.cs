using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;
using TaxiCredit.Hardware.Tests.Files;

namespace TaxiCredit.Hardware.Tests.Netlist;

[TestClass]
public class BusTests
{
    private static string Committed => CommittedNetlist.Text;

    [TestMethod]
    public void Bus_EveryAddressOfTheFirmware_HasAPart() => AssertFound(Committed, BusRules.Adapters);

    // A mistake in the drawing: a pin leaves its net, or a part is missing.
    [TestMethod]
    [DataRow("part missing", "\"TMP102AQDRLRQ1\"", "\"none\"", "Tmp102.cs opens 0x48: no part on SDA and SCL answers there")]
    [DataRow("ADD0 open", "(ref \"U65\") (pin \"4\")", "(ref \"U65\") (pin \"40\")", "Tmp102.cs opens 0x48: no part on SDA and SCL answers there")]
    [DataRow("ADDR open", "(ref \"U66\") (pin \"1\")", "(ref \"U66\") (pin \"11\")", "Ads1115.cs opens 0x49: no part on SDA and SCL answers there")]
    [DataRow("SDA open", "(ref \"U65\") (pin \"6\")", "(ref \"U65\") (pin \"60\")", "Tmp102.cs opens 0x48: no part on SDA and SCL answers there")]
    [DataRow("clock missing", "\"PCA8565TS/1\"", "\"none\"", "Pca8565.cs opens 0x51: no part on SDA and SCL answers there")]
    [DataRow("A0 open", "(ref \"U61\") (pin \"1\")", "(ref \"U61\") (pin \"10\")", "Fm24Cl64b.cs opens 0x50: no part on SDA and SCL answers there")]
    public void Bus_FaultOnTheBoard_IsNamed(string fault, string from, string to, string expected)
    {
        Assert.Contains(from, Committed, fault);
        AssertFound(Committed.Replace(from, to, StringComparison.Ordinal), BusRules.Adapters, expected);
    }

    [TestMethod]
    public void Bus_SwappedLines_AreNamed() => AssertFound(
        Committed.Replace("/SDA\"", "/parked\"", StringComparison.Ordinal)
            .Replace("/SCL\"", "/SDA\"", StringComparison.Ordinal)
            .Replace("/parked\"", "/SCL\"", StringComparison.Ordinal),
        BusRules.Adapters,
        "Ads1115.cs opens 0x49: no part on SDA and SCL answers there",
        "Fm24Cl64b.cs opens 0x50: no part on SDA and SCL answers there",
        "Pca8565.cs opens 0x51: no part on SDA and SCL answers there",
        "Tmp102.cs opens 0x48: no part on SDA and SCL answers there");

    [TestMethod]
    public void Bus_TwoPartsAtOneAddress_AreNamed()
    {
        // A0 of the F-RAM high: it answers where the clock does.
        string high = Committed.Replace("(ref \"U61\") (pin \"8\")", "(ref \"U61\") (pin \"80\")", StringComparison.Ordinal)
            .Replace("(ref \"U61\") (pin \"1\")", "(ref \"U61\") (pin \"81\")", StringComparison.Ordinal)
            .Replace("(ref \"U61\") (pin \"80\")", "(ref \"U61\") (pin \"1\")", StringComparison.Ordinal);
        AssertFound(high, BusRules.Adapters, "Fm24Cl64b.cs opens 0x50: no part on SDA and SCL answers there", "0x51 is the address of U61 and U62");
    }

    [TestMethod]
    [DataRow("0x48", "0x4A", "Tmp102.cs opens 0x4A: no part on SDA and SCL answers there")]
    [DataRow("Open(Address)", "Open(0x4B)", "Tmp102.cs opens 0x4B: no part on SDA and SCL answers there")]
    [DataRow("Open(Address)", "Open(_address)", "Tmp102.cs opens '_address', which is not a readable address")]
    public void Bus_OtherAddressInTheFirmware_IsNamed(string from, string to, string expected)
    {
        using var copy = TempCopy.Of(BusRules.Adapters);
        copy.Replace("Tmp102.cs", from, to);
        AssertFound(Committed, copy.Folder, expected);
    }

    [TestMethod]
    public void Bus_NoAdapter_IsNamed() => AssertFound(Committed, Repository.Kicad, "no adapter opens the bus");

    private static void AssertFound(string netlist, string adapters, params string[] expected) =>
        Assert.AreEqual(string.Join('\n', expected), string.Join('\n', BusRules.Violations(new Board(netlist), adapters)));
}
