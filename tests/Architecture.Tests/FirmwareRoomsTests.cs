using TaxiCredit.VirtualCab;

namespace Architecture.Tests;

/// <summary>The arrows between the folders of the firmware's logic and the virtual cab, as <c>firmware/README.md</c> has them.</summary>
[TestClass]
public sealed class FirmwareRoomsTests
{
    /// <summary>Its types are not compiled here: they use a device's libraries.</summary>
    private const string Device = "Esp32";

    private static readonly Lazy<Rooms> Rooms = new(() => Architecture.Tests.Rooms.Of(RoomOf, typeof(Fleet).Assembly));

    [TestMethod]
    public void Folders_OfTheFirmware_FormNoRing() => Assert.IsNull(Rooms.Value.FindRing());

    [TestMethod]
    public void Arrows_OfTheFirmware_AreThoseOfTheTable()
    {
        var table = ArrowTable.Read(ArrowTable.Document("firmware", "README.md")).Where(row => row.Key != Device).ToDictionary();
        // Some arrows stand for constants alone, which leave no trace in compiled code.
        var faults = Rooms.Value.DifferencesFrom(table).Where(fault => !fault.EndsWith("nobody needs it", StringComparison.Ordinal));
        Assert.AreEqual("", string.Join('\n', faults));
    }

    private static string? RoomOf(string name) => name.Split('.') switch
    {
        ["TaxiCredit", "Firmware", "Logic"] => "Logic",
        ["TaxiCredit", "Firmware", "Logic", var folder] => folder,
        ["TaxiCredit", "VirtualCab"] => "VirtualCab",
        ["TaxiCredit", "VirtualCab", var folder] => "VirtualCab/" + folder,
        _ => null,
    };
}
