using Firmware.Tests.Bench;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Display;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.VirtualCab.Board;

namespace Firmware.Tests.World;

/// <summary>
/// One cab, its memory, network, broker and server in simulated time, all of which fail at random; and a witness that counts
/// for itself what is journalled, and looks at the lights after every tick.
/// </summary>
internal sealed class World
{
    private readonly Random _chance;
    private readonly RamMemory _memory = new();
    private readonly VirtualLights _lights;
    private readonly VirtualSensors _sensors;
    private readonly VirtualConverter _converter;
    private readonly Dictionary<uint, (string Kind, long Arg)> _witnessed = [];
    private readonly Incident _incident = new();
    private readonly long _end;

    /// <summary>A server that stays away for hours.</summary>
    private readonly bool _isServerSlack;
    private readonly bool _isForsaken;
    private FaultyLink _link;
    private Unit _unit;
    private byte[] _retained = [];
    private (long Rev, int Stars) _sent;
    private (long Rev, int Stars) _reached;
    private bool _hasStored;
    private long _now;
    private long _poweredAt;
    private long _eventDue;

    /// <param name="seed">Of everything that happens.</param>
    /// <param name="days">Until calm.</param>
    /// <param name="isForsaken">No server is there until calm, and the case is opened and closed all the time: more evidence than the journal holds.</param>
    public World(int seed, int days, bool isForsaken = false)
    {
        _isForsaken = isForsaken;
        IsServerUp = !isForsaken;
        _chance = new Random(seed);
        _end = days * 86400000L;
        _isServerSlack = seed % 3 == 0;
        Parts parts = Parts.Of(seed);
        _sensors = new VirtualSensors { ThermometerError = parts.ThermometerError };
        _lights = new VirtualLights(parts, () => _now);
        _converter = new VirtualConverter(parts, _lights, _sensors, () => _now);
        FactoryBench.Calibrate(_lights, _converter, _sensors, _memory, new FakePlatform(seed));
        _link = new FaultyLink(this, _chance);
        _unit = NewUnit();
    }

    public SimulatedServer Server { get; } = new();

    /// <summary>The end: everything works again, so that what can be delivered is.</summary>
    public bool IsCalm { get; private set; }

    public bool IsNetworkUp { get; private set; } = true;

    public bool IsServerUp { get; private set; }

    public int PowerCuts { get; private set; }

    public long Journalled => _unit.Journal.Newest;

    public long UnixTime => TestCab.Epoch + (_now / 1000);

    private long Uptime => _now - _poweredAt;

    public void Run()
    {
        PowerUp();
        Rate();
        while (_now < _end) Step();

        IsCalm = true;
        IsNetworkUp = true;
        IsServerUp = true;
        _memory.BytesLeft = long.MaxValue;
        long calmUntil = _now + 7200000;
        while (_now < calmUntil && (_now < _end + 1200000 || _unit.Journal.Backlog > 0)) Step();
        Assert.AreEqual(0u, _unit.Journal.Backlog, "in calm the backlog drains");
    }

    /// <summary>Journalled = delivered + declared lost, each incident once.</summary>
    public (int Delivered, int Lost) Settle()
    {
        var declared = new HashSet<uint>();
        foreach ((uint sequence, (string kind, long arg)) in Server.Stored)
        {
            if (kind != "lost") continue;
            for (uint gone = sequence - (uint)arg + 1; gone <= sequence; gone++) declared.Add(gone);
        }

        int delivered = 0;
        int lost = 0;
        for (uint sequence = 1; sequence <= _unit.Journal.Newest; sequence++)
        {
            bool isStored = Server.Stored.TryGetValue(sequence, out (string Kind, long Arg) stored) && stored.Kind != "lost";
            if (isStored)
            {
                delivered++;
                if (_witnessed.TryGetValue(sequence, out (string Kind, long Arg) seen)) Assert.AreEqual(seen, stored, $"incident {sequence}");
            }
            else
            {
                Assert.Contains(sequence, declared, $"incident {sequence} is neither delivered nor declared lost");
                lost++;
            }
        }

        return (delivered, lost);
    }

    /// <summary>The broker has a message of the cab.</summary>
    public void Arrive(string topic, byte[] payload)
    {
        if (!IsServerUp || !topic.EndsWith("/incidents", StringComparison.Ordinal)) return;
        byte[] ack = Server.Take(payload);
        if (IsCalm || _chance.Next(5) != 0) _link.Deliver(Message.AckTopic, ack);
    }

    /// <summary>The broker sends what it retains to a new subscriber.</summary>
    public void SendRetained()
    {
        if (_retained.Length > 0 && _link.Deliver(Message.RatingTopic, _retained)) _reached = _sent;
    }

    private void Step()
    {
        if (!IsCalm && _now >= _eventDue)
        {
            Happen();
            _eventDue = _now + _chance.Next(1, 600000);
        }

        try
        {
            long due = _unit.Tick(Uptime);
            Watch();
            _now += (Math.Clamp(due - Uptime, 1, Unit.Beat) + 9) / 10 * 10;
        }
        catch (SupplyGoneException)
        {
            LoseSupply();
        }
    }

    /// <summary>One of the things that happen to a cab.</summary>
    private void Happen()
    {
        _sensors.Light = (int)Math.Exp(_chance.NextDouble() * Math.Log(60000));
        _sensors.Celsius = Math.Clamp(_sensors.Celsius + _chance.Next(-8, 9), -40, 85);
        _sensors.Battery = _chance.Next(9500, 15500);
        if (_isForsaken) _sensors.IsOpen = !_sensors.IsOpen;
        switch (_chance.Next(12))
        {
            case 0: IsNetworkUp = false; _link.Break(); break;
            case 1 or 2: IsNetworkUp = true; break;
            case 3: IsServerUp = false; break;
            case 4 or 5: IsServerUp |= !_isForsaken && (!_isServerSlack || _chance.Next(40) == 0); break;
            case 6: _memory.BytesLeft = _chance.Next(3000); _memory.TornByte = (byte)_chance.Next(256); break;
            case 7: _sensors.Press(); break;
            case 8: _sensors.IsOpen = !_sensors.IsOpen; break;
            case 9: _link.Break(); break;
            case 10: _link.Deliver(Message.RatingTopic, Message.Rated(4, UnixTime + 999999, epoch: 9)); break;
            default: Rate(); break;
        }
    }

    private void Rate()
    {
        _sent = (Math.Max(_sent.Rev + 1, UnixTime), _chance.Next(5));
        _retained = Message.Rated(_sent.Stars, _sent.Rev, now: UnixTime, until: UnixTime + 3024000);
        SendRetained();
    }

    private void LoseSupply()
    {
        PowerCuts++;
        _memory.BytesLeft = long.MaxValue;
        _memory.TornByte = null;
        _lights.Show(0, 0);
        _converter.Restart();
        _now += _chance.Next(500, 3600000);
        _link = new FaultyLink(this, _chance);
        _unit = NewUnit();
        PowerUp();

        // What was on its way when the supply went may or may not have been stored.
        if (_unit.Ratings.Rev != 0)
        {
            _reached = _unit.Ratings.Rev == _sent.Rev ? _sent : (_unit.Ratings.Rev, _unit.Ratings.Stars);
        }
        else
        {
            // Only the very first can be lost: there is none before it.
            Assert.IsFalse(_hasStored, "a stored rating is gone");
            _reached = default;
        }
    }

    private void PowerUp()
    {
        _poweredAt = _now;
        _unit.Start(0);
        _unit.Provision(TestCab.Config(), 0);
        Witness();
    }

    private void Watch()
    {
        Witness();
        _hasStored |= _unit.Ratings.Rev != 0;

        // A tick takes one message: what lies behind it has reached the cab, and not yet the lights.
        if (_unit.Panel.State == DisplayState.SelfTest || !_link.Inbox.IsEmpty) return;
        int expected = (2 << _reached.Stars) - 1;
        if (_lights.Lit != 0) Assert.AreEqual((expected, DisplayState.Showing), (_lights.Lit, _unit.Panel.State));
        else Assert.IsTrue(_unit.Panel.State is DisplayState.NoData && _reached.Rev == 0, $"dark in state {_unit.Panel.State}");
        if (_unit.Panel.IsSettled) Assert.AreEqual(_lights.Lit, _unit.Panel.Check.Lit);
        Assert.AreEqual(0, _unit.Panel.Check.Faulty, "no light is broken");
    }

    /// <summary>Writes down what was journalled since the last look.</summary>
    private void Witness()
    {
        uint oldest = _unit.Journal.Newest > 100 ? _unit.Journal.Newest - 100 : 1;
        for (uint sequence = _unit.Journal.Newest; sequence >= oldest; sequence--)
        {
            if (!_unit.Journal.Read(sequence, _incident) || _incident.Sequence != sequence || _incident.Kind == IncidentKind.Lost) continue;
            (string, long) seen = (IncidentKind.NameOf(_incident.Kind), _incident.Arg);
            if (!_witnessed.TryAdd(sequence, seen))
            {
                Assert.AreEqual(_witnessed[sequence], seen, $"incident {sequence} was reused");
                return;
            }
        }
    }

    private Unit NewUnit() => new(new Board(_memory, _lights, _converter, _sensors, new WorldTime(this), new FakePlatform(_chance.Next()), _link));
}
