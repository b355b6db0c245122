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
using TaxiCredit.Firmware.Logic.Update;
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

    /// <summary>Between two writes of the clock's floor and of what is spent of <c>hold</c>, ms.</summary>
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
    private readonly Progress _progress = new Progress();
    private readonly LinkReport _linkReport = new LinkReport();
    private bool _isChipRight;
    private int _owedFault;
    private int _busFreed;
    private long _beatDue;
    private long _storeTimeDue;

    /// <param name="board">The ports.</param>
    /// <param name="backoffCap">Maximum wait between two attempts, ms; shorter only in demonstrations.</param>
    /// <param name="maker">By what it takes packages; none without.</param>
    public Unit(Board board, int backoffCap = LastBackoffCap, Maker? maker = null)
    {
        _board = board;
        Gate = new Gate(Keys);
        _memory = new UnitMemory(board, Gate, Keys, Clock);
        _sampler = new Sampler(board.Converter);
        _calibrator = new Calibrator(Calibration);
        Panel = new Panel(board.Lights, Recorder, _sampler, Calibration.Current, _calibrator);
        var question = new TimeQuestion(Keys);
        Updates = new Updates(board.Programs, Programs, maker ?? Maker.None(), Recorder);
        Asker = new ChunkAsker(Updates.Transfer);
        var commands = new CommandHandler(
            Gate, Counters, Clock, Recorder, Panel, board.Platform, _calibrator, _sampler, Updates.Transfer, Updates.Trial);
        var acks = new AckHandler(Gate, Identity, Journal, Counters);
        Inbound = new Inbound(Gate, Clock, question, _memory.Rotation, Recorder, Ratings, Settings, commands, acks, new ChunkHandler(Gate, Updates.Transfer));
        Watch = new Watch(board.Sensors, Recorder, _sampler, Calibration.Current);
        _session = new Session(board.Link, Keys, Counters, Recorder, new SystemClock(Clock, board.Time), new Backoff(board.Platform, backoffCap));
        _state = new StateCollector(this);
        if (maker != null && maker.Version.Length > 0) _state.Report.Firmware = maker.Version;
        _outbound = new Outbound(_state.Report, Journal, Keys, Settings, _session, question, board.Platform);
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

    public Updates Updates { get; }

    public ChunkAsker Asker { get; }

    public Inbound Inbound { get; }

    public Watch Watch { get; }

    public CalibrationStore Calibration => _memory.Calibration;

    /// <summary>What is known of the slots for programs.</summary>
    public Slots Programs => _memory.Programs;

    /// <summary>Not all of the memory was read, or it refused a write and has not accepted one of the kind since.</summary>
    public bool IsStorageFaulty { get; private set; }

    /// <summary>Null until the unit knows who it is.</summary>
    public Topics? Topics => _memory.Topics;

    public bool IsOnline => _session.IsOnline;

    /// <summary>It does not know its key epoch, and asks for one.</summary>
    public bool IsLost => _session.IsLost;

    /// <summary>Lights the stored rating before anything else is touched, then does the rest of the start.</summary>
    public void Start(long uptime)
    {
        _memory.LoadFirst(uptime);

        // In a parked car nothing is lit, whatever woke the unit.
        if (Counters.Ending == ResetCause.Parked) Watch.BeginParked();
        _sampler.Begin(uptime);
        Panel.ShowFirst(Watch.IsIgnitionOn ? Ratings.Content(Clock, uptime) : Signal.SwitchedOff, Ratings.Stars, uptime);

        // Before the start is journalled, so that it has its time.
        _isChipRight = Clock.TryOffer(_board.Time.ReadRtc(), ClockSource.Chip, uptime, out _);
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
        Clock.Raise(config.Now, uptime);
        _memory.Provision(config, uptime);
        UseMemory();
        UseServers();
        _session.Begin(Topics!, uptime);
    }

    /// <summary>Does everything that is due.</summary>
    /// <returns>When it has to be called again at the latest, ms; earlier when the link or an input reports.</returns>
    public long Tick(long uptime)
    {
        long due = Advance(uptime);
        if (_progress.TryTake(_sampler.StartedAt, Panel.IsBusy, uptime)) _board.Platform.FeedWatchdog();
        return due;
    }

    /// <summary>The program is about to reset the unit; the next start reports that.</summary>
    public void NoteReset() => Counters.StoreEnding(ResetCause.Software);

    private long Advance(long uptime)
    {
        if (Watch.LookAtSupply(uptime)) StoreEnding(Watch.IsPowerFailing, uptime);
        if (!_session.IsOnline) Ratings.Unconfirm(uptime);
        bool isMore = TakeReports(uptime);
        if (uptime >= _beatDue) OnBeat(uptime);

        Watch.Measure();
        int content = Watch.IsIgnitionOn ? Ratings.Content(Clock, uptime) : Signal.SwitchedOff;
        long due = Panel.Advance(content, Ratings.Stars, Counters.IsConnecting, uptime);
        due = isMore ? uptime : Earlier(due, _beatDue);
        bool mayConnect = !Panel.IsBusy && !_parking.IsQuiet;
        if (mayConnect || _session.IsOnline || Counters.IsConnecting) due = Earlier(due, _session.Advance(uptime));
        due = Earlier(due, AdvanceUpdate(uptime));
        if (!_session.IsOnline) return due;

        due = Earlier(due, Asker.Advance(_session, uptime));
        _state.Collect(uptime);
        return Earlier(due, _outbound.Advance(Topics!, Panel.IsSettled, uptime));
    }

    /// <summary>A program is looked after while nothing else is, and put into its place while the car runs on a good supply.</summary>
    private long AdvanceUpdate(long uptime)
    {
        bool isMeasured = Panel.Check.Lit != 0 && !Watch.IsConverterDead && Watch.Battery >= LightCheck.MinMillivolts;
        if (isMeasured && Panel.IsSettled) Updates.Prove(Trial.Light);
        if (_session.IsOnline) Updates.Prove(Trial.Broker);
        bool mayWork = !Panel.IsBusy && Panel.IsSettled && !Watch.IsPowerFailing;
        return Updates.Transfer.Advance(mayWork, IsSupplyGood && Watch.IsIgnitionOn, Clock.IsKnown ? Clock.Best(uptime) : 0, uptime);
    }

    private bool IsSupplyGood => Watch.Battery >= Parking.LowBattery && !Watch.IsVoltageWrong && !Watch.IsPowerFailing;

    private static long Earlier(long a, long b) => a < b ? a : b;

    /// <summary>
    /// Takes reports up to one message: storing it may take as long as a failing supply leaves, which is looked at before the next.
    /// </summary>
    /// <returns>True when there may be more.</returns>
    private bool TakeReports(long uptime)
    {
        while (_board.Link.Inbox.TryTake(_linkReport))
        {
            bool isMessage = _linkReport.Kind == LinkReport.Message;
            Take(_linkReport, uptime);
            if (isMessage) return !_board.Link.Inbox.IsEmpty;
        }

        return false;
    }

    private void Take(LinkReport report, long uptime)
    {
        if (report.Kind == LinkReport.Message && report.Payload != null) Receive(report.Topic, report.Payload, uptime);
        else _session.Handle(report, uptime);
        report.Payload = null;
    }

    private void Receive(string topic, byte[] payload, long uptime)
    {
        long before = Settings.Rev;
        if (Inbound.Receive(topic, payload, uptime) == Refusal.None) Updates.Prove(Trial.Message);
        if (Clock.TryTakeCorrection(out long moved)) OnCorrected(moved, uptime);
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
        _progress.NoteBeat();
        bool wasTampered = Watch.IsTampered;
        Watch.Look(uptime);
        if (Watch.IsTampered != wasTampered) _parking.NoteNews(uptime);
        if (_parking.Look(Watch.IsIgnitionOn, uptime)) OnIgnition(uptime);
        if (Watch.IsPressed) Panel.Repeat(uptime);
        Panel.Brightness.Warm(Watch.Celsius);
        if (!Watch.IsThermometerDead) Panel.Celsius = Watch.Celsius;
        if (_parking.IsSleepDue(Watch.Battery, Panel.IsBusy || _calibrator.IsOpen(uptime), uptime)) Sleep(uptime);
        int freed = _board.Platform.BusFreed;
        if (freed != _busFreed && Recorder.Note(IncidentKind.Bus, freed, uptime)) _busFreed = freed;
        Recorder.Tell(uptime);

        if (_session.IsDead(uptime) && !Panel.IsBusy) Restart(ResetCause.Link, uptime);
        TakeNetworkTime(uptime);
        NoteStorage(uptime);
        Updates.OnBeat(uptime);
        if (_memory.TryMend(_state.Report.Number > 0, uptime))
        {
            UseMemory();
            UseServers();
            Calibration.Load();
        }

        if (uptime < _storeTimeDue || (Clock.Floor(uptime) == 0 && Ratings.Rev == 0)) return;
        _storeTimeDue = uptime + StoreTimeEvery;
        Counters.TimeFloor = Clock.Floor(uptime);
        Ratings.KeepHold(false, uptime);
        Counters.Store();
    }

    private void OnIgnition(long uptime)
    {
        StoreEnding(false, uptime);

        // The car is started, and stands still: a program that is ready takes the place of the self test.
        if (Watch.IsIgnitionOn && Updates.IsReady && IsSupplyGood) Restart(ResetCause.Software, uptime);
        if (Watch.IsIgnitionOn && !Counters.IsConnecting) Panel.BeginTest(uptime);
    }

    /// <summary>How this start ends, as far as it can be seen coming.</summary>
    private void StoreEnding(bool isLast, long uptime)
    {
        Ratings.KeepHold(isLast, uptime);
        if (!Watch.IsIgnitionOn) Counters.StoreEnding(ResetCause.Parked);
        else Counters.StoreEnding(Watch.IsPowerFailing ? ResetCause.Power : ResetCause.Unknown);
        if (!Watch.IsIgnitionOn || Watch.IsPowerFailing) Updates.End();
    }

    private void Sleep(long uptime)
    {
        StoreEnding(true, uptime);
        _board.Link.Close();
        _board.Platform.Sleep();
    }

    /// <summary>It is no fault of the program. The start that follows tells the cause.</summary>
    private void Restart(int cause, long uptime)
    {
        Ratings.KeepHold(true, uptime);
        Counters.StoreEnding(cause);
        Updates.End();
        _board.Platform.Reboot();
    }

    /// <summary>The server has answered: the only time that the chip and the memory are set to, back as well as forward.</summary>
    private void OnCorrected(long moved, long uptime)
    {
        long now = Clock.Best(uptime);
        bool hasMoved = moved >= 2 || moved <= -2;
        if (hasMoved || !_isChipRight) _board.Time.WriteRtc(now);
        _isChipRight = true;
        _board.Time.SetSystemTime(now);
        Counters.TimeFloor = now;
        Counters.Store();
        if (hasMoved) Recorder.Note(IncidentKind.ClockSet, moved, uptime);
    }

    private void TakeNetworkTime(long uptime)
    {
        long offered = _board.Time.TakeNetworkTime();
        bool wasKnown = Clock.IsKnown;
        if (offered == 0 || !Clock.TryOffer(offered, ClockSource.Network, uptime, out long moved)) return;
        if (!wasKnown || moved >= 2 || moved <= -2) Recorder.Note(IncidentKind.ClockSet, moved, uptime);
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
