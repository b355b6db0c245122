using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.VirtualCab.Board;

namespace Firmware.Tests.Update;

/// <summary>
/// One cab in simulated time, with the loader, programs good and bad, and a server that offers one: parts are lost, the network goes, the car is parked, and
/// the supply is cut at any byte of record or file. It shows three stars whenever a program that works is started with the ignition on.
/// </summary>
internal sealed class UpdatingWorld
{
    private const int Restarting = 2;
    private const int Watchdog = 78;
    private const long End = 60 * 3600;

    private readonly Random _chance;
    private readonly RamFiles _files = new();
    private readonly PlayedServer _server = new();
    private readonly byte[] _package;
    private readonly string _before;
    private readonly TestCab _cab;
    private VirtualProgram _program = VirtualProgram.Factory;
    private long _seconds;
    private long _networkUntil;
    private long _parkedUntil;
    private long _rev = TestCab.Epoch + 100;
    private bool _isCalm;
    private int _subscriptions;

    private static readonly byte[] Config = Message.Config(heartbeat: 150);
    private static readonly byte[] Rating = Message.Rated(3, until: TestCab.Epoch + 3024000);

    public UpdatingWorld(int seed)
    {
        _chance = new Random(seed);
        Kind = _chance.Next(10) switch
        {
            0 => VirtualProgram.Kind.Throws,
            1 => VirtualProgram.Kind.Hangs,
            2 => VirtualProgram.Kind.Deaf,
            3 => null,
            _ => VirtualProgram.Kind.Runs,
        };
        int size = _chance.Next(300, 3000);
        byte[] image = Kind is { } kind ? VirtualProgram.ImageOf(kind, size) : TestMaker.Image(2, size);
        _package = TestMaker.Sign(image, 2);
        _server.Sends = (package, at) => _isCalm || _chance.Next(5) > 0 ? package[at..Math.Min(package.Length, at + PlayedServer.Part)] : null;
        _cab = new TestCab(files: _files);
        _cab.Link.IsBrokerUp = true;
        _cab.Start().Settle();
        _cab.Receive(Message.ConfigTopic, Config);
        _cab.Receive(Message.RatingTopic, Rating);
        _cab.Run(1000);
        if (seed % 2 == 0) ConfirmTheOneBefore();
        _before = _program.Version;
    }

    /// <summary>What the program that is offered is like; null for one that cannot be loaded at all.</summary>
    public VirtualProgram.Kind? Kind { get; }

    public bool IsSound => Kind == VirtualProgram.Kind.Runs;

    public int Cuts { get; private set; }

    public int Starts { get; private set; }

    /// <summary>It ended on the program that was offered.</summary>
    public bool IsUpdated => Record() is var record && record.Find(SlotKind.Confirmed) is var slot && slot != Slots.None && record.Of(slot).Major == 2;

    public void Run()
    {
        bool wasOffered = false;
        long end = _seconds + End;
        while (_seconds < end)
        {
            // When something has become of the candidate, all is quiet and it stays so.
            if (!_isCalm && wasOffered && IsOver()) _isCalm = true;
            if (_isCalm) break;
            if (!wasOffered || (_cab.Unit.Updates.State is UpdateState.None or UpdateState.Done && !_cab.Unit.Updates.Transfer.IsOpen && !HasTried()))
            {
                _cab.Receive(Message.CmdTopic, _server.Offer(_package, ++_rev));
                wasOffered = true;
            }

            Happen();
            Second();
        }

        Assert.IsTrue(_isCalm, $"{Kind}: neither confirmed nor given up after {_seconds} s");
        Calm();
        for (int i = 0; i < 1200; i++) Second();
        Assert.AreEqual("11110", _cab.Lit);
        Slots record = Record();
        Assert.AreEqual(Slots.None, record.Find(SlotKind.Candidate));
        Assert.AreEqual(IsUpdated ? "2.0.0" : _before, _program.Version);
        if (IsUpdated) Assert.AreEqual(UpdateState.Done, _cab.Unit.Updates.State);
    }

    private Slots Record()
    {
        var slots = new Slots(_cab.Memory, MemoryMap.Programs, new byte[256]);
        slots.Load();
        return slots;
    }

    /// <summary>A file says that its package has been a candidate.</summary>
    private bool HasTried()
    {
        var offer = new Offer();
        var file = new SlotFile(_files);
        for (int slot = Slots.A; slot <= Slots.B; slot++)
        {
            if (file.TryReadOffer(slot, offer) && offer.Major == 2 && offer.IsInstalled) return true;
        }

        return false;
    }

    /// <summary>In calm, so that there is another to go back to than the factory's.</summary>
    private void ConfirmTheOneBefore()
    {
        _isCalm = true;
        byte[] package = TestMaker.Sign(VirtualProgram.ImageOf(VirtualProgram.Kind.Runs, 400), 1);
        _cab.Receive(Message.CmdTopic, _server.Offer(package, ++_rev));
        for (int i = 0; i < 3600 && _cab.Unit.Updates.State != UpdateState.Ready; i++) Second();
        Start(ResetCause.Parked);
        for (int i = 0; i < 700; i++) Second();
        Assert.AreEqual((UpdateState.Done, "1.0.0"), (_cab.Unit.Updates.State, _program.Version));
        _isCalm = false;
    }

    private bool IsOver() => HasTried() && Record() is var record && record.IsKnown && record.Find(SlotKind.Candidate) == Slots.None;

    private void Calm()
    {
        _networkUntil = _parkedUntil = 0;
        _cab.Sensors.IsIgnitionOn = true;
        _cab.Memory.BytesLeft = _files.BytesLeft = long.MaxValue;
        Start(ResetCause.Parked);
    }

    private void Happen()
    {
        if (_chance.Next(120) > 0) return;
        switch (_chance.Next(6))
        {
            case 0:
                _networkUntil = _seconds + _chance.Next(10, 600);
                _cab.Link.IsBrokerUp = false;
                _cab.Link.Break();
                break;
            case 1:
                _files.BytesLeft = _chance.Next(4000);
                _files.Torn = _chance.Next(2) == 0 ? null : (byte)_chance.Next(256);
                break;
            case 2:
                _cab.Memory.BytesLeft = _chance.Next(2000);
                break;
            default:
                _parkedUntil = _seconds + _chance.Next(10, 900);
                break;
        }
    }

    private void Second()
    {
        _seconds++;
        _cab.Link.IsBrokerUp = !IsDeaf && _seconds >= _networkUntil;
        _cab.Sensors.IsIgnitionOn = _seconds >= _parkedUntil;
        try
        {
            for (int i = 0; i < 5; i++)
            {
                _server.Now = Math.Max(_server.Now, _cab.Unit.Clock.Best(_cab.Now));
                SendRetained();
                if (_cab.Link.IsBrokerUp) _server.Serve(_cab);
                _cab.Run(200);
            }
        }
        catch (SupplyGoneException)
        {
            Cuts++;
            _seconds += _chance.Next(1, 600);
            Start(ResetCause.Unknown);
            return;
        }

        if (_cab.Platform.IsAsleep)
        {
            while (_seconds < _parkedUntil) _seconds++;
            _cab.Sensors.IsIgnitionOn = true;
            Start(ResetCause.Parked);
        }
        else if (_cab.Platform.WantsReboot)
        {
            _seconds += Restarting;
            Start(ResetCause.Unknown);
        }
    }

    private bool IsDeaf => _program.Behaviour == VirtualProgram.Kind.Deaf;

    /// <summary>What the broker keeps it sends to each subscriber.</summary>
    private void SendRetained()
    {
        if (_cab.Link.Subscriptions == _subscriptions) return;
        _subscriptions = _cab.Link.Subscriptions;
        _cab.Link.Deliver(Message.ConfigTopic, Config);
        _cab.Link.Deliver(Message.RatingTopic, Rating);
    }

    /// <summary>Starts until a program works; each that does not has its time.</summary>
    private void Start(int cause)
    {
        while (true)
        {
            Starts++;
            _cab.Memory.BytesLeft = _files.BytesLeft = long.MaxValue;
            _files.Torn = null;
            _program = VirtualLoader.Boot(_cab.Memory, _files, cause == ResetCause.Parked);
            if (_program.Behaviour is VirtualProgram.Kind.Runs or VirtualProgram.Kind.Deaf) break;
            _seconds += _program.Behaviour == VirtualProgram.Kind.Hangs ? Watchdog : Restarting;
            cause = ResetCause.Unknown;
        }

        _server.Forget();
        _subscriptions = 0;
        _cab.Time.Rtc = TestCab.Epoch + 10 + _seconds;
        _cab.Restart(cause);
        _cab.Link.IsBrokerUp = !IsDeaf && _seconds >= _networkUntil;
        if (_cab.Sensors.IsIgnitionOn) Assert.AreEqual("11110", _cab.Lit, "a start with the ignition on shows the stars before anything else");
    }
}
