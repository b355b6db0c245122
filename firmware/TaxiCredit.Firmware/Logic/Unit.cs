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
    private readonly UnitMemory _memory;
    private readonly Session _session;
    private readonly StateCollector _state;
    private readonly Outbound _outbound;
    private readonly Sampler _sampler;
    private readonly Calibrator _calibrator;
    private readonly Parking _parking = new Parking();
    private readonly LinkReport _linkReport = new LinkReport();
    private int _owedFault;
    private long _beatDue;
    private long _storeTimeDue;

    /// <param name="board">The ports.</param>
    /// <param name="backoffCap">Maximum wait between two attempts, ms; shorter only in demonstrations.</param>
    public Unit(Board board, int backoffCap = LastBackoffCap)
    {
        _board = board;
        Gate = new Gate(Keys);
        _memory = new UnitMemory(board, Gate, Keys, Clock);
        _sampler = new Sampler(board.Converter);
        _calibrator = new Calibrator(Calibration);
        Panel = new Panel(board.Lights, Recorder, _sampler, Calibration.Current, _calibrator);
        var commands = new CommandHandler(Gate, Counters, Clock, Recorder, Panel, board.Platform, _calibrator, _sampler);
        var acks = new AckHandler(Gate, Identity, Journal, Counters);
        Inbound = new Inbound(Gate, Clock, _memory.Rotation, Recorder, Ratings, Settings, commands, acks);
        Watch = new Watch(board.Sensors, Recorder, _sampler, Calibration.Current);
        _session = new Session(board.Link, Keys, Counters, Recorder, new Backoff(board.Platform, backoffCap));
        _state = new StateCollector(this);
        _outbound = new Outbound(_state.Report, Journal, Keys, Settings, _session, board.Platform);
    }

    public Keyring Keys { get; } = new Keyring();

    public Gate Gate { get; }

    public WallClock Clock { get; } = new WallClock();

    public Identity Identity => _memory.Identity;

    public Counters Counters => _memory.Counters;

    public Journal Journal => _memory.Journal;

    public Recorder Recorder => _memory.Recorder;

    public RatingStore Ratings => _memory.Ratings;

    public SettingsStore Settings => _memory.Settings;

    public Panel Panel { get; }

    public Inbound Inbound { get; }

    public Watch Watch { get; }

    public CalibrationStore Calibration => _memory.Calibration;

    /// <summary>Not all of the memory was read, or it refused a write and has not accepted one of the kind since.</summary>
    public bool IsStorageFaulty { get; private set; }

    /// <summary>Null until the unit knows who it is.</summary>
    public Topics? Topics => _memory.Topics;

    public bool IsOnline => _session.IsOnline;

    /// <summary>Lights the stored rating before anything else is touched, then does the rest of the start.</summary>
    public void Start(long uptime)
    {
        _memory.LoadFirst(uptime);

        // In a parked car nothing is lit, whatever woke the unit.
        if (Counters.Ending == ResetCause.Parked) Watch.BeginParked();
        _sampler.Begin(uptime);
        Panel.ShowFirst(Watch.IsIgnitionOn ? Ratings.Content(Clock, uptime) : Signal.SwitchedOff, Ratings.Stars, uptime);

        // Before the start is journalled, so that it has its time.
        Clock.TryOffer(_board.Time.ReadRtc(), uptime, out _);
        if (!Watch.IsIgnitionOn) _parking.Begin(uptime);
        _memory.LoadRest(!Watch.IsIgnitionOn, uptime);
        UseMemory();
        int calibration = Calibration.Load();
        bool isNews = calibration != CalibrationResult.Stored && calibration != CalibrationResult.None && calibration != CalibrationResult.Refused;
        if (isNews && !_parking.IsQuiet) Recorder.Note(IncidentKind.Calibration, calibration, uptime);

        // A car that is started stands still. One whose supply came back, or whose unit was reset, may be on the road.
        if (_memory.Cause == ResetCause.Parked && Watch.IsIgnitionOn) Panel.BeginTest(uptime);
    }

    /// <summary>Sets the identity from <c>config.json</c>. Another display or key begins a new memory.</summary>
    public void Provision(UnitConfig config, long uptime)
    {
        _memory.Provision(config, uptime);
        UseMemory();
        UseServers();
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
        long due = Panel.Advance(content, Ratings.Stars, Counters.IsConnecting, uptime);
        due = Earlier(due, _beatDue);
        bool mayConnect = !Panel.IsBusy && !_parking.IsQuiet;
        if (mayConnect || _session.IsOnline || Counters.IsConnecting) due = Earlier(due, _session.Advance(uptime));
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
        UseServers();

        // The new curve is followed at once.
        _beatDue = 0;
    }

    private void UseBrightness()
    {
        Settings settings = Settings.Current;
        Panel.Brightness.Configure(settings.Day, settings.Night, settings.DayLux, settings.NightLux);
    }

    private void UseServers() => _board.Time.UseServers(Settings.Current.Ntp1, Settings.Current.Ntp2);

    private void OnBeat(long uptime)
    {
        _beatDue = uptime + Beat;
        bool wasTampered = Watch.IsTampered;
        Watch.Look(uptime);
        if (Watch.IsTampered != wasTampered) _parking.NoteNews(uptime);
        if (_parking.Look(Watch.IsIgnitionOn, uptime)) OnIgnition(uptime);
        if (Watch.IsPressed) Panel.Repeat(uptime);
        Panel.Brightness.Warm(Watch.Celsius);
        if (!Watch.IsThermometerDead) Panel.Celsius = Watch.Celsius;
        if (_parking.IsSleepDue(Watch.Battery, Panel.IsBusy || _calibrator.IsOpen(uptime), uptime)) Sleep();
        TakeNetworkTime(uptime);
        NoteStorage(uptime);
        if (_memory.TryMend(_state.Report.Number > 0, uptime))
        {
            UseMemory();
            UseServers();
            Calibration.Load();
        }

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
        bool isFaulty = !_memory.AreSlotsSafe || !Journal.IsSafe;
        if (isFaulty && !IsStorageFaulty) _owedFault = _memory.AreSlotsSafe ? StoragePart.Journal : StoragePart.Slots;
        IsStorageFaulty = isFaulty;

        // A memory that refuses everything takes this too only when it is back.
        if (_owedFault != 0 && Recorder.Note(IncidentKind.StorageFault, _owedFault, uptime)) _owedFault = 0;
    }

    private void UseMemory()
    {
        if (Topics != null) Inbound.Use(Topics);
        UseBrightness();
    }
}
