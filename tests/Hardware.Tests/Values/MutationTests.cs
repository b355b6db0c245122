using TaxiCredit.Hardware.Generate.Files;
using TaxiCredit.Hardware.Generate.Netlist;
using TaxiCredit.Hardware.Generate.PinMap;
using TaxiCredit.Hardware.Tests.Netlist;

namespace TaxiCredit.Hardware.Tests.Values;

/// <summary>
/// Changes the design as a slip would: consistently in schematic and parts list, so that comparing the two finds nothing. Each change is found by a rule, or
/// stands in hardware/mutations.csv with the reason why it does not matter.
/// </summary>
[TestClass]
public class MutationTests
{
    private static readonly Board Design = CommittedNetlist.Board;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Values_AsCommitted_BreakNoRule() => Assert.AreEqual("", string.Join('\n', Found(Design)));

    [TestMethod]
    public void Mutations_OfEveryPart_AreFoundOrListedWithTheirReason()
    {
        var listed = Csv.Read(Path.Combine(Repository.Hardware, "mutations.csv")).ToDictionary(row => $"{row["part"]} {row["change"]}", row => row["reason"]);
        var all = Mutation.All(Design).ToList();
        var unseen = all.Where(mutation => Found(mutation.Apply(Design)).Count == 0).Select(mutation => mutation.ToString()).ToList();
        TestContext.WriteLine("{0} mutations, {1} found, {2} listed", all.Count, all.Count - unseen.Count, listed.Count);
        Assert.AreEqual("", string.Join('\n', unseen.Except(listed.Keys)), "not found and not listed");
        Assert.AreEqual("", string.Join('\n', listed.Keys.Except(unseen)), "listed, and found all the same or not there");
        Assert.IsTrue(listed.Values.All(reason => reason.Length > 10), "a reason is missing");
    }

    [TestMethod]
    [DataRow("R7", "12k", "VPROT at which it clears, V: 52", "power fail never clears")]
    [DataRow("R66", "4.7k", "divider at 6 V over the highest threshold: 0.1", "the ignition is never seen")]
    [DataRow("R2", "12.4k", "LED rail at its lowest, V: 8.", "revision A's rail in the cold")]
    [DataRow("R53", "560k", "rail at which the diagnosis begins, V: 7.9", "revision A's diagnosis in the cold")]
    [DataRow("C18", "100n", "watchdog at its shortest, s: 5.9", "resets while a handshake runs")]
    [DataRow("R63", "47k", "time constant of the return's filter, s: 0.047", "the light check reads the last second")]
    public void Value_ChangedConsistently_IsNamed(string reference, string value, string expected, string why)
    {
        var found = Found(Design.With(reference, value));
        Assert.IsTrue(found.Any(text => text.StartsWith(expected, StringComparison.Ordinal)), $"{why}; found:\n{string.Join('\n', found)}");
    }

    [TestMethod]
    public void SlowEdge_AtAPlainGate_IsNamed()
    {
        // Revision A: the reset's capacitor stood at the gate itself.
        var moved = new Board(CommittedNetlist.Text.Replace("(ref \"U63\") (pin \"1\")", "(ref \"U63\") (pin \"9\")", StringComparison.Ordinal)
            .Replace("(ref \"U67\") (pin \"2\")", "(ref \"U63\") (pin \"1\")", StringComparison.Ordinal));
        Assert.Contains("U63.1: a slow edge on RESET_N, and no Schmitt trigger", ConnectionRules.Violations(moved));
    }

    [TestMethod]
    public void Led_Turned_IsNamed()
    {
        string turned = CommittedNetlist.Text.Replace("(ref \"D22\") (pin \"1\")", "(ref \"D22\") (pin \"9\")", StringComparison.Ordinal)
            .Replace("(ref \"D22\") (pin \"2\")", "(ref \"D22\") (pin \"1\")", StringComparison.Ordinal)
            .Replace("(ref \"D22\") (pin \"9\")", "(ref \"D22\") (pin \"2\")", StringComparison.Ordinal);
        Assert.AreEqual("D21.2 does not meet D22.1\nD22.2 does not meet D23.1", string.Join('\n', ConnectionRules.Violations(new Board(turned))));
    }

    private static IReadOnlyList<string> Found(Board board) =>
    [
        .. ValueRules.Violations(board, Repository.Hardware),
        .. ConnectionRules.Violations(board),
        .. NetlistRules.OfTheDesign(board, Pin.ReadAll(Repository.Hardware)),
        .. BusRules.Violations(board, BusRules.Adapters),
    ];
}
