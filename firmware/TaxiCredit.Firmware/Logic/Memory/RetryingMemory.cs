using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>
/// The memory behind a bus that loses a transfer now and then: each is tried <see cref="Attempts"/> times. A bus that is stuck may cost a second
/// for each attempt, so that after one transfer that failed for good nothing is tried until <see cref="TryRecover"/> has found it alive.
/// </summary>
internal sealed class RetryingMemory : IMemory
{
    public const int Attempts = 3;

    private readonly IMemory _memory;
    private readonly byte[] _probe = new byte[1];

    public RetryingMemory(IMemory memory)
    {
        _memory = memory;
    }

    public int Size => _memory.Size;

    /// <summary>It does not answer at all, and is left alone.</summary>
    public bool IsDown { get; private set; }

    public bool Read(int address, byte[] into, int count)
    {
        for (int attempt = 0; attempt < Attempts && !IsDown; attempt++)
        {
            if (_memory.Read(address, into, count)) return true;
        }

        IsDown = true;
        return false;
    }

    public bool Write(int address, byte[] from, int count)
    {
        for (int attempt = 0; attempt < Attempts && !IsDown; attempt++)
        {
            if (_memory.Write(address, from, count)) return true;
        }

        // A memory that answers and does not take what is written can still be read.
        IsDown = IsDown || !TryRecover();
        return false;
    }

    /// <summary>One attempt to read a byte.</summary>
    /// <returns>True when the memory answers, and is used again.</returns>
    public bool TryRecover()
    {
        IsDown = !_memory.Read(0, _probe, 1);
        return !IsDown;
    }
}
