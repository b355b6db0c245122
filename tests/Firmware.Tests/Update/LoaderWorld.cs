using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Update;

namespace Firmware.Tests.Update;

/// <summary>
/// A unit with slots, its loader and the programs that it loads, in seconds: images in a file system that survives, the record in a memory whose supply can be
/// cut at any byte.
/// </summary>
internal sealed class LoaderWorld
{
    public const int Address = 40;

    private readonly Dictionary<int, byte[]> _files = [];

    public LoaderWorld(RamMemory? memory = null)
    {
        Memory = memory ?? new RamMemory(new byte[512]);
    }

    public RamMemory Memory { get; }

    public Slots Slots { get; private set; } = null!;

    public Trial Trial { get; private set; } = null!;

    /// <summary>Slot of the program that runs.</summary>
    public int Running { get; private set; } = Slots.None;

    public Dictionary<int, byte[]> Files => _files;

    public static byte[] Image(int number) => [.. Enumerable.Range(0, 100).Select(i => (byte)(i * number))];

    /// <summary>The loader's part of a start: reads, chooses, looks at the image, chooses again.</summary>
    public LoaderWorld Start(bool isCertainlyClean = false)
    {
        Slots = new Slots(Memory, Address, new byte[256]);
        var loader = new Loader(Slots);
        int slot = loader.Choose(isCertainlyClean);
        while (slot != Slots.Factory && !(_files.TryGetValue(slot, out byte[]? image) && Slots.Of(slot).IsOf(image))) slot = loader.ChooseAfter(slot);
        Running = slot;
        Trial = new Trial(Slots);
        return this;
    }

    /// <summary>The running program has verified a package and puts it into a slot.</summary>
    public LoaderWorld Install(int number, uint rollback = 1)
    {
        int slot = Slots.MakeRoom();
        Assert.AreNotEqual(Slots.None, slot);
        _files[slot] = Image(number);
        Assert.IsTrue(Slots.Offer(slot, ManifestOf(number, rollback), Loader.MaxTries));
        return this;
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
