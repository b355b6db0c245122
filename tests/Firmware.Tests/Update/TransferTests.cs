using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

/// <summary>From an offer to a candidate, over the wire.</summary>
[TestClass]
public sealed class TransferTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(1)]
    [DataRow(125, DisplayName = "ends in the block of the head")]
    [DataRow(126)]
    [DataRow(127)]
    [DataRow(3000)]
    public void Package_Offered_IsAskedForPartByPartAndBecomesTheCandidate(int bytes)
    {
        byte[] package = TestMaker.Package(2, bytes);
        UpdatingCab unit = new UpdatingCab().Offer(package);
        Assert.AreEqual(UpdateState.Get, unit.Cab.Unit.Updates.State);
        unit.Until(UpdateState.Ready);
        CollectionAssert.AreEqual(Enumerable.Range(0, (package.Length + 511) / 512).Select(i => i * 512).ToArray(), unit.Server.Sent);
        CollectionAssert.AreEqual(package, unit.PackageIn(Slots.A));
        Slots record = unit.Record();
        Assert.AreEqual((Slots.A, Slots.MaxTries), (record.Find(SlotKind.Candidate), record.Tries));
        Assert.IsTrue(record.First.IsOf(TestMaker.Image(2, bytes)));
        Assert.AreEqual($"\"update\":\"ready\",\"offer\":{unit.Rev}", unit.Run(1).Said);
        Assert.AreEqual(0, unit.Dark, "the stars are shown throughout");
    }

    /// <summary>All that a slot can take: the largest image.</summary>
    [TestMethod]
    public void Package_OfTheLargestImage_IsTaken()
    {
        byte[] package = TestMaker.Package(2, Manifest.MaxImageBytes);
        UpdatingCab unit = new UpdatingCab().Offer(package).Until(UpdateState.Ready, 80000);
        CollectionAssert.AreEqual(package, unit.PackageIn(Slots.A));
        Assert.AreEqual(0, unit.Dark);
    }

    /// <summary>The head stays in memory until the maker's signature is proven: nothing that he did not sign empties a slot or wears the flash.</summary>
    [TestMethod]
    [DataRow(PackageRefusal.Signature, DisplayName = "arbitrary software: all keys of the server, and not the maker's")]
    [DataRow(PackageRefusal.Hardware)]
    [DataRow(PackageRefusal.Runtime)]
    [DataRow(PackageRefusal.Form)]
    [DataRow(PackageRefusal.Offer)]
    public void Package_ThatIsNotForThisUnit_IsRefusedBeforeAnythingIsWritten(int refusal)
    {
        byte[] package = refusal switch
        {
            PackageRefusal.Signature => TestMaker.Package(2, isForged: true),
            PackageRefusal.Hardware => TestMaker.Package(2, hardware: 1),
            PackageRefusal.Runtime => TestMaker.Package(2, runtime: 0x53),
            _ => TestMaker.Package(2),
        };
        if (refusal == PackageRefusal.Form) package[0] ^= 1;
        UpdatingCab unit = new UpdatingCab().Offer(package, refusal == PackageRefusal.Offer ? "3.0.0" : null).Until(UpdateState.Failed);
        Assert.AreEqual((0, 0, 5), (unit.Files.Writes, unit.Files.Deletes, unit.Server.Sent.Count));
        Assert.IsFalse(unit.Cab.Unit.Programs.IsKnown, "no slot was emptied");
        Assert.AreEqual($"\"update\":\"failed\",\"offer\":{unit.Rev},\"why\":{refusal}", unit.Run(1).Said);
        CollectionAssert.Contains(unit.Cab.Journalled, (IncidentKind.PackageRefused, (long)refusal));
        Assert.AreEqual(0, unit.Dark);
        Assert.AreEqual(5, unit.Run(900).Server.Sent.Count, "nothing more is asked for");
    }

    [TestMethod]
    [DataRow(4u, false)]
    [DataRow(5u, true)]
    [DataRow(6u, true)]
    public void Rollback_OfAnOlderProgram_IsRefused(uint rollback, bool isTaken)
    {
        var unit = new UpdatingCab();
        unit.Cab.Unit.Programs.Floor = 5;
        unit.Offer(TestMaker.Package(2, rollback: rollback)).Until(isTaken ? UpdateState.Ready : UpdateState.Failed);
        Assert.AreEqual(isTaken ? 0 : PackageRefusal.Rollback, unit.Cab.Unit.Updates.Why);
    }

    /// <summary>Mix and match: the head of one package and the image of another, both genuine.</summary>
    [TestMethod]
    public void MixedPackages_OfOneMaker_AreRefusedAndForgotten()
    {
        byte[] head = TestMaker.Package(2);
        byte[] other = TestMaker.Package(3);
        var unit = new UpdatingCab();
        unit.Server.Sends = (_, at) => (at < 2560 ? head : other)[at..Math.Min(head.Length, at + 512)];
        unit.Offer(head).Until(UpdateState.Failed);
        Assert.AreEqual((PackageRefusal.Image, false), (unit.Cab.Unit.Updates.Why, unit.Files.Has(Slots.A)));
        Assert.AreEqual(Slots.None, unit.Record().Find(SlotKind.Candidate));
        Assert.AreEqual(UpdateState.None, unit.Restart().Cab.Unit.Updates.State);
        unit.Server.Sends = (package, at) => package[at..Math.Min(package.Length, at + 512)];
        unit.Offer(head).Until(UpdateState.Ready);
    }

    /// <summary>Endless data: a part is as long as it has to be, and a package as long as a slot.</summary>
    [TestMethod]
    public void Parts_ThatAreTooLongOrTooShort_AreRefused()
    {
        var unit = new UpdatingCab();
        foreach (int length in new[] { 0, 1, 511, 513, 600 })
        {
            unit.Server.Sends = (package, at) => package[at..(at + length)];
            unit.Offer(TestMaker.Package(2)).Run(5);
            Assert.AreEqual((UpdateState.Get, 0), (unit.Cab.Unit.Updates.State, unit.Transfer.Have), $"{length} bytes");
        }
    }

    [TestMethod]
    [DataRow(-1, true)]
    [DataRow(0, true)]
    [DataRow(1, false)]
    public void Offer_OfMoreThanASlotTakes_IsRefused(int beyond, bool isTaken)
    {
        byte[] package = TestMaker.Package(2);
        int largest = package.Length - 3000 + Manifest.MaxImageBytes;
        var unit = new UpdatingCab();
        unit.Offer(package, size: largest + beyond);
        Assert.AreEqual(isTaken ? UpdateState.Get : UpdateState.None, unit.Cab.Unit.Updates.State);
        if (!isTaken) CollectionAssert.Contains(unit.Cab.Journalled, (IncidentKind.CmdRefused, 3L));
    }

    [TestMethod]
    [DataRow("1.2.3", true)]
    [DataRow("65535.0.65535", true)]
    [DataRow("65536.0.0", false)]
    [DataRow("1.2", false)]
    [DataRow("1.2.3.4", false)]
    [DataRow("01.2.3", false)]
    [DataRow("1..3", false)]
    [DataRow("1.2.x", false)]
    [DataRow("1.2.-3", false)]
    public void Offer_OfAVersion_IsTakenInOneSpelling(string version, bool isTaken)
    {
        UpdatingCab unit = new UpdatingCab().Offer(TestMaker.Package(2), version);
        Assert.AreEqual(isTaken, unit.Transfer.IsOpen);
    }

    /// <summary>A part that nobody asked for: repeated, of another place, of another offer, or when nothing is fetched.</summary>
    [TestMethod]
    public void Parts_ThatWereNotAskedFor_ChangeNothing()
    {
        byte[] package = TestMaker.Package(2);
        var unit = new UpdatingCab();
        unit.Cab.Receive(PlayedServer.UpdateTopic, unit.Server.Chunk(TestCab.Epoch, 0, package[..512]));
        Assert.AreEqual(UpdateState.None, unit.Cab.Unit.Updates.State);
        unit.Offer(package);
        unit.Cab.Receive(PlayedServer.UpdateTopic, unit.Server.Chunk(unit.Rev, 512, package[512..1024]));
        unit.Cab.Receive(PlayedServer.UpdateTopic, unit.Server.Chunk(unit.Rev - 1, 0, package[..512]));
        Assert.AreEqual(0, unit.Transfer.Have);
        for (int i = 0; i < 3; i++) unit.Cab.Receive(PlayedServer.UpdateTopic, unit.Server.Chunk(unit.Rev, 0, package[..512]));
        Assert.AreEqual(512, unit.Transfer.Have);
        int journalled = unit.Cab.Journalled.Length;
        unit.Until(UpdateState.Ready);
        Assert.AreEqual(journalled, unit.Cab.Journalled.Length, "what comes twice is no news");
    }

    /// <summary>Drop: nobody answers. Twelve times in forty minutes, and then not again until the next start.</summary>
    [TestMethod]
    public void Parts_ThatNeverCome_AreAskedForTwelveTimes()
    {
        var unit = new UpdatingCab();
        int asks = 0;
        bool answers = false;
        unit.Server.Sends = (package, at) =>
        {
            asks++;
            return answers ? package[at..Math.Min(package.Length, at + 512)] : null;
        };
        unit.Offer(TestMaker.Package(2, 9000)).Until(UpdateState.Failed, 2 * 3600);
        Assert.AreEqual(PackageRefusal.Silent, unit.Cab.Unit.Updates.Why);
        Assert.IsLessThanOrEqualTo(12 + (2 * 24), asks, "asks, and heartbeats between them");
        asks = 0;
        Assert.AreEqual(0, unit.Run(1800) is var _ ? asks : -1);

        answers = true;
        unit.Offer(TestMaker.Package(2, 9000)).Until(UpdateState.Ready);
    }

    /// <summary>Slow retrieval: what comes now and then is taken, and asked for until it is too old.</summary>
    [TestMethod]
    public void Parts_ThatComeSlowly_AreTakenUntilTheOfferIsTooOld()
    {
        var unit = new UpdatingCab();
        long next = 0;
        unit.Server.Sends = (package, at) =>
        {
            if (unit.Cab.Now < next) return null;
            next = unit.Cab.Now + 1200000;
            return package[at..Math.Min(package.Length, at + 512)];
        };
        unit.Offer(TestMaker.Package(2, 20000)).Run(4 * 3600);
        Assert.AreEqual(UpdateState.Get, unit.Cab.Unit.Updates.State);
        Assert.IsGreaterThan(4000, unit.Transfer.Have);

        // Freeze: a package that is withheld for two weeks is not taken any more, though it is genuine.
        unit.Server.Now = unit.Rev + (14 * 86400) + 1;
        unit.Cab.Receive(Message.AckTopic, Message.Ack(unit.Cab.Unit.Identity.JournalId, 0, now: unit.Server.Now, nonce: unit.Cab.Nonce));
        unit.Run(2);
        Assert.AreEqual((UpdateState.Failed, PackageRefusal.Expired, false), (unit.Cab.Unit.Updates.State, unit.Cab.Unit.Updates.Why, unit.Files.Has(Slots.A)));
    }

    /// <summary>Replay and fast-forward: an offer is a command, and bounded like one.</summary>
    [TestMethod]
    public void Offer_ThatIsRepeatedExpiredOrAhead_IsRefused()
    {
        byte[] package = TestMaker.Package(2);
        var unit = new UpdatingCab();
        byte[] first = unit.Server.Offer(package, unit.Rev + 1, exp: unit.Server.Now - 1);
        unit.Cab.Receive(Message.CmdTopic, first);
        unit.Cab.Receive(Message.CmdTopic, unit.Server.Offer(package, unit.Server.Now + (400 * 86400) + 1));
        Assert.IsFalse(unit.Transfer.IsOpen);
        byte[] good = unit.Server.Offer(package, unit.Rev + 1);
        unit.Cab.Receive(Message.CmdTopic, good);
        Assert.IsTrue(unit.Transfer.IsOpen);
        unit.Until(UpdateState.Ready);
        unit.Cab.Receive(Message.CmdTopic, good);
        Assert.AreEqual(UpdateState.Ready, unit.Run(5).Cab.Unit.Updates.State);
        Assert.AreEqual((IncidentKind.CmdRefused, 5L), unit.Cab.Journalled[^1]);
    }

    [TestMethod]
    public void Unit_WithoutAMakersKey_TakesNoOfferAndSaysSo()
    {
        var unit = new UpdatingCab(files: 1);
        Assert.IsFalse(unit.Offer(TestMaker.Package(2)).Transfer.IsPossible);
        CollectionAssert.Contains(unit.Cab.Journalled, (IncidentKind.CmdRefused, 3L));
        string state = unit.Run(1).Cab.Link.Messages.Last(m => m.Topic.EndsWith("/state", StringComparison.Ordinal)).Json;
        StringAssert.Contains(state, "\"caps\":\"calibrate,lost,nonce\"");
        Assert.AreEqual("", unit.Said);
        CollectionAssert.DoesNotContain(unit.Cab.Link.Subscribed, PlayedServer.UpdateTopic);
    }

    [TestMethod]
    public void Unit_ThatTakesPackages_SaysSoAndSubscribesOnlyWhileItFetches()
    {
        var unit = new UpdatingCab();
        string state = unit.Cab.Link.Messages.Last(m => m.Topic.EndsWith("/state", StringComparison.Ordinal)).Json;
        StringAssert.Contains(state, "\"caps\":\"calibrate,lost,nonce,update\"");
        CollectionAssert.DoesNotContain(unit.Cab.Link.Subscribed, PlayedServer.UpdateTopic);
        unit.Offer(TestMaker.Package(2)).Run(1);
        CollectionAssert.AreEqual(new[] { PlayedServer.UpdateTopic }, unit.Cab.Link.Subscribed);
        unit.Until(UpdateState.Ready);
        unit.Cab.Link.Break();
        unit.Run(5);
        Assert.IsTrue(unit.Cab.Unit.IsOnline);
        CollectionAssert.DoesNotContain(unit.Cab.Link.Subscribed, PlayedServer.UpdateTopic);
    }

    /// <summary>Half of what the unit may cost is left: a rating is answered at once while the largest package is fetched.</summary>
    [TestMethod]
    public void Package_BeingFetched_LeavesHalfOfTheBudgetForEverythingElse()
    {
        var unit = new UpdatingCab();
        unit.Offer(TestMaker.Package(2, Manifest.MaxImageBytes)).Run(3600);
        Assert.AreEqual(UpdateState.Get, unit.Cab.Unit.Updates.State);
        int sent = unit.Cab.Link.Messages.Count;
        unit.Cab.Receive(Message.RatingTopic, Message.Rated(3, TestCab.Epoch + 9));
        unit.Cab.Run(200);
        Assert.IsTrue(unit.Cab.Link.Messages.Skip(sent).Any(m => m.Json.Contains($"\"rev\":{TestCab.Epoch + 9}", StringComparison.Ordinal)));

        long bytes = unit.Cab.Link.Messages.Sum(m => m.Payload.Length + 251L) + (unit.Server.Sent.Count * (1024 + 251L));
        Assert.IsLessThan(65536 + (3600 * 16), bytes, "PROTOCOL.md, Budget");
        Assert.AreEqual(0, unit.Dark);
    }

    [TestMethod]
    [DataRow(Manifest.MaxImageBytes, 12)]
    public void Package_OfTheLargestImage_TakesLessThanADayOfDriving(int bytes, int hours)
    {
        UpdatingCab unit = new UpdatingCab().Offer(TestMaker.Package(2, bytes)).Until(UpdateState.Ready, hours * 3600);
        Assert.IsLessThan(hours * 3600000L, unit.Cab.Now);
        TestContext.WriteLine($"{unit.Cab.Now / 3600000.0:0.0} hours");
    }
}
