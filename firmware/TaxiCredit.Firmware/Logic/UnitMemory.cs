using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Ratings;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic;

/// <summary>
/// All that a unit keeps, and how it comes back after a start. A memory that was read and is blank is formatted; one of a layout before is moved;
/// one that does not answer is not touched: the unit works without it, under a journal id of its own, and takes it up when it answers again.
/// </summary>
internal sealed class UnitMemory
{
    /// <summary>Between two looks whether a memory that did not answer does so again, ms.</summary>
    public const int LookEvery = 10000;

    private const int JournalIdSize = 8;

    private readonly RetryingMemory _memory;
    private readonly IPlatform _platform;
    private readonly WallClock _clock;
    private readonly byte[] _scratch = new byte[SlotPair.SizeOfSlot(MemoryMap.MessageCapacity)];
    private bool _isParked;
    private int _identityRead;
    private long _lookDue;

    public UnitMemory(Board board, Gate gate, Keyring keys, WallClock clock)
    {
        _platform = board.Platform;
        _clock = clock;
        _memory = new RetryingMemory(board.Memory);
        Identity = new Identity(_memory, _scratch);
        Counters = new Counters(_memory, _scratch);
        Journal = new Journal(_memory);
        Recorder = new Recorder(Journal, Counters, clock);
        Ratings = new RatingStore(_memory, gate, Counters, _scratch);
        Rotation = new Rotation(keys, Counters);
        Settings = new SettingsStore(_memory, gate, Rotation, _scratch);
        Calibration = new CalibrationStore(_memory, board.Platform, _scratch);
        Programs = new Slots(_memory, MemoryMap.Programs, _scratch);
    }

    public Identity Identity { get; }

    public Counters Counters { get; }

    public Journal Journal { get; }

    public Recorder Recorder { get; }

    public RatingStore Ratings { get; }

    public Rotation Rotation { get; }

    public SettingsStore Settings { get; }

    public CalibrationStore Calibration { get; }

    /// <summary>What is known of the slots for programs.</summary>
    public Slots Programs { get; }

    /// <summary>Null until the unit knows who it is.</summary>
    public Topics? Topics { get; private set; }

    /// <summary>All of it has been read.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Why this start happened, one of <see cref="ResetCause"/>.</summary>
    public int Cause { get; private set; }

    public bool AreSlotsSafe => Identity.IsSafe && Counters.IsSafe && Ratings.IsSafe && Settings.IsSafe;

    /// <summary>Reads what the first light needs: six port calls.</summary>
    public void LoadFirst(long uptime)
    {
        _identityRead = Identity.Load();
        Counters.Load();
        if (Identity.RootKey == null) return;

        UseIdentity();
        _clock.Raise(Counters.TimeFloor, uptime);
        Ratings.Load(Topics!.Rating, uptime);
    }

    /// <summary>Formats a blank memory, moves one of a layout before, reads the rest and journals the start.</summary>
    /// <param name="isParked">The ignition is off: something woke the unit, which is not journalled.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    public void LoadRest(bool isParked, long uptime)
    {
        _isParked = isParked;
        if (_identityRead == SlotRead.Blank && Counters.IsRead) Format("", null);
        if (Topics == null) Forget();
        else Settings.Load(Topics.Config);
        Cause = Counters.CauseOfStart(_platform.ResetCause);
        Begin(uptime);
    }

    /// <summary>Sets the identity from <c>config.json</c>. Another display or key begins a new memory, if this one could be read.</summary>
    public void Provision(UnitConfig config, long uptime)
    {
        if (!Identity.Is(config.DisplayId, config.RootKey))
        {
            if (IsLoaded) Format(config.DisplayId, config.RootKey);
            else Identity.Assume(config.DisplayId, config.RootKey, Identity.JournalId);
            Forget();
            if (IsLoaded) Begin(uptime);
        }

        Rotation.Provision(config.Epoch);
        UseIdentity();
    }

    /// <summary>
    /// Stores what the memory refused, and looks whether one that did not answer does so again. What the unit has taken meanwhile is kept where it
    /// is newer than what the memory holds.
    /// </summary>
    /// <param name="hasReported">The server knows the journal id in use: the memory goes on under it, as the server refuses an earlier one for ever.</param>
    /// <param name="uptime">Monotonic time, ms.</param>
    /// <returns>True when a memory has been taken up.</returns>
    public bool TryMend(bool hasReported, long uptime)
    {
        if (uptime < _lookDue) return false;
        _lookDue = uptime + LookEvery;
        if (_memory.IsDown && !_memory.TryRecover()) return false;
        if (!IsLoaded) return TryLoadLate(hasReported, uptime);

        if (!Identity.IsSafe) Identity.Store();
        if (!Counters.IsSafe) Counters.Store();
        Ratings.StoreAgain();
        Settings.StoreAgain();
        return false;
    }

    private bool TryLoadLate(bool hasReported, long uptime)
    {
        string displayId = Identity.DisplayId;
        byte[]? rootKey = Identity.RootKey;
        string journal = Identity.JournalId;
        int read = Identity.Load();
        if (read == SlotRead.Unread || (!Counters.IsRead && Counters.Load() == SlotRead.Unread)) return false;

        if (read == SlotRead.Blank || (rootKey != null && !Identity.Is(displayId, rootKey)))
        {
            Format(displayId, rootKey);
            Counters.Boot = 1;
        }

        if (Identity.RootKey != null)
        {
            UseIdentity();
            _clock.Raise(Counters.TimeFloor, uptime);
            Ratings.Load(Topics!.Rating, uptime);
            Settings.Load(Topics.Config);
        }

        IsLoaded = TryReadRest();
        if (hasReported || !IsLoaded) Identity.Assume(Identity.DisplayId, Identity.RootKey, journal);
        if (!IsLoaded) return false;

        Identity.Store();
        Counters.Store();
        return true;
    }

    /// <summary>Counts the start and journals it. A memory that was not read may hold a later start: nothing may be reported under its journal id.</summary>
    private void Begin(long uptime)
    {
        IsLoaded = TryReadRest();
        if (!IsLoaded) Identity.Assume(Identity.DisplayId, Identity.RootKey, Hex.Of(NewJournalId(), JournalIdSize));
        else if (!Identity.IsSafe) Identity.Store();
        Session.CountStall(Counters, Cause);
        Counters.Boot++;
        Counters.Ending = _isParked ? ResetCause.Parked : ResetCause.Unknown;
        Ratings.KeepHold(false, uptime);
        Counters.Store();
        if (!_isParked) Recorder.NoteStart(Cause, uptime);
    }

    private bool TryReadRest() =>
        Counters.IsRead && Ratings.IsRead && Settings.IsRead && TryMoveLayout() && Journal.Load(Counters.Acknowledged) && Programs.Load();

    /// <summary>
    /// The journal is moved first, then the places that it gave up are cleared, then the identity says that the layout is the present one: a
    /// power loss before that begins again.
    /// </summary>
    private bool TryMoveLayout()
    {
        if (!Identity.HasOldLayout) return true;
        if (!new JournalMove(_memory, Identity.Layout).Run(Counters.Acknowledged)) return false;

        System.Array.Clear(_scratch, 0, _scratch.Length);
        bool hadNoCalibration = Identity.Layout == MemoryMap.FirstVersion;
        if (hadNoCalibration && !_memory.Write(MemoryMap.Calibration, _scratch, MemoryMap.Journal - MemoryMap.Calibration)) return false;
        if (!_memory.Write(MemoryMap.Programs, _scratch, MemoryMap.ProgramsSize)) return false;
        Counters.Store();
        if (Counters.IsSafe) Identity.Store();
        return Identity.IsSafe;
    }

    private void Format(string displayId, byte[]? rootKey)
    {
        Identity.Format(displayId, rootKey, NewJournalId());
        Counters.Clear();
    }

    private void Forget()
    {
        Ratings.Forget();
        Settings.Forget();
    }

    private byte[] NewJournalId()
    {
        byte[] journalId = new byte[JournalIdSize];
        _platform.Random(journalId);
        return journalId;
    }

    private void UseIdentity()
    {
        Rotation.Load(Identity.RootKey!);
        Topics = new Topics(Identity.DisplayId);
    }
}
