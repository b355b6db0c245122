using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>Counters that survive a restart, stored together and in both slots.</summary>
internal sealed class Counters
{
    private const int Length = 48;

    /// <summary>In the layout before: the epoch in use and whether it was confirmed, and nothing after <see cref="Ending"/>.</summary>
    private const int LengthBefore = 32;

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

    /// <summary>Key epoch that the unit was provisioned with; 0 until it is. The stored config may have announced a later one.</summary>
    public int Epoch;

    /// <summary>Latest key epoch of which a message has been seen: the epochs before it are no longer valid. 0 when the server was never heard.</summary>
    public int ConfirmedEpoch;

    /// <summary>Watchdog resets in a row while a connection was being made.</summary>
    public int Stalls;

    /// <summary>Whether a connection is being made; still set after a reset that ended it.</summary>
    public bool IsConnecting;

    /// <summary>How this start is about to end, one of <see cref="ResetCause"/>; <c>Unknown</c> while it runs normally.</summary>
    public int Ending;

    /// <summary>Seconds of operation for which the rating <see cref="HoldRev"/> went without a confirmation by the link.</summary>
    public long HoldSpent;

    public long HoldRev;

    /// <summary>Whether the memory was read, and holds the counters in both slots.</summary>
    public bool IsSafe { get; private set; } = true;

    /// <summary>False when the memory did not answer; nothing is stored then.</summary>
    public bool IsRead => _slots.Read != SlotRead.Unread;

    /// <summary>Resets all to the values of a wiped memory.</summary>
    public void Clear()
    {
        Boot = 0;
        Acknowledged = 0;
        CmdRev = 0;
        TimeFloor = 0;
        Epoch = 0;
        ConfirmedEpoch = 0;
        Stalls = 0;
        IsConnecting = false;
        Ending = ResetCause.Unknown;
        HoldSpent = 0;
        HoldRev = 0;
        _slots.Load();
        IsSafe = IsRead;
    }

    /// <summary>
    /// Two port calls. In a new memory all are 0. A memory that is read late, after the start: what has been counted meanwhile is kept where it is
    /// further.
    /// </summary>
    /// <returns>One of <see cref="SlotRead"/>.</returns>
    public int Load()
    {
        IsSafe = _slots.Load() != SlotRead.Unread;
        if (!IsRead) return SlotRead.Unread;
        if (_slots.Length != Length && _slots.Length != LengthBefore) return _slots.Read;

        byte[] bytes = _slots.Content;
        Boot += Bytes.GetUInt32(bytes, 0);
        Acknowledged = Bytes.GetUInt32(bytes, 4);
        CmdRev = Later(CmdRev, Bytes.GetInt64(bytes, 8));
        TimeFloor = Later(TimeFloor, Bytes.GetInt64(bytes, 16));
        Epoch = (int)Later(Epoch, Bytes.GetUInt16(bytes, 24));
        ConfirmedEpoch = (int)Later(ConfirmedEpoch, Bytes.GetUInt16(bytes, 26));
        Stalls = Bytes.GetUInt16(bytes, 28);
        IsConnecting = bytes[30] != 0;
        Ending = bytes[31];
        if (_slots.Length == LengthBefore)
        {
            ReadBefore(bytes);
            return _slots.Read;
        }

        HoldSpent = Bytes.GetUInt32(bytes, 32);
        HoldRev = Bytes.GetInt64(bytes, 36);
        return _slots.Read;
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
        Bytes.PutUInt16(_bytes, 26, ConfirmedEpoch);
        Bytes.PutUInt16(_bytes, 28, Stalls);
        _bytes[30] = (byte)(IsConnecting ? 1 : 0);
        _bytes[31] = (byte)Ending;
        Bytes.PutUInt32(_bytes, 32, (uint)HoldSpent);
        Bytes.PutInt64(_bytes, 36, HoldRev);
        IsSafe = _slots.StoreTwice(0, _bytes, Length);
    }

    private static long Later(long a, long b) => a > b ? a : b;

    /// <summary>The layout before stored the epoch that a config had announced; here only the config itself says it.</summary>
    private void ReadBefore(byte[] bytes)
    {
        int epoch = Bytes.GetUInt16(bytes, 24);
        bool isConfirmed = bytes[26] != 0;
        Epoch = isConfirmed || epoch == 0 ? epoch : epoch - 1;
        ConfirmedEpoch = Epoch;
        HoldSpent = 0;
        HoldRev = 0;
    }
}
