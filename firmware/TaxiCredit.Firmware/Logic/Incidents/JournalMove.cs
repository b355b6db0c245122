using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Incidents;

/// <summary>
/// Moves the journal of a layout before into the ring of now. Layout 1 had 115 places, of which the first five and the last eight are given up, layout 2 had
/// 110, of which the last eight are. It copies one record at a time to a place that nothing needs, and keeps no account: what the memory holds says
/// what is left to do, so that a power loss at any byte only has it begin again. Of a journal that is full, the oldest are given up, and declared lost as
/// if they had been overwritten.
/// </summary>
internal sealed class JournalMove
{
    /// <summary>One less than the ring has, so that a place more than those given up is free to move through.</summary>
    private const int Kept = MemoryMap.JournalRecords - 1;

    private readonly IMemory _memory;

    /// <summary>Address of the first place.</summary>
    private readonly int _begin;

    /// <summary>Places before those of the ring of now.</summary>
    private readonly int _before;
    private readonly byte[] _record = new byte[MemoryMap.RecordSize];

    /// <summary>Sequence number of the record that is needed and lies in a place, 0 for a free place.</summary>
    private readonly uint[] _at;

    /// <param name="memory">Where the journal is.</param>
    /// <param name="layout">Version of the layout that it has.</param>
    public JournalMove(IMemory memory, int layout)
    {
        _memory = memory;
        _begin = layout == MemoryMap.FirstVersion ? MemoryMap.Calibration : MemoryMap.Journal;
        _before = (MemoryMap.Journal - _begin) / MemoryMap.RecordSize;
        _at = new uint[(MemoryMap.Size - _begin) / MemoryMap.RecordSize];
    }

    /// <returns>False when the memory does not answer; nothing is lost, and it can be called again.</returns>
    public bool Run(uint acknowledged)
    {
        if (!TryScan(acknowledged)) return false;

        while (true)
        {
            bool hasMoved = false;
            int misplaced = -1;
            for (int place = 0; place < _at.Length; place++)
            {
                if (_at[place] == 0 || TargetOf(_at[place]) == place) continue;
                misplaced = place;
                int target = TargetOf(_at[place]);
                if (_at[target] != 0) continue;
                if (!TryCopy(place, target)) return false;
                hasMoved = true;
            }

            if (misplaced < 0) return true;

            // Only rings of records are left, each in the other's place: one of them steps aside.
            if (!hasMoved && !TryCopy(misplaced, FreePlace())) return false;
        }
    }

    private int TargetOf(uint sequence) => _before + (int)((sequence - 1) % MemoryMap.JournalRecords);

    private bool TryScan(uint acknowledged)
    {
        var incident = new Incident();
        uint newest = acknowledged;
        for (int place = 0; place < _at.Length; place++)
        {
            if (!_memory.Read(AddressOf(place), _record, MemoryMap.RecordSize)) return false;
            _at[place] = incident.TryGet(_record) ? incident.Sequence : 0;
            if (_at[place] > newest) newest = _at[place];
        }

        for (int place = 0; place < _at.Length; place++)
        {
            uint sequence = _at[place];
            bool isNeeded = sequence > acknowledged && newest - sequence < Kept;
            if (!isNeeded || HasBetter(place)) _at[place] = 0;
        }

        return true;
    }

    /// <summary>A copy that a power loss left: the one in its new place counts, else the first.</summary>
    private bool HasBetter(int place)
    {
        int target = TargetOf(_at[place]);
        if (place == target) return false;
        if (_at[target] == _at[place]) return true;
        for (int before = 0; before < place; before++)
        {
            if (_at[before] == _at[place]) return true;
        }

        return false;
    }

    private int FreePlace()
    {
        int place = 0;
        while (_at[place] != 0) place++;
        return place;
    }

    private bool TryCopy(int from, int to)
    {
        if (!_memory.Read(AddressOf(from), _record, MemoryMap.RecordSize)) return false;
        if (!_memory.Write(AddressOf(to), _record, MemoryMap.RecordSize)) return false;

        _at[to] = _at[from];
        _at[from] = 0;
        return true;
    }

    private int AddressOf(int place) => _begin + (place * MemoryMap.RecordSize);
}
