using TaxiCredit.Firmware.Logic.Display;

namespace Firmware.Tests.Display;

[TestClass]
public sealed class DisplayTableTests
{
    /// <summary>The state that each signal leads to; the exceptions are below.</summary>
    private static readonly int[] Target =
    [
        DisplayState.Showing, DisplayState.Unrated, DisplayState.Vacant, DisplayState.Stale, DisplayState.NoData,
        DisplayState.SelfTest, DisplayState.Fault, DisplayState.Off,
    ];

    private static readonly (int From, int Signal)[] Refused =
    [
        (DisplayState.SelfTest, Signal.Test),
    ];

    public static IEnumerable<object[]> Pairs =>
        from state in Enumerable.Range(0, DisplayState.Count)
        from signal in Enumerable.Range(0, Signal.Count)
        select new object[] { state, signal };

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void DisplayTable_EveryPair_LeadsWhereItShould(int from, int signal)
    {
        bool isDefined = DisplayTable.TryNext(from, signal, out int to);
        bool isRefused = Refused.Contains((from, signal));
        Assert.AreEqual(!isRefused, isDefined);
        Assert.AreEqual(isRefused ? from : Target[signal], to);
    }

    [TestMethod]
    public void Channels_EveryStateAndStars_LitMeansRated()
    {
        for (int state = 0; state < DisplayState.Count; state++)
        {
            for (int stars = 0; stars <= 4; stars++)
            {
                int expected = state == DisplayState.Showing ? Enumerable.Range(0, stars + 1).Sum(i => 1 << i) : 0;
                Assert.AreEqual(expected, Channels.For(state, stars));
            }
        }
    }

    [TestMethod]
    public void StatusLed_EveryStateThatIsDarkToTheFront_HasAPatternOfItsOwn()
    {
        int[] spoken =
        [
            DisplayState.Unrated, DisplayState.Vacant, DisplayState.Stale, DisplayState.NoData,
            DisplayState.Fault, DisplayState.Showing, DisplayState.SelfTest,
        ];
        Assert.HasCount(spoken.Length, spoken.Select(StatusLed.PatternOf).Distinct());
        Assert.IsFalse(spoken.Any(state => StatusLed.PatternOf(state) == 0));
    }
}
