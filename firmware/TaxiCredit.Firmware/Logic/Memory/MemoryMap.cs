namespace TaxiCredit.Firmware.Logic.Memory;

/// <summary>Layout of the 8 kB of non-volatile memory. Changing it makes old memories unreadable: raise <see cref="Version"/>.</summary>
internal static class MemoryMap
{
    public const int Size = 8192;
    public const int Version = 1;

    public const int IdentityCapacity = 96;
    public const int CountersCapacity = 64;
    public const int MessageCapacity = 1024;
    public const int CalibrationCapacity = 64;

    public const int Identity = 0;
    public const int Counters = Identity + (2 * (IdentityCapacity + 12));
    public const int Rating = Counters + (2 * (CountersCapacity + 12));
    public const int Config = Rating + (2 * (MessageCapacity + 12));

    public const int Calibration = Config + (2 * (MessageCapacity + 12));

    /// <summary>The journal begins at a multiple of its record size and takes the rest.</summary>
    public const int Journal = ((Calibration + (2 * (CalibrationCapacity + 12)) + 31) / 32) * 32;

    public const int RecordSize = 32;
    public const int JournalRecords = (Size - Journal) / RecordSize;
}
