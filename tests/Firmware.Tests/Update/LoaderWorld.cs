using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Loading;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

/// <summary>
/// A unit with slots, its loader and the programs that it loads, in seconds: images in a file system that survives, the record in a memory whose supply can be
/// cut at any byte.
/// </summary>
internal sealed class LoaderWorld : IProgramHost
{
    public const int Address = 40;

    public LoaderWorld(RamMemory? memory = null)
    {
        Memory = memory ?? new RamMemory(new byte[512]);
    }

    public RamMemory Memory { get; }

    public Slots Slots { get; private set; } = null!;

    public Trial Trial { get; private set; } = null!;

    /// <summary>Slot of the program that runs.</summary>
    public int Running { get; private set; } = Slots.None;

    public RamFiles Files { get; } = new();

    /// <summary>That of the factory; null when the bench forgot it.</summary>
    public byte[]? FactoryImage { get; set; } = Image(99);

    /// <summary>Images that the runtime refuses, though the maker signed them.</summary>
    public HashSet<byte[]> Unloadable { get; } = [];

    /// <summary>What the runtime was given last and took.</summary>
    public byte[]? Loaded { get; private set; }

    public static byte[] Image(int number) => [.. Enumerable.Range(0, 100).Select(i => (byte)(i * number))];

    byte[]? IProgramHost.ReadFactory() => FactoryImage;

    bool IProgramHost.TryLoad(byte[] image, Slot? from)
    {
        if (Unloadable.Any(image.SequenceEqual)) return false;
        Loaded = image;
        return true;
    }

    /// <summary>The device's own start, up to the program that runs.</summary>
    public LoaderWorld Start(bool isCertainlyClean = false)
    {
        Slots = new Slots(Memory, Address, new byte[256]);
        Loaded = null;
        Running = new Starter(Slots, Files, this).Load(isCertainlyClean);
        Trial = new Trial(Slots);
        return this;
    }

    /// <summary>The running program has verified a package and puts it into a slot.</summary>
    public LoaderWorld Install(int number, uint rollback = 1)
    {
        int slot = Slots.MakeRoom();
        Assert.AreNotEqual(Slots.None, slot);
        Put(slot, Image(number));
        Assert.IsTrue(Slots.Offer(slot, ManifestOf(number, rollback), Slots.MaxTries));
        return this;
    }

    /// <summary>The file of a package, with a head that says nothing here.</summary>
    /// <param name="slot">Of the file.</param>
    /// <param name="image">At the end of the package.</param>
    /// <param name="headSize">Bytes before it.</param>
    public void Put(int slot, byte[] image, int headSize = 2594)
    {
        byte[] package = [.. new byte[headSize], .. image];
        var offer = new Offer { Rev = 1, Size = package.Length };
        var file = new SlotFile(Files);
        Files.TryDelete(slot);
        Assert.IsTrue(file.TryWriteOffer(slot, offer));
        for (int block = 0; block < SlotFile.BlocksOf(package.Length); block++)
            Assert.IsTrue(file.TryWriteBlock(slot, offer, block, package, block * SlotFile.BlockSize));
    }

    public static Manifest ManifestOf(int number, uint rollback)
    {
        var manifest = new Manifest { Hardware = 2, Major = number, Rollback = rollback, ImageSize = Image(number).Length };
        Manifest.DigestOf(Image(number)).CopyTo(manifest.Digest, 0);
        return manifest;
    }

    public LoaderWorld Prove()
    {
        Trial.Prove(Trial.Light);
        Trial.Prove(Trial.Broker);
        Trial.Prove(Trial.Message);
        return this;
    }

    /// <summary>The program runs, a second at a time.</summary>
    public LoaderWorld Run(int seconds)
    {
        for (int i = 0; i < seconds; i++) Trial.Run(1);
        return this;
    }

    /// <summary>A unit whose confirmed program is this one.</summary>
    public LoaderWorld Confirmed(int number, uint rollback = 1)
    {
        Start().Install(number, rollback).Start().Prove().Run(600);
        Assert.AreEqual(number, Version(SlotKind.Confirmed));
        Trial.End();
        return this;
    }

    /// <summary>Which program is of this kind, 0 for none.</summary>
    public int Version(int kind) => Slots.Find(kind) == Slots.None ? 0 : Slots.Of(Slots.Find(kind)).Major;

    /// <summary>Which program runs, 0 is that of the factory.</summary>
    public int RunningVersion => Running == Slots.Factory ? 0 : Slots.Of(Running).Major;
}
