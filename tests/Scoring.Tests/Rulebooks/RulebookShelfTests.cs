using TaxiCredit.Scoring.Rulebooks;

namespace Scoring.Tests.Rulebooks;

[TestClass]
public sealed class RulebookShelfTests
{
    private static readonly DateOnly Change = new(2017, 7, 1);
    private static readonly Rulebook Early = Shipped.Rongcheng;
    private static readonly Rulebook Late = Early with { EffectiveFrom = Change };

    [TestMethod]
    public void InForceOn_DaysAroundAChange_IsTheVersionOfThatDay()
    {
        var shelf = new RulebookShelf([Late, Early]);
        Assert.AreSame(Early, shelf.InForceOn(shelf.From));
        Assert.AreSame(Early, shelf.InForceOn(Change.AddDays(-1)));
        Assert.AreSame(Late, shelf.InForceOn(Change));
        Assert.AreSame(Late, shelf.InForceOn(Change.AddDays(1)));
        Assert.AreSame(Late, shelf.InForceOn(DateOnly.MaxValue));
    }

    [TestMethod]
    public void InForceOn_DayBeforeTheFirstVersion_Throws()
    {
        var shelf = new RulebookShelf([Early]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => shelf.InForceOn(shelf.From.AddDays(-1)));
    }

    [TestMethod]
    public void Versions_PutInAnyOrder_ComeEarliestFirst()
    {
        var shelf = new RulebookShelf([Late, Early]);
        CollectionAssert.AreEqual(new[] { Early, Late }, shelf.Versions.ToArray());
        Assert.AreEqual(("rongcheng-taxi", Early.EffectiveFrom), (shelf.Id, shelf.From));
    }

    [TestMethod]
    public void Constructor_NoVersionOrTwoOfADayOrTwoIds_Throws()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new RulebookShelf([]));
        Assert.ThrowsExactly<ArgumentException>(() => new RulebookShelf([Early, Late, Early with { Base = Early.Floor }]));
        Assert.ThrowsExactly<ArgumentException>(() => new RulebookShelf([Early, Shipped.National]));
    }
}
