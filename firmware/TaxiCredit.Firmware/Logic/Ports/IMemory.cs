namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>Byte-addressed non-volatile memory: no erase, no page, a write takes effect byte by byte in ascending order.</summary>
internal interface IMemory
{
    /// <summary>Bytes that can be addressed, from 0.</summary>
    int Size { get; }

    /// <summary>Copies <paramref name="count"/> bytes from <paramref name="address"/> into the start of <paramref name="into"/>.</summary>
    /// <returns>False when the memory did not answer; the content of <paramref name="into"/> is then undefined.</returns>
    bool Read(int address, byte[] into, int count);

    /// <summary>Writes the first <paramref name="count"/> bytes of <paramref name="from"/> to <paramref name="address"/>.</summary>
    /// <returns>False when the memory did not answer. A loss of power may leave any prefix written.</returns>
    bool Write(int address, byte[] from, int count);
}
