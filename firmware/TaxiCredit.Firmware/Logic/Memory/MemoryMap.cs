namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>
/// Layout 3 of the 8 kB of non-volatile memory. Another layout has another <see cref="Version"/>, and a way here from every layout before it:
/// units on the road keep their memory when they are given another program.
/// </summary>
internal static class MemoryMap
{
    public const int Size = 8192;

    /// <summary>Tag of the identity. A layout that is being moved still has the tag of the old one.</summary>
    public const int Version = 3;

    /// <summary>The first layout: the journal had the places of <see cref="Calibration"/> and of <see cref="Programs"/> too, and 115 records.</summary>
    public const int FirstVersion = 1;

    public const int IdentityCapacity = 96;
    public const int CountersCapacity = 64;
    public const int MessageCapacity = 1024;
    public const int CalibrationCapacity = 64;

    public const int Identity = 0;
    public const int Counters = Identity + (2 * (IdentityCapacity + 12));
    public const int Rating = Counters + (2 * (CountersCapacity + 12));
    public const int Config = Rating + (2 * (MessageCapacity + 12));

    /// <summary>Two slots for what the light measurement was calibrated to; all zero where nothing was.</summary>
    public const int Calibration = Config + (2 * (MessageCapacity + 12));

    /// <summary>
    /// Two slots for which program is loaded, at the end of the memory and there for ever: a loader that is older than this layout, or younger, reads them too.
    /// </summary>
    public const int Programs = Size - ProgramsSize;

    /// <summary>Twice a slot of 120 bytes, rounded up to whole records of the journal.</summary>
    public const int ProgramsSize = 256;

    /// <summary>The journal begins at a multiple of its record size and takes the rest.</summary>
    public const int Journal = ((Calibration + (2 * (CalibrationCapacity + 12)) + 31) / 32) * 32;

    public const int RecordSize = 32;
    public const int JournalRecords = (Programs - Journal) / RecordSize;
}
