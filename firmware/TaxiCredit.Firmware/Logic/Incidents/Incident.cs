using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Incidents;

/// <summary>
/// One record of the journal. Instances are reused.
/// <code>
/// sequence (4) | kind (1) | 1 = time is known (1) | 0 (2) | time, or uptime in s (8) | start (4) | arg (8) | CRC-32 (4)
/// </code>
/// </summary>
internal sealed class Incident
{
    public uint Sequence;
    public int Kind;

    /// <summary>Whether <see cref="Time"/> is unix seconds; else it is seconds since the start <see cref="Boot"/>.</summary>
    public bool IsTimeKnown;
    public long Time;
    public uint Boot;
    public long Arg;

    public void Put(byte[] record)
    {
        Bytes.PutUInt32(record, 0, Sequence);
        record[4] = (byte)Kind;
        record[5] = (byte)(IsTimeKnown ? 1 : 0);
        Bytes.PutUInt16(record, 6, 0);
        Bytes.PutInt64(record, 8, Time);
        Bytes.PutUInt32(record, 16, Boot);
        Bytes.PutInt64(record, 20, Arg);
        Bytes.PutUInt32(record, 28, Crc32.Of(record, 0, 28));
    }

    /// <returns>False when the record is torn, corrupt or was never written.</returns>
    public bool TryGet(byte[] record)
    {
        Sequence = Bytes.GetUInt32(record, 0);
        Kind = record[4];
        IsTimeKnown = record[5] != 0;
        Time = Bytes.GetInt64(record, 8);
        Boot = Bytes.GetUInt32(record, 16);
        Arg = Bytes.GetInt64(record, 20);
        return Sequence != 0 && Kind > 0 && Kind < IncidentKind.Count && Bytes.GetUInt32(record, 28) == Crc32.Of(record, 0, 28);
    }
}
