using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>
/// What the loader and the programs that it loads know of each other, in one record that is replaced as a whole: a power loss leaves the one before or this
/// one. The loader never changes, so its form is for ever. Slots are numbered: 0 is the program of the factory, of which nothing is kept, 1 is A, 2 is B.
/// </summary>
internal sealed class Slots
{
    public const int Factory = 0;
    public const int A = 1;
    public const int B = 2;

    /// <summary>No slot: nothing has been loaded yet.</summary>
    public const int None = 255;

    /// <summary>Starts that may end badly before a candidate is given up.</summary>
    public const int MaxTries = 3;

    public const int Capacity = (2 * Slot.Size) + 14;

    private const int Version = 1;
    private const int TrialAt = 2 * Slot.Size;

    private readonly SlotPair _pair;
    private readonly byte[] _bytes = new byte[Capacity];

    /// <param name="memory">Where the record is.</param>
    /// <param name="address">First byte of its two places.</param>
    /// <param name="scratch">Working space for <see cref="SlotPair"/>.</param>
    public Slots(IMemory memory, int address, byte[] scratch)
    {
        _pair = new SlotPair(memory, address, Capacity, scratch);
    }

    /// <summary>Slots A and B.</summary>
    public readonly Slot First = new Slot();

    public readonly Slot Second = new Slot();

    /// <summary>Slot that was loaded last.</summary>
    public int Loaded = None;

    /// <summary>The program that was loaded last saw its end coming: a supply or an ignition that went, a restart that it wanted itself.</summary>
    public bool HasEnded;

    /// <summary>Starts that the candidate has left.</summary>
    public int Tries;

    /// <summary>Starts of the confirmed program in a row that ended badly, and the one that runs.</summary>
    public int Failures;

    /// <summary>Seconds that the candidate has run, over all its starts.</summary>
    public uint Seconds;

    /// <summary>What the candidate has proven, bits of <see cref="Trial"/>.</summary>
    public int Proofs;

    /// <summary>Highest anti-rollback number that was confirmed.</summary>
    public uint Floor;

    /// <summary>Why a program was given up, one of <see cref="Update.WentBack"/>, until it has been told.</summary>
    public int WentBack;

    /// <summary>False when the memory did not answer; nothing is stored then.</summary>
    public bool IsRead => _pair.Read != SlotRead.Unread;

    /// <summary>There is a record. In a memory without one its place may still be the journal's, which is not the loader's to write.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Slot with this kind of program, or <see cref="None"/>.</summary>
    public int Find(int kind) => First.Kind == kind ? A : Second.Kind == kind ? B : None;

    /// <param name="slot"><see cref="A"/> or <see cref="B"/>.</param>
    public Slot Of(int slot) => slot == A ? First : Second;

    /// <summary>
    /// Slot for the next package, emptied before a byte of its file is changed: never that of the confirmed program. What ran there counts no more.
    /// </summary>
    /// <returns><see cref="None"/> when the memory does not take it.</returns>
    public int MakeRoom()
    {
        int slot = First.Kind == SlotKind.Confirmed ? B : A;
        Of(slot).Kind = SlotKind.Empty;
        if (Loaded == slot) Loaded = None;
        return Store() ? slot : None;
    }

    /// <summary>
    /// The file of a slot holds the image of a package that the maker signed, read back and compared: it is tried from the next start on, and another candidate
    /// is not.
    /// </summary>
    /// <returns>False when the memory does not take it; nothing has changed then.</returns>
    public bool Offer(int slot, Manifest manifest, int tries)
    {
        Slot other = Of(slot == A ? B : A);
        bool isReplaced = other.Kind == SlotKind.Candidate;
        if (isReplaced) other.Kind = SlotKind.Empty;
        Of(slot).Take(manifest);
        Tries = tries;
        Seconds = 0;
        Proofs = 0;
        if (Store()) return true;

        Of(slot).Kind = SlotKind.Empty;
        if (isReplaced) other.Kind = SlotKind.Candidate;
        return false;
    }

    /// <summary>Two port calls. A blank memory knows of no program but that of the factory.</summary>
    /// <returns>False when the memory did not answer.</returns>
    public bool Load()
    {
        IsKnown = _pair.Load() == SlotRead.Found && _pair.Tag == Version && _pair.Length == Capacity;
        if (!IsKnown) return IsRead;

        byte[] bytes = _pair.Content;
        First.Read(bytes, 0);
        Second.Read(bytes, Slot.Size);
        Loaded = bytes[TrialAt];
        HasEnded = bytes[TrialAt + 1] != 0;
        Tries = bytes[TrialAt + 2];
        Failures = bytes[TrialAt + 3];
        Proofs = bytes[TrialAt + 4];
        WentBack = bytes[TrialAt + 5];
        Seconds = Bytes.GetUInt32(bytes, TrialAt + 6);
        Floor = Bytes.GetUInt32(bytes, TrialAt + 10);
        return true;
    }

    /// <returns>False when the memory does not hold it.</returns>
    public bool Store()
    {
        First.Write(_bytes, 0);
        Second.Write(_bytes, Slot.Size);
        _bytes[TrialAt] = (byte)Loaded;
        _bytes[TrialAt + 1] = (byte)(HasEnded ? 1 : 0);
        _bytes[TrialAt + 2] = (byte)Tries;
        _bytes[TrialAt + 3] = (byte)Failures;
        _bytes[TrialAt + 4] = (byte)Proofs;
        _bytes[TrialAt + 5] = (byte)WentBack;
        Bytes.PutUInt32(_bytes, TrialAt + 6, Seconds);
        Bytes.PutUInt32(_bytes, TrialAt + 10, Floor);
        bool isStored = _pair.Store(Version, _bytes, Capacity);
        IsKnown = IsKnown || isStored;
        return isStored;
    }
}
