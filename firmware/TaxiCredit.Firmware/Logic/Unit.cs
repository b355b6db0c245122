using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Clock;
using TaxiCredit.Firmware.Logic.Commands;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Link;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Ratings;
using TaxiCredit.Firmware.Logic.Wire;

namespace TaxiCredit.Firmware.Logic;

/// <summary>
/// The whole logic of one unit, on the ports of one board. It is called from one thread: <see cref="Start"/>, then
/// <see cref="Provision"/>, then <see cref="Tick"/> for ever. <c>uptime</c> is monotonic, in ms, about 0 at power-up.
/// </summary>
internal sealed class Unit
{
    public const string Version = "0.1.0";

    /// <summary>Between two samples of supply, sensors and inputs, ms.</summary>
    public const int Beat = 500;

    /// <summary>Between two writes of the clock's floor, ms.</summary>
    public const int StoreTimeEvery = 60000;

    /// <summary>Maximum wait of the session, ms.</summary>
    public const int LastBackoffCap = 300000;

    private readonly Board _board;
    private readonly Rotation _rotation;
    private readonly Session _session;
    private readonly StateCollector _state;
    private readonly Outbound _outbound;
    private readonly Sampler _sampler;
    private readonly Calibrator _calibrator;
    private readonly Parking _parking = new Parking();
    private readonly LinkReport _linkReport = new LinkReport();
    private int _cause;
    private long _beatDue;
    private long _storeTimeDue;

    /// <param name="board">The ports.</param>
    /// <param name="backoffCap">Maximum wait between two attempts, ms; shorter only in demonstrations.</param>
    public Unit(Board board, int backoffCap = LastBackoffCap)
    {
        _board = board;
        byte[] scratch = new byte[SlotPair.SizeOfSlot(MemoryMap.MessageCapacity)];
        Gate = new Gate(Keys);
        Identity = new Identity(board.Memory, scratch);
        Counters = new Counters(board.Memory, scratch);
        Journal = new Journal(board.Memory);
        Recorder = new Recorder(Journal, Counters, Clock);
        Ratings = new RatingStore(board.Memory, Gate, scratch);
        _rotation = new Rotation(Keys, Counters);
        Settings = new SettingsStore(board.Memory, Gate, _rotation, scratch);
        _sampler = new Sampler(board.Converter);
        Calibration = new CalibrationStore(board.Memory, board.Platform, scratch);
        _calibrator = new Calibrator(Calibration);
        Panel = new Panel(board.Lights, Recorder, _sampler, Calibration.Current, _calibrator);
        var commands = new CommandHandler(Gate, Counters, Clock, Recorder, Panel, board.Platform, _calibrator, _sampler);
        var acks = new AckHandler(Gate, Identity, Journal, Counters);
        Inbound = new Inbound(Gate, Clock, _rotation, Recorder, Ratings, Settings, commands, acks);
        Watch = new Watch(board.Sensors, Recorder, _sampler, Calibration.Current);
        _session = new Session(board.Link, Keys, Counters, Recorder, new Backoff(board.Platform, backoffCap));
        _state = new StateCollector(this);
        _outbound = new Outbound(_state.Report, Journal, Keys, Settings, _session, board.Platform);
    }

    public Keyring Keys { get; } = new Keyring();

    public Gate Gate { get; }

    public WallClock Clock { get; } = new WallClock();

    public Identity Identity { get; }

    public Counters Counters { get; }

    public Journal Journal { get; }

    public Recorder Recorder { get; }

    public RatingStore Ratings { get; }

    public SettingsStore Settings { get; }

    public Panel Panel { get; }

    public Inbound Inbound { get; }

    public Watch Watch { get; }

    public CalibrationStore Calibration { get; }

    /// <summary>The memory refused a write, and has not accepted one of the kind since.</summary>
    public bool IsStorageFaulty { get; private set; }

    /// <summary>Null until the unit knows who it is.</summary>
    public Topics? Topics { get; private set; }

    public bool IsOnline => _session.IsOnline;

    /// <summary>Lights the stored rating before anything else is touched, then does the rest of the start.</summary>
    public void Start(long uptime)
    {
        bool isFormatted = Identity.TryLoad();
        Counters.Load();
        if (isFormatted && Identity.RootKey != null)
        {
            UseIdentity();
            Clock.Raise(Counters.TimeFloor, uptime);
            Ratings.Load(Topics!.Rating, uptime);
        }

        // In a parked car nothing is lit, whatever woke the unit.
        bool wasParked = Counters.Ending == ResetCause.Parked;
        if (wasParked) Watch.BeginParked();
        _sampler.Begin(uptime);
        Panel.ShowFirst(Watch.IsIgnitionOn ? Ratings.Content(Clock, uptime) : Signal.SwitchedOff, Ratings.Stars, uptime);

        if (!isFormatted && Identity.IsSafe) Format("", null);
        if (Topics != null) Settings.Load(Topics.Config);
        UseBrightness();
        Clock.TryOffer(_board.Time.ReadRtc(), uptime, out _);
        _cause = Counters.CauseOfStart(_board.Platform.ResetCause);
        if (!Watch.IsIgnitionOn) _parking.Begin(uptime);
        BeginJournal(uptime);
        int calibration = Calibration.Load();
        if (calibration != CalibrationResult.Stored && !_parking.IsQuiet) Recorder.Note(IncidentKind.Calibration, calibration, uptime);

        // A car that is started stands still. One whose supply came back, or whose unit was reset, may be on the road.
        if (_cause == ResetCause.Parked && Watch.IsIgnitionOn) Panel.BeginTest(uptime);
    }

    /// <summary>Sets the identity from <c>config.json</c>. Another display or key begins a new memory.</summary>
    public void Provision(UnitConfig config, long uptime)
    {
        if (!Identity.Is(config.DisplayId, config.RootKey))
        {
            Format(config.DisplayId, config.RootKey);
            Ratings.Forget();
            Settings.Forget();
            BeginJournal(uptime);
        }

        _rotation.Provision(config.Epoch);
        UseIdentity();
        _board.Time.UseServers(Settings.Current.Ntp1, Settings.Current.Ntp2);
        _session.Begin(Topics!, uptime);
    }

    /// <summary>Does everything that is due.</summary>
    /// <returns>When it has to be called again at the latest, ms; earlier when the link or an input reports.</returns>
    public long Tick(long uptime)
    {
        _board.Platform.FeedWatchdog();
        if (Watch.LookAtSupply(uptime)) StoreEnding();
        while (_board.Link.Inbox.TryTake(_linkReport)) Take(_linkReport, uptime);
        if (uptime >= _beatDue) OnBeat(uptime);

        Watch.Measure();
        int content = Watch.IsIgnitionOn ? Ratings.Content(Clock, uptime) : Signal.SwitchedOff;
        long due = Panel.Advance(content, Ratings.Stars, Watch.CanMeasureLights, Counters.IsConnecting, uptime);
        due = Earlier(due, _beatDue);
        if (!Panel.IsBusy && !_parking.IsQuiet) due = Earlier(due, _session.Advance(uptime));
        if (!_session.IsOnline) return due;

        _state.Collect(uptime);
        return Earlier(due, _outbound.Advance(Topics!, Panel.IsSettled, uptime));
    }

    /// <summary>The program is about to reset the unit; the next start reports that.</summary>
    public void NoteReset() => Counters.StoreEnding(ResetCause.Software);

    private static long Earlier(long a, long b) => a < b ? a : b;

    private void Take(LinkReport report, long uptime)
    {
        if (report.Kind == LinkReport.Message && report.Payload != null) Receive(report.Topic, report.Payload, uptime);
        else _session.Handle(report, uptime);
        report.Payload = null;
    }

    private void Receive(string topic, byte[] payload, long uptime)
    {
        long before = Settings.Rev;
        Inbound.Receive(topic, payload, uptime);
        if (Settings.Rev == before) return;

        UseBrightness();
        _board.Time.UseServers(Settings.Current.Ntp1, Settings.Current.Ntp2);

        // The new curve is followed at once.
        _beatDue = 0;
    }

    private void UseBrightness()
    {
        Settings settings = Settings.Current;
        Panel.Brightness.Configure(settings.Day, settings.Night, settings.DayLux, settings.NightLux);
    }

    private void OnBeat(long uptime)
    {
        _beatDue = uptime + Beat;
        bool wasTampered = Watch.IsTampered;
        Watch.Look(uptime);
        if (Watch.IsTampered != wasTampered) _parking.NoteNews(uptime);
        if (_parking.Look(Watch.IsIgnitionOn, uptime)) OnIgnition(uptime);
        if (Watch.IsPressed) Panel.Repeat(uptime);
        Panel.Brightness.Warm(Watch.Celsius);
        if (_parking.IsSleepDue(Watch.Battery, Panel.IsBusy || _calibrator.IsOpen(uptime), uptime)) Sleep();
        TakeNetworkTime(uptime);
        NoteStorage(uptime);

        if (uptime < _storeTimeDue || Clock.Floor(uptime) == 0) return;
        _storeTimeDue = uptime + StoreTimeEvery;
        Counters.TimeFloor = Clock.Floor(uptime);
        Counters.Store();
    }

    private void OnIgnition(long uptime)
    {
        StoreEnding();
        if (!Watch.IsIgnitionOn) return;
        if (!_session.IsOnline) Ratings.Unconfirm(uptime);
        if (!Counters.IsConnecting) Panel.BeginTest(uptime);
    }

    /// <summary>How this start ends, as far as it can be seen coming.</summary>
    private void StoreEnding()
    {
        if (!Watch.IsIgnitionOn) Counters.StoreEnding(ResetCause.Parked);
        else Counters.StoreEnding(Watch.IsPowerFailing ? ResetCause.Power : ResetCause.Unknown);
    }

    private void Sleep()
    {
        StoreEnding();
        _board.Link.Close();
        _board.Platform.Sleep();
    }

    private void TakeNetworkTime(long uptime)
    {
        long offered = _board.Time.TakeNetworkTime();
        if (offered == 0) return;

        bool wasKnown = Clock.IsKnown;
        if (!Clock.TryOffer(offered, uptime, out long moved)) return;
        if (wasKnown && moved < 2 && moved > -2) return;

        _board.Time.WriteRtc(Clock.Best(uptime));
        Recorder.Note(IncidentKind.ClockSet, moved, uptime);
    }

    private void NoteStorage(long uptime)
    {
        bool slotsFail = !Identity.IsSafe || !Counters.IsSafe || !Ratings.IsSafe || !Settings.IsSafe;
        bool isFaulty = slotsFail || !Journal.IsSafe;
        if (isFaulty && !IsStorageFaulty) Recorder.Note(IncidentKind.StorageFault, slotsFail ? StoragePart.Slots : StoragePart.Journal, uptime);
        IsStorageFaulty = isFaulty;
    }

    private void UseIdentity()
    {
        _rotation.Load(Identity.RootKey!);
        Topics = new Topics(Identity.DisplayId);
        Inbound.Use(Topics);
    }

    private void Format(string displayId, byte[]? rootKey)
    {
        byte[] journalId = new byte[8];
        _board.Platform.Random(journalId);
        Identity.Format(displayId, rootKey, journalId);
        Counters.Clear();
    }

    private void BeginJournal(long uptime)
    {
        Session.CountStall(Counters, _cause);
        Counters.Boot++;
        StoreEnding();
        Journal.Load(Counters.Acknowledged);
        if (!_parking.IsQuiet) Recorder.NoteStart(_cause, uptime);
    }
}
