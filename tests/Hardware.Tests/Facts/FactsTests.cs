using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Tests.Files;

namespace TaxiCredit.Hardware.Tests.Facts;

[TestClass]
public class FactsTests
{
    [TestMethod]
    public void Facts_AsCommitted_BreakNoRule() => Assert.AreEqual("", string.Join('\n', FactsRules.Violations(Repository.Hardware)));

    [TestMethod]
    [DataRow("facts.csv", "TI SBAS444E,5.5,document\nU66.offset_match", ",,memory\nU66.offset_match", "U66.offset: from memory, and not in not-verified.md")]
    [DataRow("facts.csv", "TI SBAS444E,5.5,document\nU66.offset_match", "TI SBAS444E,,document\nU66.offset_match", "U66.offset: no document, or no place in it")]
    [DataRow("facts.csv", "U66.offset,U66,offset error,-3,1,3", "U66.offset,U66,offset error,3,1,-3", "U66.offset: min, typ and max are missing or out of order")]
    [DataRow("facts.csv", "U66.offset,U66,offset error,-3,1,3", "U66.offset,U66,offset error,,,", "U66.offset: min, typ and max are missing or out of order")]
    [DataRow("facts.csv", "U66.offset,U66", "U66.offset,U67", "U66.offset: part 'U67' is not in bom.csv, or the name does not begin with it")]
    [DataRow("facts.csv", "U66.offset_match,", "U66.offset,", "U66.offset: 2 facts of one name")]
    [DataRow("facts.csv", "5.5,document\nU66.offset_match", "5.5,heard\nU66.offset_match", "U66.offset: status is 'heard'")]
    [DataRow("facts.csv", "F1.melting,F1,nominal melting integral,,8.2,,A2s,,Littelfuse 452/454 data sheet,electrical specifications by item,document",
        "F1.melting,F1,nominal melting integral,,8.2,,A2s,,,,memory", "F1.melting: from memory, and not in not-verified.md")]
    [DataRow("not-verified.md", "| `Q1.pinout` |", "| Q1.pinout |", "Q1.pinout: from memory, and not in not-verified.md")]
    [DataRow("not-verified.md", "| `Q1.pinout` |", "| `Q1.pinout`, `U66.offset` |", "U66.offset: not-verified.md names a fact that is not from memory")]
    public void Facts_WithFault_AreNamed(string file, string from, string to, string expected)
    {
        using var copy = TempCopy.OfTables();
        copy.Replace(file, from, to);
        var found = FactsRules.Violations(copy.Folder);
        Assert.Contains(expected, found, string.Join('\n', found));
    }
}
