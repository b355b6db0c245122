using TaxiCredit.Hardware.Generate.Files;

namespace TaxiCredit.Hardware.Tests.Files;

[TestClass]
public class CsvTests
{
    [TestMethod]
    public void Csv_QuotedFields_KeepCommasAndQuotes()
    {
        var row = Read("refs,description,qty\nU1,\"Wi-Fi, 4 MB \"\"flash\"\"\",2\n").Single();
        Assert.AreEqual("Wi-Fi, 4 MB \"flash\"", row["description"]);
        Assert.AreEqual(2, row.Number("qty"));
        Assert.AreEqual(2, row.Line);
    }

    [TestMethod]
    [DataRow("a,b\n1,2\n1\n", "table.csv line 3: ")]
    [DataRow("a,b\n1,2,3\n", "table.csv line 2: ")]
    [DataRow("a,b\n1,\"2\n", "table.csv line 2: ")]
    [DataRow("a,b\n1,2\"\n", "table.csv line 2: ")]
    public void Csv_BrokenRow_IsNamedByLine(string text, string expected) =>
        Assert.StartsWith(expected, Assert.ThrowsExactly<FormatException>(() => Read(text)).Message);

    [TestMethod]
    public void Csv_FieldThatIsNoNumber_IsNamed() => Assert.AreEqual("table.csv line 2: b is 'x', not a number",
        Assert.ThrowsExactly<FormatException>(() => Read("a,b\n1,x\n").Single().Number("b")).Message);

    [TestMethod]
    public void Csv_UnknownColumn_IsNamed() => Assert.AreEqual("table.csv has no column c",
        Assert.ThrowsExactly<FormatException>(() => Read("a,b\n1,2\n").Single()["c"]).Message);

    private static IReadOnlyList<TableRow> Read(string text)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["table.csv"], text);
        return Csv.Read(folder["table.csv"]);
    }
}
