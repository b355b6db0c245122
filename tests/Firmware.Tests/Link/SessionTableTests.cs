using TaxiCredit.Firmware.Logic.Link;

namespace Firmware.Tests.Link;

[TestClass]
public sealed class SessionTableTests
{
    private static readonly Dictionary<(int State, int Signal), int> Defined = new()
    {
        [(SessionTable.Waiting, SessionTable.Due)] = SessionTable.Connecting,
        [(SessionTable.Connecting, SessionTable.Opened)] = SessionTable.Online,
        [(SessionTable.Connecting, SessionTable.Closed)] = SessionTable.Waiting,
        [(SessionTable.Connecting, SessionTable.Silent)] = SessionTable.Waiting,
        [(SessionTable.Online, SessionTable.Closed)] = SessionTable.Waiting,
        [(SessionTable.Online, SessionTable.Silent)] = SessionTable.Waiting,
    };

    public static IEnumerable<object[]> Pairs =>
        from state in Enumerable.Range(0, SessionTable.StateCount)
        from signal in Enumerable.Range(0, SessionTable.SignalCount)
        select new object[] { state, signal };

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void SessionTable_EveryPair_LeadsWhereItShould(int from, int signal)
    {
        bool isDefined = SessionTable.TryNext(from, signal, out int to);
        Assert.AreEqual(Defined.TryGetValue((from, signal), out int expected), isDefined);
        Assert.AreEqual(isDefined ? expected : from, to);
    }
}
