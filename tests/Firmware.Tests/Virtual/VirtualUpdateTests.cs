using System.Security.Cryptography;
using Firmware.Tests.Bench;
using Firmware.Tests.Update;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.VirtualCab;
using TaxiCredit.VirtualCab.Board;

namespace Firmware.Tests.Virtual;

/// <summary>A virtual cab whose slot files hold a candidate.</summary>
[TestClass]
public sealed class VirtualUpdateTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("update-").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, true);

    [TestMethod]
    public void Candidate_ThatRuns_IsWhatTheCabRuns()
    {
        Install(VirtualProgram.ImageOf(VirtualProgram.Kind.Runs, 900));
        using Cab cab = Run(60);
        Assert.AreEqual(("2.0.0", UpdateState.Trial), (cab.Version, cab.Unit.Updates.State));
        Assert.IsTrue(cab.Unit.Updates.Transfer.IsPossible);
    }

    /// <summary>Its own death, three times: two seconds each, or the watchdog's time.</summary>
    [TestMethod]
    [DataRow(VirtualProgram.Kind.Throws, WentBack.Tries, 10)]
    [DataRow(VirtualProgram.Kind.Hangs, WentBack.Tries, 300)]
    [DataRow(null, WentBack.Image, 10)]
    public void Candidate_ThatDoesNotRun_IsGivenUpForTheFactorysAndTold(object? kind, int why, int seconds)
    {
        Install(kind is VirtualProgram.Kind behaviour ? VirtualProgram.ImageOf(behaviour, 900) : TestMaker.Image(2, 900));
        using Cab cab = Run(seconds);
        Assert.AreEqual((VirtualProgram.Factory.Version, UpdateState.Failed, 20 + why), (cab.Version, cab.Unit.Updates.State, cab.Unit.Updates.Why));
        var incident = new Incident();
        bool isTold = false;
        for (uint i = 1; cab.Unit.Journal.Read(i, incident); i++) isTold |= (incident.Kind, incident.Arg) == (IncidentKind.WentBack, why);
        Assert.IsTrue(isTold);
    }

    /// <summary>A file that is cut is as good as none.</summary>
    [TestMethod]
    public void Candidate_WhoseFileIsCut_IsGivenUp()
    {
        Install(VirtualProgram.ImageOf(VirtualProgram.Kind.Runs, 900));
        using (FileStream file = File.OpenWrite(Path.Combine(_folder, "slot-a.bin"))) file.SetLength(file.Length - 1);
        using Cab cab = Run(5);
        Assert.AreEqual((VirtualProgram.Factory.Version, 20 + WentBack.Image), (cab.Version, cab.Unit.Updates.Why));
    }

    [TestMethod]
    public void Cab_WithoutAMaker_TakesNoPackages()
    {
        using Cab cab = Run(5);
        Assert.IsFalse(cab.Unit.Updates.Transfer.IsPossible);
    }

    [TestMethod]
    public void Cab_WithAMakerThatIsNone_DoesNotStart()
    {
        File.WriteAllText(Path.Combine(_folder, "maker.pub"), "00");
        Assert.ThrowsExactly<InvalidDataException>(() => Run(5));
    }

    private void Install(byte[] image)
    {
        File.WriteAllText(Path.Combine(_folder, "maker.pub"), Convert.ToHexStringLower(TestMaker.PublicKey) + "\n");
        byte[] package = TestMaker.Sign(image, 2);
        var offer = new Offer { Rev = TestCab.Epoch, Size = package.Length, Major = 2, IsInstalled = true };
        SHA256.HashData(package).CopyTo(offer.Package, 0);
        var file = new SlotFile(new SlotFiles(_folder));
        Assert.IsTrue(file.TryWriteOffer(Slots.A, offer));
        for (int block = 0; block < SlotFile.BlocksOf(package.Length); block++)
            Assert.IsTrue(file.TryWriteBlock(Slots.A, offer, block, package, block * SlotFile.BlockSize));

        var manifest = new Manifest();
        Assert.AreEqual(PackageRefusal.None, manifest.Read(package, package.Length));
        using var memory = new FileMemory(Path.Combine(_folder, "fram.bin"));
        var slots = new Slots(memory, MemoryMap.Programs, new byte[256]);
        Assert.IsTrue(slots.Load() && slots.Offer(Slots.A, manifest, Slots.MaxTries));
    }

    private Cab Run(int seconds)
    {
        string config = Path.Combine(_folder, "config.json");
        File.WriteAllText(config, """
            {"v":1,"id":"disp-0001","key":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8","epoch":1,"broker":"localhost","port":21883,"tls":false}
            """);
        var time = new SimulatedTime(DateTimeOffset.UnixEpoch.AddSeconds(TestCab.Epoch));
        var cab = new Cab(config, new LinkSettings(1000, IsAbsent: true), time);
        cab.Simulate(time, Scenario.None, seconds);
        return cab;
    }
}
