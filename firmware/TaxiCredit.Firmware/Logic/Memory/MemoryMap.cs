namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>
/// Layout 2 of the 8 kB of non-volatile memory. Another layout has another <see cref="Version"/>, and a way here from every layout before it:
/// units on the road keep their memory when they are given another program.
/// </summary>
internal static class MemoryMap
{
    public const int Size = 8192;

    /// <summary>Tag of the identity. A layout that is being moved still has the tag of the old one.</summary>
    public const int Version = 2;

    /// <summary>The layout before: the journal had the places of <see cref="Calibration"/> too, and 115 records.</summary>
    public const int VersionBefore = 1;

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

    /// <summary>The journal begins at a multiple of its record size and takes the rest.</summary>
    public const int Journal = ((Calibration + (2 * (CalibrationCapacity + 12)) + 31) / 32) * 32;

    public const int RecordSize = 32;
    public const int JournalRecords = (Size - Journal) / RecordSize;
}
