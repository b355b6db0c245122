using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using TaxiCredit.Firmware.Esp32;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Memory;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Update;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab.Board;
using TaxiCredit.VirtualCab.M2Mqtt;
using TaxiCredit.VirtualCab.Mqtt;

namespace TaxiCredit.VirtualCab;

/// <summary>
/// One cab: the firmware's own logic on a virtual board, in real time. The memory is <c>fram.bin</c> beside the
/// <c>config.json</c>, so that a cab which is started again shows its last rating before any network. With a <c>maker.pub</c> there it takes packages of
/// this maker, into <c>slot-a.bin</c> and <c>slot-b.bin</c>.
/// </summary>
internal sealed class Cab : IDisposable
{
    /// <summary>Period of the device's ticks, ms.</summary>
    private static readonly long Tick = (long)Facts.Of("U1.tick").Typical;

    /// <summary>From a reset to the first instruction of a program, ms; assumed.</summary>
    private const long RestartTime = 2000;

    private static readonly long WatchdogTime = (long)(Facts.Of("U20.time").Typical * 1000);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly FileMemory _memory;
    private readonly VirtualPlatform _firstPlatform;
    private readonly long _begun;
    private readonly UnitConfig _config;
    private readonly TimeProvider _time;
    private readonly int _backoffCap;
    private readonly SlotFiles _files;
    private readonly byte[] _makersKey;
    private VirtualProgram _program = VirtualProgram.Factory;

    /// <param name="configPath">The unit's <c>config.json</c>.</param>
    /// <param name="settings">How the link behaves.</param>
    /// <param name="time">Real or simulated.</param>
    /// <exception cref="InvalidDataException">The file breaks the contract; the message names every fault.</exception>
    /// <exception cref="IOException">The file cannot be read, or another process runs this cab.</exception>
    public Cab(string configPath, LinkSettings settings, TimeProvider time)
    {
        _config = UnitConfig.Read(File.ReadAllBytes(configPath), out string faults) ?? throw new InvalidDataException(faults.TrimEnd());
        _time = time;
        _backoffCap = settings.BackoffCap;
        string folder = Path.GetDirectoryName(Path.GetFullPath(configPath))!;
        _makersKey = ReadMaker(Path.Combine(folder, "maker.pub"));
        _files = new SlotFiles(folder);
        _memory = new FileMemory(Path.Combine(folder, "fram.bin"));
        Link = NewLink(settings);
        _begun = time.GetTimestamp();
        uint board = Crc32.Of(Encoding.UTF8.GetBytes(Id), 0, Id.Length) | 1;
        Parts parts = Parts.Of((int)board);
        _firstPlatform = new VirtualPlatform { BoardId = board, ResetCause = ResetCause.Parked };
        Clock = new VirtualTime(time, parts.ClockPpm);
        Sensors = new VirtualSensors { ThermometerError = parts.ThermometerError };
        Lights = new VirtualLights(parts, Elapsed);
        Converter = new VirtualConverter(parts, Lights, Sensors, Elapsed);

        // In a memory of the layout before, which is moved at the first start, the places of the calibration hold incidents.
        var identity = new Identity(_memory, new byte[SlotPair.SizeOfSlot(MemoryMap.IdentityCapacity)]);
        identity.Load();
        if (!identity.HasOldLayout) FactoryBench.Calibrate(Lights, Converter, Sensors, _memory, _firstPlatform);
        Unit = Boot(_firstPlatform, false);
    }

    public string Id => _config.DisplayId;

    /// <summary>Version of the program that runs.</summary>
    public string Version => _program.Version;

    /// <summary>Its parts are those of the display's id: the same in every run.</summary>
    public VirtualLights Lights { get; }

    public VirtualConverter Converter { get; }

    public VirtualSensors Sensors { get; }

    public VirtualTime Clock { get; }

    public IVirtualLink Link { get; }

    /// <summary>The logic. Only its simple properties may be read while it runs.</summary>
    public Unit Unit { get; private set; }

    /// <summary>Raised after every tick, on the cab's own turn.</summary>
    public event Action? Ticked;

    /// <summary>Runs until cancelled; then the cab disappears without a disconnect, like one that loses its supply.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        VirtualPlatform platform = _firstPlatform;
        while (!stop.IsCancellationRequested)
        {
            if (BadFor > 0) await WaitAsync(BadFor, stop).ConfigureAwait(false);
            else await RunOnceAsync(platform, stop).ConfigureAwait(false);
            bool slept = platform.IsAsleep;
            if (slept) await SleepAsync(stop).ConfigureAwait(false);
            platform = NewStart(slept ? ResetCause.Parked : ResetCause.Unknown);
        }

        Link.Dispose();
    }

    /// <summary>Runs in simulated time, on the caller's thread, until <paramref name="end"/> seconds have passed.</summary>
    public void Simulate(SimulatedTime time, Scenario scenario, double end)
    {
        VirtualPlatform platform = _firstPlatform;
        platform = Begin(time, platform);
        long begun = time.GetTimestamp();
        while (time.Seconds < end)
        {
            scenario.Advance(time.Seconds, [this]);
            if (platform.IsAsleep)
            {
                time.Advance(Unit.Beat);
                if (!Sensors.IsIgnitionOn) continue;
            }

            if (platform.IsAsleep || platform.WantsReboot)
            {
                platform = Begin(time, NewStart(platform.IsAsleep ? ResetCause.Parked : ResetCause.Unknown));
                begun = time.GetTimestamp();
            }

            long uptime = time.GetTimestamp() - begun;
            long due = Unit.Tick(uptime);
            Ticked?.Invoke();
            double next = (Math.Min(scenario.Due, end) * 1000) - begun;
            time.Advance(InTicks((long)Math.Clamp(Math.Min(due, next) - uptime, 1, Unit.Beat)));
        }
    }

    /// <summary>Delivers a message to the cab as if the broker had sent it.</summary>
    public void Inject(string topic, byte[] payload)
    {
        Link.Inbox.Add(LinkReport.Message, 0, topic, payload);
        Wake();
    }

    /// <summary>The server's key, for injected messages.</summary>
    public byte[] DownKey => Keyring.Derive(_config.RootKey, "down", _config.Epoch);

    /// <summary>Wakes the control loop.</summary>
    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is already awake.
        }
    }

    public void Dispose()
    {
        Link.Dispose();
        _memory.Dispose();
        _wake.Dispose();
    }

    private IVirtualLink NewLink(LinkSettings settings)
    {
        if (settings.IsAbsent) return new NoLink();
        if (settings.IsDevice) return new DeviceLink(_config, Wake, new ClientFaults(0));
        return settings.FaultSeed is { } seed ? new DeviceLink(_config, Wake, seed) : new MqttLink(_config, Wake);
    }

    /// <summary>How long a program that does not work stays before the next start, ms; 0 for one that does.</summary>
    private long BadFor => _program.Behaviour switch
    {
        VirtualProgram.Kind.Throws => RestartTime,
        VirtualProgram.Kind.Hangs => WatchdogTime,
        _ => 0,
    };

    /// <summary>The loader's decision, and the logic under what it has loaded.</summary>
    private Unit Boot(VirtualPlatform platform, bool isCertainlyClean)
    {
        _program = VirtualLoader.Boot(_memory, _files, isCertainlyClean);
        ILink link = _program.Behaviour == VirtualProgram.Kind.Deaf ? new NoLink() : Link;
        var board = new TaxiCredit.Firmware.Logic.Ports.Board(_memory, Lights, Converter, Sensors, Clock, platform, link, _files);
        return new Unit(board, _backoffCap, new Maker(_makersKey, Origin.Runtime, Origin.Hardware, _program.Version));
    }

    /// <exception cref="InvalidDataException">The file is no public key.</exception>
    private static byte[] ReadMaker(string path)
    {
        if (!File.Exists(path)) return [];
        string text = File.ReadAllText(path).Trim();
        bool isKey = text.Length == 2 * LmsKey.Size && text.All(char.IsAsciiHexDigit) && new LmsKey(Convert.FromHexString(text)).IsKnown;
        return isKey ? Convert.FromHexString(text) : throw new InvalidDataException("maker.pub: not a maker's public key");
    }

    /// <summary>Starts, in simulated time, until a program works.</summary>
    private VirtualPlatform Begin(SimulatedTime time, VirtualPlatform platform)
    {
        while (BadFor > 0)
        {
            time.Advance(BadFor);
            platform = NewStart(ResetCause.Unknown);
        }

        Unit.Start(0);
        Unit.Provision(_config, 0);
        return platform;
    }

    private async Task WaitAsync(long milliseconds, CancellationToken stop) =>
        await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>A wait of the device's runtime ends at its tick.</summary>
    private static long InTicks(long milliseconds) => (milliseconds + Tick - 1) / Tick * Tick;

    /// <summary>What was volatile is gone.</summary>
    private VirtualPlatform NewStart(int cause)
    {
        var platform = new VirtualPlatform { BoardId = _firstPlatform.BoardId, ResetCause = cause };
        Link.Close();
        Link.Inbox.Clear();
        Lights.Show(0, 0);
        Converter.Restart();
        Unit = Boot(platform, cause == ResetCause.Parked);
        return platform;
    }

    /// <summary>Until the ignition comes on, or the case is opened or closed.</summary>
    private async Task SleepAsync(CancellationToken stop)
    {
        bool wasOpen = Sensors.IsOpen;
        while (!stop.IsCancellationRequested && !Sensors.IsIgnitionOn && Sensors.IsOpen == wasOpen)
        {
            try
            {
                await _wake.WaitAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private long Elapsed() => (long)_time.GetElapsedTime(_begun).TotalMilliseconds;

    /// <summary>From a start to the next.</summary>
    private async Task RunOnceAsync(VirtualPlatform platform, CancellationToken stop)
    {
        long begin = _time.GetTimestamp();
        Unit.Start(0);
        Unit.Provision(_config, Uptime(begin));
        while (!stop.IsCancellationRequested && !platform.WantsReboot && !platform.IsAsleep)
        {
            long due = Unit.Tick(Uptime(begin));
            Ticked?.Invoke();
            long wait = InTicks(Math.Clamp(due - Uptime(begin), 0, Unit.Beat));
            try
            {
                await _wake.WaitAsync((int)wait, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private long Uptime(long begin) => (long)_time.GetElapsedTime(begin).TotalMilliseconds;
}
