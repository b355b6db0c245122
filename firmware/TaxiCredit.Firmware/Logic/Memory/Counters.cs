using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>Counters that survive a restart, stored together.</summary>
internal sealed class Counters
{
    private const int Length = 32;

    private readonly SlotPair _slots;
    private readonly byte[] _bytes = new byte[Length];

    public Counters(IMemory memory, byte[] scratch)
    {
        _slots = new SlotPair(memory, MemoryMap.Counters, MemoryMap.CountersCapacity, scratch);
    }

    /// <summary>Number of starts with this memory, from 1.</summary>
    public uint Boot;

    /// <summary>The server has all incidents up to this one.</summary>
    public uint Acknowledged;

    /// <summary>Revision of the last command that was carried out.</summary>
    public long CmdRev;

    /// <summary>Floor of the wall clock when it was stored, unix seconds.</summary>
    public long TimeFloor;

    /// <summary>Key epoch in use; 0 until the unit is provisioned.</summary>
    public int Epoch;

    /// <summary>Whether the previous epoch is no longer valid.</summary>
    public bool IsEpochConfirmed;

    /// <summary>Watchdog resets in a row while a connection was being made.</summary>
    public int Stalls;

    /// <summary>Whether a connection is being made; still set after a reset that ended it.</summary>
    public bool IsConnecting;

    /// <summary>How this start is about to end, one of <see cref="ResetCause"/>; <c>Unknown</c> while it runs normally.</summary>
    public int Ending;

    public bool IsSafe { get; private set; } = true;

    /// <summary>Resets all to the values of a wiped memory.</summary>
    public void Clear()
    {
        Boot = 0;
        Acknowledged = 0;
        CmdRev = 0;
        TimeFloor = 0;
        Epoch = 0;
        IsEpochConfirmed = false;
        Stalls = 0;
        IsConnecting = false;
        Ending = ResetCause.Unknown;
        IsSafe = _slots.Load();
    }

    /// <summary>Two port calls. In a new memory all are 0.</summary>
    public void Load()
    {
        IsSafe = _slots.Load();
        if (_slots.Length != Length) return;

        byte[] bytes = _slots.Content;
        Boot = Bytes.GetUInt32(bytes, 0);
        Acknowledged = Bytes.GetUInt32(bytes, 4);
        CmdRev = Bytes.GetInt64(bytes, 8);
        TimeFloor = Bytes.GetInt64(bytes, 16);
        Epoch = Bytes.GetUInt16(bytes, 24);
        IsEpochConfirmed = bytes[26] != 0;
        Stalls = Bytes.GetUInt16(bytes, 28);
        IsConnecting = bytes[30] != 0;
        Ending = bytes[31];
    }

    /// <summary>
    /// Works out why this start happened where the platform cannot tell: a reset by an external watchdog looks like power-up to the
    /// processor. The last start stored its ending when it saw it coming; if it stored none, it hung.
    /// </summary>
    /// <param name="platform">What the platform tells, one of <see cref="ResetCause"/>.</param>
    public int CauseOfStart(int platform)
    {
        if (platform != ResetCause.Unknown) return platform;
        if (Ending != ResetCause.Unknown) return Ending;
        return Boot == 0 ? ResetCause.Power : ResetCause.Watchdog;
    }

    public void StoreEnding(int cause)
    {
        Ending = cause;
        Store();
    }

    public void Store()
    {
        Bytes.PutUInt32(_bytes, 0, Boot);
        Bytes.PutUInt32(_bytes, 4, Acknowledged);
        Bytes.PutInt64(_bytes, 8, CmdRev);
        Bytes.PutInt64(_bytes, 16, TimeFloor);
        Bytes.PutUInt16(_bytes, 24, Epoch);
        _bytes[26] = (byte)(IsEpochConfirmed ? 1 : 0);
        Bytes.PutUInt16(_bytes, 28, Stalls);
        _bytes[30] = (byte)(IsConnecting ? 1 : 0);
        _bytes[31] = (byte)Ending;
        IsSafe = _slots.Store(0, _bytes, Length);
    }
}
