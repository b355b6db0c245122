using System;
using TaxiCredit.Firmware.Logic.Loading;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Update;

namespace TaxiCredit.VirtualCab.Board;

/// <summary>The application that loads, on a virtual board: the device's own start, on images that are text. The factory's program is the cab itself.</summary>
internal sealed class VirtualLoader : IProgramHost
{
    private VirtualProgram _program = VirtualProgram.Factory;

    private VirtualLoader()
    {
    }

    /// <summary>A start, up to the program that runs.</summary>
    /// <param name="memory">Where the record is.</param>
    /// <param name="files">Of the slots.</param>
    /// <param name="isCertainlyClean">The platform knows that the last program did not hang.</param>
    public static VirtualProgram Boot(IMemory memory, IProgramFiles files, bool isCertainlyClean)
    {
        var slots = new Slots(new RetryingMemory(memory), MemoryMap.Programs, new byte[SlotPair.SizeOfSlot(Slots.Capacity)]);
        var host = new VirtualLoader();
        new Starter(slots, files, host).Load(isCertainlyClean);
        return host._program;
    }

    public byte[]? ReadFactory() => [];

    public bool TryLoad(byte[] image, Slot? from)
    {
        VirtualProgram? program = from == null
            ? VirtualProgram.Factory
            : VirtualProgram.Of(image, FormattableString.Invariant($"{from.Major}.{from.Minor}.{from.Patch}"));
        if (program != null) _program = program;
        return program != null;
    }
}
