using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Analog;

/// <summary>Keeps the calibration in two slots; one that is torn, implausible or of another board is not used.</summary>
internal sealed class CalibrationStore
{
    /// <summary>Version of the content.</summary>
    private const int Tag = 1;

    private readonly IPlatform _platform;
    private readonly SlotPair _slots;
    private readonly byte[] _bytes = new byte[Calibration.Length];
    private readonly Calibration _read = new Calibration();

    public CalibrationStore(IMemory memory, IPlatform platform, byte[] scratch)
    {
        _platform = platform;
        _slots = new SlotPair(memory, MemoryMap.Calibration, MemoryMap.CalibrationCapacity, scratch);
    }

    /// <summary>The values in use; always the same instance.</summary>
    public Calibration Current { get; } = new Calibration();

    /// <summary>False when the memory did not answer.</summary>
    public bool IsSafe { get; private set; } = true;

    /// <summary>Reads the memory: two port calls.</summary>
    /// <returns>A <see cref="CalibrationResult"/>; unless it is <c>Stored</c>, the values in use stay nominal.</returns>
    public int Load()
    {
        int read = _slots.Load();
        IsSafe = read != SlotRead.Unread;
        if (!IsSafe) return CalibrationResult.Refused;
        if (_slots.Length != Calibration.Length || _slots.Tag != Tag) return CalibrationResult.None;

        _read.Get(_slots.Content);
        int result = _read.Board == _platform.BoardId ? Plausible.Judge(_read) : CalibrationResult.Foreign;
        if (result == CalibrationResult.Stored) Current.CopyFrom(_read);
        return result;
    }

    /// <summary>Puts a calibration to use and stores it, if it is plausible.</summary>
    /// <returns>A <see cref="CalibrationResult"/>; unless it is <c>Stored</c>, nothing changed.</returns>
    public int Store(Calibration calibration)
    {
        int result = Plausible.Judge(calibration);
        if (result != CalibrationResult.Stored) return result;

        calibration.Board = _platform.BoardId;
        calibration.Put(_bytes);
        IsSafe = _slots.Store(Tag, _bytes, Calibration.Length);
        if (!IsSafe) return CalibrationResult.Refused;
        Current.CopyFrom(calibration);
        return CalibrationResult.Stored;
    }
}
