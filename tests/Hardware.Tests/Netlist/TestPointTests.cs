using TaxiCredit.Hardware.Generate.Netlist;

namespace TaxiCredit.Hardware.Tests.Netlist;

[TestClass]
public class TestPointTests
{
    /// <summary>Nets that no probe may load or that no test needs, with the reason.</summary>
    private static readonly (string Part, string Why)[] NotProbed =
    [
        ("U2", "switching node, bootstrap, feedback and internal supply"), ("U3", "the same"), ("Y1", "crystal"),
        ("C18", "390 nA time the watchdog"), ("JP1", "enable of the watchdog: its own jumper is the pad"), ("D9", "behind R16"), ("SW1", "the button itself"),
        ("D5", "seen by eye"), ("D3", "between two parts of VHOLD"), ("R75", "behind the cell's resistor"), ("L1", "between D2 and the choke"),
        ("U64", "comparator input of 120 kohm"), ("SW2", "the switch itself"),
    ];

    [TestMethod]
    public void TestPoints_ReachEveryNet_ThatAProbeMayTouch() => Assert.AreEqual("", string.Join('\n', Untouched(CommittedNetlist.Board)));

    [TestMethod]
    public void TestPoint_Removed_IsNamed() => Assert.Contains("ALIVE", Untouched(CommittedNetlist.Board.Without("TP68")).ToList());

    private static IEnumerable<string> Untouched(Board board) =>
        from net in board.Nets
        where net.Pins.Count > 1 && !net.Pins.Any(IsAccess) && !IsInString(net)
            && !net.Pins.Any(pin => NotProbed.Any(part => pin.StartsWith($"{part.Part}.", StringComparison.Ordinal)))
        select net.Name;

    private static bool IsAccess(string pin) => pin.StartsWith("TP", StringComparison.Ordinal) || pin.StartsWith("J1.", StringComparison.Ordinal)
        || pin.StartsWith("J2.", StringComparison.Ordinal);

    // Between two LEDs of one string: an open LED is found at STRING.
    private static bool IsInString(Net net) => net.Pins.All(pin => pin[0] == 'D');
}
