using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Tests.Files;

namespace TaxiCredit.Hardware.Tests.PartsList;

[TestClass]
public class PartsListTests
{
    [TestMethod]
    public void PartsList_AsCommitted_BreaksNoRule() => Assert.AreEqual("", string.Join('\n', PartsListRules.Violations(Repository.Hardware)));

    [TestMethod]
    [DataRow("LED,Q102,-40,110,", "Q102,-40,110,", "Q102,-40,94,", "D11 (Q65112A9436): rated to 94 C, needed to 95 C")]
    [DataRow("warm start", "led-current,Q102,-40,110", "led-current,Q102,-39,110", "D11 (Q65112A9436): rated from -39 C, needed from -40 C")]
    [DataRow("current", "0.07,0.0528", "0.07,0.0561", "D11 (Q65112A9436): If A 0.0561 of 0.07 is more than the 0.8 allowed for led-current")]
    [DataRow("clamp", "Vin V,65,53.3", "Vin V,60,53.3", "U2 (LMR36506MSCQRPERQ1): Vin V 53.3 of 60 is more than the 0.85 allowed for converter-input")]
    [DataRow("alternate", "SN74LVC1G08QDCKRQ1", "", "U63 (74LVC1G08GW-Q100): alternates is empty")]
    [DataRow("class", "crystal-drive", "crystal", "Y1 (ABS07AIG-32.768KHZ-T): class 'crystal' has no derating rule")]
    [DataRow("quantity", "R63 R71 R72,3,", "R63 R71 R72,2,", "R63 (CRCW06034K70FKEA): qty 2, but 3 references")]
    [DataRow("twice", "R63 R71 R72,3,", "R63 R71 R64,3,", "R64 is listed 2 times")]
    [DataRow("class", "EEHZS1K101UP", "EEHZS1K101UP class", "C2 (EEHZS1K101UP class): 'EEHZS1K101UP class' is no order code")]
    [DataRow("no code", "D2HW-C201H", "", "SW2 (): '' is no order code")]
    [DataRow("family", "BAV99Q-7-F", "BAV", "D6 (BAV): 'BAV' is no order code")]
    [DataRow("date", "0.06,2026-11-22,KiCad", "0.06,soon,KiCad", "U63 (74LVC1G08GW-Q100): its price has no date")]
    [DataRow("price", "0.06,2026-11-22,KiCad", "0,2026-11-22,KiCad", "U63 (74LVC1G08GW-Q100): no price estimate")]
    public void PartsList_WithFault_IsNamed(string fault, string from, string to, string expected)
    {
        using var copy = TempCopy.OfTables();
        copy.Replace("bom.csv", from, to);
        var found = PartsListRules.Violations(copy.Folder);
        Assert.Contains(expected, found, $"{fault}:\n{string.Join('\n', found)}");
    }

    [TestMethod]
    public void Readme_PriceOfAThousand_IsTheSumOfThePartsList()
    {
        var fitted = Csv.Read(Path.Combine(Repository.Hardware, "bom.csv")).Where(row => row["fit"] == "yes").ToList();
        double Sum(Func<TableRow, bool> which) => fitted.Where(which).Sum(row => row.Number("qty") * row.Number("price_usd_1k_estimate"));
        string expected = $"About {Sum(_ => true):F0} USD at 1,000 pieces, {Sum(row => row["refs"] is "PCB" or "HOUSING"):F0} of it board and housing";
        Assert.Contains(expected, File.ReadAllText(Path.Combine(Repository.Hardware, "README.md")));
    }

    [TestMethod]
    [DataRow(-1, 0)]
    [DataRow(0, 0)]
    [DataRow(1, 1)]
    public void PartsList_StressAtItsLimit_IsRefusedOnlyAbove(int milliamps, int violations)
    {
        using var copy = TempCopy.OfTables();
        string stress = (0.056 + (milliamps * 0.001)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        copy.Replace("bom.csv", "0.07,0.0528", $"0.07,{stress}");
        // 0.8 x 0.07 A = 0.056 A, less one unit in the last place of the division.
        copy.Replace("derating.csv", "led-current,0.80", "led-current,0.8000001");
        Assert.HasCount(violations, PartsListRules.Violations(copy.Folder));
    }
}
