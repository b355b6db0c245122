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

    public Journal(IMemory memory)
    {
        _memory = memory;
    }

    /// <summary>Sequence number of the newest record; 0 in a new memory.</summary>
    public uint Newest { get; private set; }

    /// <summary>Every record up to it is in the server's database.</summary>
    public uint Acknowledged { get; private set; }

    /// <summary>False after the memory refused a record.</summary>
    public bool IsSafe { get; private set; } = true;

    public uint Backlog => Newest - Acknowledged;

    /// <summary>Finds the newest record.</summary>
    /// <param name="acknowledged">The stored acknowledgement; sequence numbers continue after it even if every record is gone.</param>
    public void Load(uint acknowledged)
    {
        Acknowledged = acknowledged;
        Newest = acknowledged;
        for (int position = 0; position < MemoryMap.JournalRecords; position++)
        {
            if (TryReadAt(position) && _found.Sequence > Newest && PositionOf(_found.Sequence) == position) Newest = _found.Sequence;
        }
    }

    /// <summary>Stores a record; its sequence number is set here.</summary>
    public void Append(Incident incident)
    {
        incident.Sequence = Newest + 1;
        incident.Put(_record);
        IsSafe = _memory.Write(AddressOf(PositionOf(incident.Sequence)), _record, MemoryMap.RecordSize);
        if (IsSafe) Newest++;
    }

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
        if (TryReadInto(sequence, into)) return true;

        uint next = NextReadable(sequence);
        if (next == 0 || !TryReadInto(next, into)) return false;

        into.Sequence = next - 1;
        into.Kind = IncidentKind.Lost;
        into.Arg = next - sequence;
        return true;
    }

    /// <summary>The first readable record after <paramref name="sequence"/>, 0 when there is none.</summary>
    private uint NextReadable(uint sequence)
    {
        uint oldest = Newest > MemoryMap.JournalRecords ? Newest - MemoryMap.JournalRecords + 1 : 1;
        for (uint next = sequence < oldest ? oldest : sequence + 1; next <= Newest; next++)
        {
            if (TryReadInto(next, _found)) return next;
        }

        return 0;
    }

    private bool TryReadInto(uint sequence, Incident into) =>
        _memory.Read(AddressOf(PositionOf(sequence)), _record, MemoryMap.RecordSize) && into.TryGet(_record) && into.Sequence == sequence;

    private bool TryReadAt(int position) =>
        _memory.Read(AddressOf(position), _record, MemoryMap.RecordSize) && _found.TryGet(_record);

    private static int PositionOf(uint sequence) => (int)((sequence - 1) % MemoryMap.JournalRecords);

    private static int AddressOf(int position) => MemoryMap.Journal + (position * MemoryMap.RecordSize);
}
