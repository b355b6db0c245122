using System.Text;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Analog;
using TaxiCredit.Firmware.Logic.Incidents;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab.Board;

namespace Firmware.Tests.Bench;

/// <summary>The whole logic on a virtual board in simulated time. What outlives a restart is kept: memory, lights, sensors.</summary>
internal sealed class TestCab
{
    public const string Id = "disp-0001";
    public const long Epoch = 1514822400;

    /// <summary>Longer than the self test.</summary>
    public const int SettleMilliseconds = 2000;

    private readonly Func<VirtualConverter, IConverter>? _planted;
    private long _now;
    private long _world;

    /// <param name="memory">What an earlier life left; a new one has only been to the bench.</param>
    /// <param name="lot">Seed of the parts; typical ones without.</param>
    /// <param name="files">Of its slots for programs; none without.</param>
    public TestCab(RamMemory? memory = null, int? lot = null, RamFiles? files = null)
    {
        Files = files;
        Memory = memory ?? new RamMemory();
        Parts parts = lot is { } seed ? Parts.Of(seed) : Parts.Typical;
        Sensors = new VirtualSensors { ThermometerError = parts.ThermometerError };
        Lights = new VirtualLights(parts, () => _world);
        Converter = new VirtualConverter(parts, Lights, Sensors, () => _world);
        Time = new FixedTime { Rtc = Epoch + 10 };
        Platform = new FakePlatform(1);
        if (memory == null) Assert.AreEqual(CalibrationResult.Stored, FactoryBench.Calibrate(Lights, Converter, Sensors, Memory, Platform));
        Link = new FakeLink();
        Unit = NewUnit();
    }

    /// <summary>Puts another converter into the board's place.</summary>
    public Func<VirtualConverter, IConverter>? Planted
    {
        get => _planted;
        init
        {
            _planted = value;
            Unit = NewUnit();
        }
    }

    public RamMemory Memory { get; }

    public RamFiles? Files { get; }

    public VirtualLights Lights { get; }

    public VirtualSensors Sensors { get; }

    public VirtualConverter Converter { get; }

    public FixedTime Time { get; }

    public FakePlatform Platform { get; private set; }

    public FakeLink Link { get; private set; }

    public Unit Unit { get; private set; }

    /// <summary>Since the start, ms.</summary>
    public long Now
    {
        get => _now;
        private set
        {
            _world += Math.Max(0, value - _now);
            _now = value;
        }
    }

    /// <summary>Waits end at a multiple of it, ms: 10 on the device.</summary>
    public long Tick { get; init; } = 1;

    /// <summary>Times that the logic was called.</summary>
    public int Ticks { get; private set; }

    public static byte[] RootKey { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static UnitConfig Config(string id = Id, byte[]? key = null, int epoch = 1)
    {
        string json = $$"""{"v":1,"id":"{{id}}","key":"{{Base64Url.Encode(key ?? RootKey)}}","epoch":{{epoch}},"broker":"127.0.0.1","port":1883,"tls":false}""";
        return UnitConfig.Read(Encoding.UTF8.GetBytes(json), out string faults) ?? throw new InvalidOperationException(faults);
    }

    /// <summary>Starts and is provisioned.</summary>
    public TestCab Start(UnitConfig? config = null)
    {
        Now = 0;
        Unit.Start(0);
        Unit.Provision(config ?? Config(), 0);
        return this;
    }

    /// <summary>Loses its supply and starts again; a new link, as everything volatile is gone.</summary>
    public TestCab Restart(int cause = ResetCause.Parked, UnitConfig? config = null)
    {
        PowerDown(cause);
        return Start(config);
    }

    public void PowerDown(int cause = ResetCause.Parked)
    {
        bool wasUp = Link.IsBrokerUp;
        Lights.Show(0, 0);
        Converter.Restart();
        Platform = new FakePlatform((int)Memory.Written) { ResetCause = cause };
        Link = new FakeLink { IsBrokerUp = wasUp };
        Unit = NewUnit();
        Now = 0;
    }

    /// <summary>Lets time pass, tick by tick as the logic asks for.</summary>
    public void Run(long milliseconds)
    {
        long end = Now + milliseconds;
        while (true)
        {
            long due = Unit.Tick(Now);
            Ticks++;
            long next = Math.Max(Now + 1, due);
            next = (next + Tick - 1) / Tick * Tick;
            if (next > end) break;
            Now = next;
        }

        Now = end;
    }

    /// <summary>Past the self test.</summary>
    public TestCab Settle()
    {
        Run(SettleMilliseconds);
        return this;
    }

    public void Receive(string topic, byte[] payload)
    {
        Link.Deliver(topic, payload);
        Run(1);
    }

    /// <summary>The question of the last state that was sent.</summary>
    public string Nonce
    {
        get
        {
            string json = Link.Messages.Last(m => m.Topic == Message.Prefix + "state").Json;
            return json.Substring(json.IndexOf("\"nonce\":\"", StringComparison.Ordinal) + 9, 16);
        }
    }

    /// <summary>The server answers the question of the last state.</summary>
    public byte[] Answer(long now)
    {
        byte[] answer = Message.Ack(Unit.Identity.JournalId, 0, Unit.Keys.Epoch, now, Nonce);
        Receive(Message.AckTopic, answer);
        return answer;
    }

    /// <summary>Everything that is in the journal, the oldest first.</summary>
    public (int Kind, long Arg)[] Journalled
    {
        get
        {
            var incident = new Incident();
            var all = new List<(int, long)>();
            for (uint sequence = 1; Unit.Journal.Read(sequence, incident); sequence = incident.Sequence + 1) all.Add((incident.Kind, incident.Arg));
            return [.. all];
        }
    }

    /// <summary>What is journalled when a state table has no answer.</summary>
    public static (int Kind, long Arg) RefusedSignal(int table, int state, int signal) => (IncidentKind.SignalRefused, (table * 100) + (state * 10) + signal);

    /// <summary>Lights now: bar, star 1 to star 4.</summary>
    public string Lit => string.Concat(Enumerable.Range(0, 5).Select(i => (Lights.Lit & (1 << i)) != 0 ? '1' : '0'));

    private Unit NewUnit() => new(Board(), maker: Files == null ? null : Update.TestMaker.Maker);

    private Board Board() => new(Memory, Lights, _planted?.Invoke(Converter) ?? Converter, Sensors, Time, Platform, Link, Files);
}
