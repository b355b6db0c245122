using Firmware.Tests.Bench;
using Firmware.Tests.Update;
using TaxiCredit.Firmware.Logic.Loading;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Loading;

/// <summary>The device's own start, from the record to an image that the runtime has taken.</summary>
[TestClass]
public sealed class StarterTests
{
    [TestMethod]
    public void Start_OfABlankMemory_LoadsTheFactorysAndWritesNothing()
    {
        LoaderWorld unit = new LoaderWorld().Start();
        Assert.AreEqual((Slots.Factory, 0L), (unit.Running, unit.Memory.Written));
        CollectionAssert.AreEqual(unit.FactoryImage, unit.Loaded);
    }

    /// <summary>The memory is silent for this start alone: the confirmed program is loaded again after it.</summary>
    [TestMethod]
    public void Start_WithAMemoryThatDoesNotAnswer_LoadsTheFactorysForThisStart()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1);
        unit.Memory.IsDead = true;
        Assert.AreEqual(Slots.Factory, unit.Start().Running);
        unit.Memory.IsDead = false;
        Assert.AreEqual(1, unit.Start().RunningVersion);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Start_WithoutAFactorysImage_LoadsNothing(bool isThere)
    {
        var unit = new LoaderWorld();
        if (isThere) unit.Unloadable.Add(unit.FactoryImage!);
        else unit.FactoryImage = null;
        Assert.AreEqual((Slots.None, true), (unit.Start().Running, unit.Loaded == null));
    }

    /// <summary>A bench that forgot the factory's image, and a unit that does without: what is confirmed runs.</summary>
    [TestMethod]
    public void Start_WithoutAFactorysImage_LoadsTheConfirmed()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1);
        unit.FactoryImage = null;
        Assert.AreEqual(1, unit.Start().RunningVersion);
        CollectionAssert.AreEqual(LoaderWorld.Image(1), unit.Loaded);
    }

    [TestMethod]
    public void Image_ThatTheRuntimeRefuses_IsGivenUpAtOnce()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        unit.Unloadable.Add(LoaderWorld.Image(2));
        Assert.AreEqual((1, WentBack.Image), (unit.Start().RunningVersion, unit.Slots.WentBack));
        CollectionAssert.AreEqual(LoaderWorld.Image(1), unit.Loaded);
    }

    /// <summary>The head of a package of another key is longer or shorter; the image is what lies at the end, wherever blocks part it.</summary>
    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(1, 511)]
    [DataRow(511, 1)]
    [DataRow(511, 2)]
    [DataRow(512, 512)]
    [DataRow(2434, 513)]
    [DataRow(2594, 1024)]
    [DataRow(2594, Manifest.MaxImageBytes)]
    public void Image_WhereverItBegins_IsReadToTheLastByte(int headSize, int imageSize)
    {
        byte[] image = TestMaker.Image(imageSize, imageSize);
        var unit = new LoaderWorld();
        unit.Put(Slots.A, image, headSize);
        CollectionAssert.AreEqual(image, ImageFile.Read(unit.Files, Slots.A, imageSize));
    }

    /// <summary>Of a record or a file that says what cannot be, no memory is taken and nothing is read beyond the end.</summary>
    [TestMethod]
    [DataRow(-1, 3000u)]
    [DataRow(0, 3000u)]
    [DataRow(Manifest.MaxImageBytes + 1, 80000u)]
    [DataRow(100, 99u)]
    [DataRow(100, 0u)]
    [DataRow(100, 2695u)]
    [DataRow(100, 100001u)]
    [DataRow(100, uint.MaxValue)]
    public void Image_OfASizeThatCannotBe_IsNone(int imageSize, uint packageSize)
    {
        var unit = new LoaderWorld();
        unit.Put(Slots.A, LoaderWorld.Image(2));
        BitConverter.GetBytes(packageSize).CopyTo(unit.Files[Slots.A], SlotLayout.PrefixSize + SlotLayout.SizeInOffer);

        // Its last block ends with the file: a package that is a byte longer has no byte there.
        Assert.IsNull(ImageFile.Read(unit.Files, Slots.A, imageSize));
    }

    /// <summary>Cut at each byte: none of what is left is loaded.</summary>
    [TestMethod]
    public void File_CutAtAnyByte_IsNotLoaded()
    {
        LoaderWorld whole = new LoaderWorld().Start().Install(2);
        byte[] file = whole.Files[Slots.A];
        for (int length = 0; length < file.Length; length++)
        {
            LoaderWorld unit = new LoaderWorld().Start().Install(2);
            unit.Files.TryDelete(Slots.A);
            Assert.IsTrue(unit.Files.TryWrite(Slots.A, 0, file, length));
            Assert.AreEqual((Slots.Factory, WentBack.Image), (unit.Start().Running, unit.Slots.WentBack), $"length {length}");
        }
    }

    /// <summary>Throws in <c>Main</c> or hangs: to the record both are a start of which nothing more is heard. Three, and the way back.</summary>
    [TestMethod]
    public void Candidate_ThatNeverSaysItsEnd_IsLoadedThreeTimes()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        var loaded = new List<int>();
        for (int start = 0; start < 6; start++) loaded.Add(unit.Start().RunningVersion);
        CollectionAssert.AreEqual(new[] { 2, 2, 2, 1, 1, 1 }, loaded);
    }

    /// <summary>The unit slept: whatever its record says of the end, it has not hung.</summary>
    [TestMethod]
    public void Candidate_ThatSlept_HasItsTryBack()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        for (int start = 0; start < 20; start++) Assert.AreEqual(2, unit.Start(isCertainlyClean: start > 0).RunningVersion, $"start {start}");
        Assert.AreEqual(Slots.MaxTries - 1, unit.Slots.Tries);
    }

    /// <summary>The try is stored before the file is looked at: a supply that goes while an image is read has cost it, and no more.</summary>
    [TestMethod]
    public void Try_IsStoredBeforeTheImageIsRead()
    {
        LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
        var slots = new Slots(unit.Memory, LoaderWorld.Address, new byte[256]);
        Assert.Throws<SupplyGoneException>(() => new Starter(slots, new GoneFiles(), unit).Load(false));
        Assert.AreEqual((2, Slots.MaxTries - 2), (unit.Start().RunningVersion, unit.Slots.Tries));
    }

    /// <summary>Both slots hold rubbish, and the supply goes at each byte that is written to give them up: the factory's is loaded next.</summary>
    [TestMethod]
    public void Start_OfRubbishInBothSlots_CutAtEveryByteReachesTheFactorys()
    {
        static LoaderWorld Rubbish()
        {
            LoaderWorld unit = new LoaderWorld().Confirmed(1).Start().Install(2);
            unit.Files.TryDelete(Slots.A);
            unit.Files.Rot(Slots.B, unit.Files[Slots.B].Length - 1);
            return unit;
        }

        LoaderWorld counted = Rubbish();
        long before = counted.Memory.Written;
        Assert.AreEqual(Slots.Factory, counted.Start().Running);
        long bytes = counted.Memory.Written - before;
        Assert.IsGreaterThan(300, bytes);
        for (long cut = 0; cut < bytes; cut++)
        {
            LoaderWorld unit = Rubbish();
            unit.Memory.BytesLeft = cut;
            Assert.Throws<SupplyGoneException>(() => unit.Start(), $"cut {cut}");
            unit.Memory.BytesLeft = long.MaxValue;
            Assert.AreEqual(Slots.Factory, unit.Start().Running, $"cut {cut}");
        }
    }

    private sealed class GoneFiles : TaxiCredit.Firmware.Logic.Ports.IProgramFiles
    {
        public bool TryRead(int slot, int at, byte[] into, int count) => throw new SupplyGoneException();

        public bool TryWrite(int slot, int at, byte[] from, int count) => throw new SupplyGoneException();

        public bool TryDelete(int slot) => throw new SupplyGoneException();
    }
}
