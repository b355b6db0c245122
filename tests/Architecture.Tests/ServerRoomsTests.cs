using TaxiCredit.Demo;
using TaxiCredit.Dispatch;
using TaxiCredit.Scoring;
using TaxiCredit.TransparencyLog;

namespace Architecture.Tests;

/// <summary>The arrows between scoring, the server's rooms and the demo, as <c>architecture.md</c> has them.</summary>
[TestClass]
public sealed class ServerRoomsTests
{
    private static readonly string Document = ArrowTable.Document("dispatch-server", "docs", "architecture.md");

    private static readonly Lazy<Rooms> Rooms = new(() => Architecture.Tests.Rooms.Of(
        RoomOf, typeof(DispatchServer).Assembly, typeof(DemoServer).Assembly, typeof(Points).Assembly, typeof(MerkleHash).Assembly));

    [TestMethod]
    public void Rooms_OfServerAndDemo_FormNoRing() => Assert.IsNull(Rooms.Value.FindRing());

    [TestMethod]
    public void Folders_OfScoring_FormNoRing() =>
        Assert.IsNull(Architecture.Tests.Rooms
            .Of(name => name.StartsWith("TaxiCredit.Scoring", StringComparison.Ordinal) ? name : null, typeof(Points).Assembly).FindRing());

    [TestMethod]
    public void Arrows_OfServerAndDemo_AreThoseOfTheTable() => Assert.AreEqual("", string.Join('\n', Rooms.Value.DifferencesFrom(ArrowTable.Read(Document))));

    [TestMethod]
    public void Picture_OfTheTable_IsCurrent() => Assert.AreEqual(ArrowTable.Draw(ArrowTable.Read(Document)), ArrowTable.PictureIn(Document));

    [TestMethod]
    public void Server_OfTheDemo_KnowsNothing() =>
        Assert.IsFalse(Rooms.Value.Arrows.Where(room => !room.Key.StartsWith("Demo", StringComparison.Ordinal))
            .Any(room => room.Value.Keys.Any(to => to.StartsWith("Demo", StringComparison.Ordinal))));

    /// <summary>Features and groups of pages are rooms of their own, each with the folders inside it.</summary>
    private static string? RoomOf(string name)
    {
        if (!name.StartsWith("TaxiCredit.", StringComparison.Ordinal) || name.Contains(".Migrations", StringComparison.Ordinal))
            return null;
        var parts = name.Split('.')[1..];
        return parts[0] switch
        {
            "Dispatch" when parts.Length == 1 => "Host",
            "Dispatch" when parts[1] is "Features" or "Components" => string.Join('.', parts[1..Math.Min(parts.Length, 3)]),
            "Dispatch" => parts[1],
            "Scoring" or "TransparencyLog" => parts[0],
            _ => string.Join('.', parts[..Math.Min(parts.Length, 2)]),
        };
    }
}
