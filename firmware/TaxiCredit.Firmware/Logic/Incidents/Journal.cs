using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Incidents;

/// <summary>
/// Ring of records. Record <c>s</c> lies at position <c>(s - 1) mod N</c>: a new one always replaces the oldest, whether
/// acknowledged or not, and a torn one only removes the record that it replaced. Records missing between the
/// acknowledged and the newest are declared, not stored: <see cref="Read"/> returns <see cref="IncidentKind.Lost"/> for it.
/// </summary>
internal sealed class Journal
{
    private readonly IMemory _memory;
    private readonly byte[] _record = new byte[MemoryMap.RecordSize];
    private readonly Incident _found = new Incident();
    private uint _missed;

    public Journal(IMemory memory)
    {
        _memory = memory;
    }

    /// <summary>Sequence number of the newest record; 0 in a new memory.</summary>
    public uint Newest { get; private set; }

    /// <summary>Every record up to it is in the server's database.</summary>
    public uint Acknowledged { get; private set; }

    /// <summary>Every place of the ring has been read: where it continues is known. Before that nothing is written.</summary>
    public bool IsRead { get; private set; }

    /// <summary>False before the journal was read, and after the memory refused a record.</summary>
    public bool IsSafe { get; private set; }

    public uint Backlog => Newest - Acknowledged;

    /// <summary>Finds the newest record.</summary>
    /// <param name="acknowledged">The stored acknowledgement; sequence numbers continue after it even if every record is gone.</param>
    /// <returns>False when a place did not answer.</returns>
    public bool Load(uint acknowledged)
    {
        Acknowledged = acknowledged;
        Newest = acknowledged;
        IsRead = true;
        for (int position = 0; position < MemoryMap.JournalRecords && IsRead; position++)
        {
            IsRead = _memory.Read(AddressOf(position), _record, MemoryMap.RecordSize);
            bool isRecord = IsRead && _found.TryGet(_record) && PositionOf(_found.Sequence) == position;
            if (isRecord && _found.Sequence > Newest) Newest = _found.Sequence;
        }

        IsSafe = IsRead;
        return IsRead;
    }

    /// <summary>Stores a record; its sequence number is set here.</summary>
    /// <returns>False when the memory does not take it.</returns>
    public bool Append(Incident incident)
    {
        incident.Sequence = Newest + _missed + 1;
        incident.Put(_record);
        IsSafe = IsRead && _memory.Write(AddressOf(PositionOf(incident.Sequence)), _record, MemoryMap.RecordSize);
        if (!IsSafe) return false;

        Newest = incident.Sequence;
        _missed = 0;
        return true;
    }

    /// <summary>An incident could not be stored: the next record leaves its number out, so that it is declared lost.</summary>
    public void Miss() => _missed++;

    /// <summary>Takes an acknowledgement.</summary>
    /// <returns>True when it is new; the caller then stores it.</returns>
    public bool TryAcknowledge(long through)
    {
        if (through <= Acknowledged || through > Newest) return false;
        Acknowledged = (uint)through;
        return true;
    }

    /// <summary>
    /// Reads the record of a sequence number. When it is gone, <paramref name="into"/> becomes a declaration of loss that
    /// stands for it and every missing record after it up to the next readable one: <c>Sequence</c> is the last of them,
    /// <c>Arg</c> their number, the time that of the record after them.
    /// </summary>
    /// <returns>False when there is no such record yet, or the journal does not answer.</returns>
    public bool Read(uint sequence, Incident into)
    {
        if (sequence == 0 || sequence > Newest) return false;
        if (!TryReadInto(sequence, into, out bool isThere)) return false;
        if (isThere) return true;

        uint next = NextReadable(sequence);
        if (next == 0 || !TryReadInto(next, into, out isThere) || !isThere) return false;

        into.Sequence = next - 1;
        into.Kind = IncidentKind.Lost;
        into.Arg = next - sequence;
        return true;
    }

    /// <summary>The first readable record after <paramref name="sequence"/>, 0 when there is none, or the memory does not answer.</summary>
    private uint NextReadable(uint sequence)
    {
        uint oldest = Newest > MemoryMap.JournalRecords ? Newest - MemoryMap.JournalRecords + 1 : 1;
        for (uint next = sequence < oldest ? oldest : sequence + 1; next <= Newest; next++)
        {
            if (!TryReadInto(next, _found, out bool isThere)) return 0;
            if (isThere) return next;
        }

        return 0;
    }

    /// <returns>False when the memory does not answer: the record may well be there, and must not be declared lost.</returns>
    private bool TryReadInto(uint sequence, Incident into, out bool isThere)
    {
        bool answers = _memory.Read(AddressOf(PositionOf(sequence)), _record, MemoryMap.RecordSize);
        isThere = answers && into.TryGet(_record) && into.Sequence == sequence;
        return answers;
    }

    private static int PositionOf(uint sequence) => (int)((sequence - 1) % MemoryMap.JournalRecords);

    private static int AddressOf(int position) => MemoryMap.Journal + (position * MemoryMap.RecordSize);
}
