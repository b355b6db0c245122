namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>The files of the slots for programs, A and B. What a cut leaves of a file is its file system's affair: nothing here relies on it.</summary>
internal interface IProgramFiles
{
    /// <summary>Reads <paramref name="count"/> bytes from <paramref name="at"/> into the start of <paramref name="into"/>.</summary>
    /// <returns>False when there are not as many, or the file system does not answer; the content of <paramref name="into"/> is then undefined.</returns>
    bool TryRead(int slot, int at, byte[] into, int count);

    /// <summary>
    /// Writes the first <paramref name="count"/> bytes of <paramref name="from"/> to <paramref name="at"/>, and has them stored when it returns; makes the file
    /// where there is none.
    /// </summary>
    /// <returns>False when the file system did not take them.</returns>
    bool TryWrite(int slot, int at, byte[] from, int count);

    /// <summary>Deletes the file, if there is one.</summary>
    /// <returns>False when the file system did not do it.</returns>
    bool TryDelete(int slot);
}
