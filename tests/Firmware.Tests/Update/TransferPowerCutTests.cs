using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

/// <summary>The supply goes at every byte that is written for a package, to its file and to the record; files rot, and file systems refuse.</summary>
[TestClass]
public sealed class TransferPowerCutTests
{
    /// <summary>At every byte of the file, whatever the file system leaves of those that were on their way.</summary>
    [TestMethod]
    [DataRow(null)]
    [DataRow((byte)0)]
    [DataRow((byte)0xFF)]
    public void File_CutAtEveryByte_IsGoneOnWith(byte? torn) => CutFile(torn, 61);

    [TestMethod]
    [TestCategory("slow")]
    [DataRow(null)]
    [DataRow((byte)0xFF)]
    public void File_CutAtEverySingleByte_IsGoneOnWith(byte? torn) => CutFile(torn, 1);

    private static void CutFile(byte? torn, int step)
    {
        byte[] package = TestMaker.Package(2, 1500);
        long all = Fetch(new UpdatingCab(), package).Files.Written;
        for (long cut = 0; cut < all; cut += step)
        {
            var unit = new UpdatingCab();
            unit.Files.BytesLeft = cut;
            unit.Files.Torn = torn;
            Assert.IsFalse(Survives(() => Fetch(unit, package)), $"cut {cut}");
            Assert.AreEqual(Slots.None, unit.Record().Find(SlotKind.Candidate), $"cut {cut}: nothing that is not proven is a candidate");
            unit.Files.BytesLeft = long.MaxValue;
            unit.Files.Torn = null;
            Finish(unit, package, $"cut {cut}");
        }
    }

    /// <summary>At every byte of the record, with three old incidents before: room, and the candidate.</summary>
    [TestMethod]
    public void Record_CutAtEveryByte_IsGoneOnWith()
    {
        byte[] package = TestMaker.Package(2, 200);
        var counted = new UpdatingCab();
        long before = counted.Cab.Memory.Written;
        long all = Fetch(counted, package).Cab.Memory.Written - before;
        Assert.IsGreaterThan(250, all);
        for (long cut = 0; cut < all; cut += 7)
        {
            var unit = new UpdatingCab();
            unit.Cab.Memory.BytesLeft = cut;
            unit.Cab.Memory.TornByte = (byte)(cut * 7);
            Survives(() => Fetch(unit, package));
            unit.Cab.Memory.BytesLeft = long.MaxValue;
            unit.Cab.Memory.TornByte = null;
            Finish(unit, package, $"cut {cut}");
        }
    }

    /// <summary>What has come before a cut is not asked for again: one part at most, and a head that was in memory.</summary>
    [TestMethod]
    public void Parts_AfterACut_AreThoseThatAreMissing()
    {
        byte[] package = TestMaker.Package(2, 20000);
        var unit = new UpdatingCab();
        unit.Files.BytesLeft = 30 * 516;
        unit.Files.Torn = 0;
        Assert.IsFalse(Survives(() => Fetch(unit, package)));
        unit.Files.BytesLeft = long.MaxValue;
        int sent = unit.Server.Sent.Count;
        unit.Restart().Until(UpdateState.Ready, 3 * 3600);
        CollectionAssert.AreEqual(unit.Server.Sent[sent..], Enumerable.Range(29, 15).Select(i => i * 512).ToList());
        CollectionAssert.AreEqual(package, unit.PackageIn(Slots.A));
    }

    /// <summary>The file has lain there for days: a block of it is not what it was.</summary>
    [TestMethod]
    public void Block_ThatRots_IsAskedForAgain()
    {
        byte[] package = TestMaker.Package(2, 9000);
        var unit = new UpdatingCab();
        unit.Cab.Sensors.Battery = 11000;
        unit.Offer(package).Until(UpdateState.Wait);
        unit.Cab.Run(1000);
        unit.Files.Rot(Slots.A, 516 * 9);
        int sent = unit.Server.Sent.Count;
        unit.Restart();
        unit.Cab.Sensors.Battery = 13500;
        unit.Until(UpdateState.Ready);
        CollectionAssert.Contains(unit.Server.Sent[sent..], 8 * 512);
        CollectionAssert.AreEqual(package, unit.PackageIn(Slots.A));
    }

    /// <summary>What it stored is not what it was given: found at once, three times, and given up.</summary>
    [TestMethod]
    public void FileSystem_ThatStoresOtherBytes_IsGivenUp()
    {
        var unit = new UpdatingCab();
        unit.Files.Garbles = bytes => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)];
        unit.Offer(TestMaker.Package(2)).Until(UpdateState.Failed);
        Assert.AreEqual((PackageRefusal.Storage, Transfer.MaxWrites), (unit.Cab.Unit.Updates.Why, unit.Files.Writes));
        Assert.AreEqual(0, unit.Dark);
    }

    [TestMethod]
    public void FileSystem_ThatTakesNothing_IsGivenUpAndTakenUpByTheNextOffer()
    {
        byte[] package = TestMaker.Package(2);
        var unit = new UpdatingCab();
        unit.Files.IsFull = true;
        unit.Offer(package).Until(UpdateState.Failed);
        CollectionAssert.Contains(unit.Run(1).Cab.Journalled, (IncidentKind.PackageRefused, (long)PackageRefusal.Storage));
        unit.Files.IsFull = false;
        Fetch(unit, package);
    }

    /// <summary>The memory takes nothing: no slot can be emptied, and so none is written.</summary>
    [TestMethod]
    public void Memory_ThatTakesNothing_KeepsItsSlots()
    {
        var unit = new UpdatingCab();
        unit.Offer(TestMaker.Package(2));
        unit.Cab.Memory.RefusesFrom = 0;
        unit.Until(UpdateState.Failed);
        Assert.AreEqual((PackageRefusal.Storage, 0), (unit.Cab.Unit.Updates.Why, unit.Files.Writes));
    }

    private static UpdatingCab Fetch(UpdatingCab unit, byte[] package) => unit.Offer(package).Until(UpdateState.Ready, 4 * 3600);

    /// <summary>The next start goes on by itself; a unit that had not begun to write is offered the package again, as it says nothing of it.</summary>
    private static void Finish(UpdatingCab unit, byte[] package, string what)
    {
        unit.Restart();
        if (!unit.Transfer.IsOpen && unit.Cab.Unit.Updates.State != UpdateState.Ready) unit.Offer(package);
        unit.Until(UpdateState.Ready);
        CollectionAssert.AreEqual(package, unit.PackageIn(unit.Record().Find(SlotKind.Candidate)), what);
        Assert.AreEqual(0, unit.Dark, what);
    }

    private static bool Survives(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (SupplyGoneException)
        {
            return false;
        }
    }
}
