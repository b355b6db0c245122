using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using TaxiCredit.Firmware.Logic;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.VirtualCab;
using TaxiCredit.VirtualCab.Conform;

const int DoesNotConform = 1;
const int Misused = 2;
const int Occupied = 3;

Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException e)
{
    Console.Error.WriteLine($"virtualcab: {e.Message}\n");
    Options.WriteHelp(Console.Error);
    return Misused;
}

if (options.IsHelp)
{
    Options.WriteHelp(Console.Out);
    return 0;
}

if (options.IsVersion)
{
    Console.WriteLine(Unit.Version);
    return 0;
}

using var stop = new CancellationTokenSource();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    if (options.Conform is { } server) return await ConformAsync(server, false);
    if (options.ConformUpdate is { } offering) return await ConformAsync(offering, true);
    return options.Fleet is { } folder ? await RunFleetAsync(folder) : await RunCabAsync(options.Config!);
}
catch (Exception e) when (e is FormatException or InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
{
    Console.Error.WriteLine($"virtualcab: {e.Message}");
    return Misused;
}
catch (IOException e)
{
    Console.Error.WriteLine($"virtualcab: another process is running this cab, or its folder is not writable: {e.Message}");
    return Occupied;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

async Task<int> RunFleetAsync(string folder)
{
    Directory.CreateDirectory(folder);
    using FleetLock? held = FleetLock.TryTake(folder, out string owner);
    if (held == null)
    {
        Console.Error.WriteLine($"virtualcab: another fleet is running on {folder} (process {owner})");
        return Occupied;
    }

    await using var fleet = new Fleet(folder, options.Cabs, options.Link, options.Faults, Console.Out, TimeProvider.System);
    await fleet.RunAsync(ReadScenario(), options.QuitAfterAlone, stop.Token);
    return 0;
}

async Task<int> ConformAsync(string path, bool isUpdate)
{
    UnitConfig config = UnitConfig.Read(File.ReadAllBytes(path), out string faults) ?? throw new InvalidDataException(faults.TrimEnd());
    var patience = TimeSpan.FromSeconds(10);
    int failed = isUpdate
        ? await Conformance.RunUpdateAsync(config, patience, Console.Out)
        : await Conformance.RunAsync(config, patience, Console.Out);
    return failed == 0 ? 0 : DoesNotConform;
}

async Task<int> RunCabAsync(string config)
{
    if (options.SimulateSeconds is { } seconds) return Simulate(config, seconds);

    using Cab cab = NewCab(config, TimeProvider.System);
    Scenario scenario = ReadScenario();
    long begun = TimeProvider.System.GetTimestamp();
    var view = new TerminalView(cab);
    cab.Ticked += () =>
    {
        scenario.Advance(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, [cab]);
        view.Draw();
    };
    var typing = new Thread(() => Listen(cab)) { IsBackground = true };
    typing.Start();
    await cab.RunAsync(stop.Token);
    return 0;
}

int Simulate(string config, int seconds)
{
    var time = new SimulatedTime(DateTimeOffset.UtcNow);
    using Cab cab = NewCab(config, time);
    cab.Ticked += new TerminalView(cab, time).Draw;
    cab.Simulate(time, ReadScenario(), seconds);
    return 0;
}

Cab NewCab(string config, TimeProvider time)
{
    var cab = new Cab(config, options.Link, time);
    foreach ((string id, string word) in options.Faults)
    {
        if (id == cab.Id) Injection.Apply(cab, word);
    }

    return cab;
}

Scenario ReadScenario() => options.Scenario is { } path ? Scenario.Read(path) : Scenario.None;

static void Listen(Cab cab)
{
    while (Console.In.ReadLine() is { } word)
    {
        try
        {
            if (word.Trim().Length > 0) Injection.Apply(cab, word.Trim());
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine(e.Message);
        }
    }
}
