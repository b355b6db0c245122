using TaxiCredit.Dispatch.Features.Displays.Twins;

namespace Dispatch.Tests.Displays;

[TestClass]
public sealed class HandoverTests
{
    [TestMethod]
    [DataRow("1:a>- 2:->a", "1 2")]
    [DataRow("2:->a 1:a>-", "1 2")]
    [DataRow("3:->b 2:b>a 1:a>-", "1 2 3", DisplayName = "a chain is unrolled from its free end")]
    [DataRow("1:a>a 2:->b", "1 2", DisplayName = "who stays holds nobody up")]
    [DataRow("1:a>b 2:b>a", "2 1", DisplayName = "a swap has no order; both go out")]
    [DataRow("1:a>b 2:b>c 3:c>a 4:->d", "3 2 1 4")]
    [DataRow("", "")]
    public void Order_Changes_LeavesBeforeItArrives(string changes, string expected)
    {
        var parsed = changes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Change.Parse).ToList();

        var ordered = Handover.Order(parsed, change => change.Before, change => change.After);

        Assert.AreEqual(expected, string.Join(' ', ordered.Select(change => change.Cab)));
    }

    [TestMethod]
    [DataRow("1:a>- 2:->a", "")]
    [DataRow("1:a>a 2:->b", "", DisplayName = "who stays need not leave")]
    [DataRow("1:a>b 2:b>a", "1")]
    [DataRow("1:a>b 2:b>c 3:c>a 4:->d", "1")]
    [DataRow("1:a>b 2:b>a 3:c>d 4:d>c", "1 3", DisplayName = "each round once")]
    public void Swapped_Order_IsBrokenOnceARound(string changes, string expected)
    {
        var parsed = changes.Split(' ').Select(Change.Parse).ToList();
        var ordered = Handover.Order(parsed, change => change.Before, change => change.After);

        var swapped = Handover.Swapped(ordered, change => change.Before, change => change.After);

        Assert.AreEqual(expected, string.Join(' ', swapped.Select(change => change.Cab)));
    }

    /// <summary><c>cab:before&gt;after</c>, '-' for nobody.</summary>
    private sealed record Change(string Cab, string? Before, string? After)
    {
        public static Change Parse(string text)
        {
            var parts = text.Split(':', '>');
            return new(parts[0], parts[1] == "-" ? null : parts[1], parts[2] == "-" ? null : parts[2]);
        }
    }
}
