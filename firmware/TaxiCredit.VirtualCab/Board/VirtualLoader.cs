using System;
using System.Collections.Generic;
using System.Linq;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>The application that loads, on a virtual board: the loader's own decision, and images that are text.</summary>
internal static class VirtualLoader
{
    /// <summary>A start: chooses a slot, looks at its image, and chooses again while it cannot be loaded.</summary>
    /// <param name="memory">Where the record is.</param>
    /// <param name="files">Of the slots.</param>
    /// <param name="isCertainlyClean">The platform knows that the last program did not hang.</param>
    public static VirtualProgram Boot(IMemory memory, IProgramFiles files, bool isCertainlyClean)
    {
        var slots = new Slots(new RetryingMemory(memory), MemoryMap.Programs, new byte[SlotPair.SizeOfSlot(Slots.Capacity)]);
        var loader = new Loader(slots);
        int slot = loader.Choose(isCertainlyClean);
        while (slot != Slots.Factory)
        {
            Slot chosen = slots.Of(slot);
            string version = FormattableString.Invariant($"{chosen.Major}.{chosen.Minor}.{chosen.Patch}");
            if (ImageOf(files, slot, chosen.ImageSize) is { } image && chosen.IsOf(image) && VirtualProgram.Of(image, version) is { } program) return program;
            slot = loader.ChooseAfter(slot);
        }

        return VirtualProgram.Factory;
    }

    /// <summary>The end of the package that the file holds; null when it is not whole.</summary>
    private static byte[]? ImageOf(IProgramFiles files, int slot, int size)
    {
        var file = new SlotFile(files);
        var offer = new Offer();
        if (!file.TryReadOffer(slot, offer) || offer.Size < size) return null;

        var package = new List<byte>();
        for (int block = 0; block < SlotFile.BlocksOf(offer.Size); block++)
        {
            if (!file.TryReadBlock(slot, offer, block)) return null;
            package.AddRange(file.Content.Take(SlotFile.BytesOf(offer.Size, block)));
        }

        return [.. package.Skip(offer.Size - size)];
    }
}
