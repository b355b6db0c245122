namespace Architecture.Tests;

/// <summary>The checks themselves, on two rooms of this assembly that need each other.</summary>
[TestClass]
public sealed class PlantedRingTests
{
    private static readonly Rooms Planted = Rooms.Of(
        name => name.Split('.') is ["Architecture", "Tests", "Planted", var room] ? room : null, typeof(PlantedRingTests).Assembly);

    [TestMethod]
    public void Ring_Planted_IsNamed() =>
        Assert.AreEqual("East needs West (Door -> Door); West needs East (Door -> Door)", Planted.FindRing());

    [TestMethod]
    public void Arrow_OutsideTheTable_IsNamedWithItsPlace() =>
        CollectionAssert.AreEqual(
            new[] { "West -> East is not in the table: Door -> Door" },
            Planted.DifferencesFrom(new Dictionary<string, IReadOnlyList<string>> { ["East"] = ["West"], ["West"] = [] }).ToList());

    [TestMethod]
    public void Arrow_ThatNobodyNeeds_IsNamed() =>
        CollectionAssert.Contains(
            Planted.DifferencesFrom(new Dictionary<string, IReadOnlyList<string>> { ["East"] = ["West", "South"], ["West"] = ["East"] }).ToList(),
            "East -> South is in the table and nobody needs it");

    [TestMethod]
    public void Room_WithoutARow_IsNamed() =>
        CollectionAssert.Contains(
            Planted.DifferencesFrom(new Dictionary<string, IReadOnlyList<string>> { ["East"] = ["West"] }).ToList(),
            "West has no row in the table");

    [TestMethod]
    public void Picture_OfAShortWayBesideALongOne_DrawsTheLongOne() =>
        Assert.AreEqual(
            "```mermaid\nflowchart TD\n  A[A]\n  A --> B\n  B[B]\n  B --> C\n  C[C]\n```",
            ArrowTable.Draw(new Dictionary<string, IReadOnlyList<string>> { ["A"] = ["B", "C"], ["B"] = ["C"], ["C"] = [] }));
}
