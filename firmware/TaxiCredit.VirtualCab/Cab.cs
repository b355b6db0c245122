using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab.Board;
using TaxiCredit.VirtualCab.Mqtt;

namespace TaxiCredit.VirtualCab;

/// <summary>
/// One cab: the firmware's own logic on a virtual board, in real time. The memory is <c>fram.bin</c> beside the
/// <c>config.json</c>, so that a cab which is started again shows its last rating before any network.
/// </summary>
internal sealed class Cab : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly FileMemory _memory;
    private readonly VirtualPlatform _firstPlatform = new();
    private readonly UnitConfig _config;
    private readonly TimeProvider _time;
    private readonly int _backoffCap;

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
        _memory = new FileMemory(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(configPath))!, "fram.bin"));
        Link = NewLink(settings);
        Clock = new VirtualTime(time);
        Unit = NewUnit(_firstPlatform);
    }

    public string Id => _config.DisplayId;

    public VirtualLights Lights { get; } = new();

    public VirtualSensors Sensors { get; } = new();

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
            await RunOnceAsync(platform, stop).ConfigureAwait(false);
            platform = new VirtualPlatform { ResetCause = ResetCause.Software };
            Link.Close();
            Link.Inbox.Clear();
            Lights.Show(0, 0);
            Unit = NewUnit(platform);
        }

        Link.Dispose();
    }

    /// <summary>Runs in simulated time, on the caller's thread, until <paramref name="end"/> seconds have passed.</summary>
    public void Simulate(SimulatedTime time, Scenario scenario, double end)
    {
        Unit.Start(0);
        Unit.Provision(_config, 0);
        while (time.Seconds < end)
        {
            scenario.Advance(time.Seconds, [this]);
            long uptime = time.GetTimestamp();
            long due = Unit.Tick(uptime);
            Ticked?.Invoke();
            double next = Math.Min(scenario.Due, end) * 1000;
            time.Advance((long)Math.Clamp(Math.Min(due, next) - uptime, 1, Unit.Beat));
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
        var link = new MqttLink(_config, Wake);
        return settings.FaultSeed is { } seed ? new M2MqttFaults(link, seed) : link;
    }

    private Unit NewUnit(VirtualPlatform platform) =>
        new(new TaxiCredit.Firmware.Logic.Ports.Board(_memory, Lights, Sensors, Clock, platform, Link), _backoffCap);

    /// <summary>From a start to the next.</summary>
    private async Task RunOnceAsync(VirtualPlatform platform, CancellationToken stop)
    {
        long begin = _time.GetTimestamp();
        Unit.Start(0);
        Unit.Provision(_config, Uptime(begin));
        while (!stop.IsCancellationRequested && !platform.WantsReboot)
        {
            long due = Unit.Tick(Uptime(begin));
            Ticked?.Invoke();
            long wait = Math.Clamp(due - Uptime(begin), 0, Unit.Beat);
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
