using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace TaxiCredit.VirtualCab;

/// <summary>Every cab below a folder, also those that appear later.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly string _folder;
    private readonly int _maxCabs;
    private readonly LinkSettings _settings;
    private readonly IReadOnlyList<(string Id, string Word)> _faults;
    private readonly TextWriter _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Cab> _cabs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTime> _refused = new(StringComparer.Ordinal);
    private readonly List<Task> _running = [];

    /// <param name="folder">Folder of the cabs' folders.</param>
    /// <param name="maxCabs">Maximum number of cabs, the first by name.</param>
    /// <param name="settings">How the links behave.</param>
    /// <param name="faults">Injected into cabs at the start.</param>
    /// <param name="log">Where the number online and unreadable configurations are written.</param>
    /// <param name="time">The computer's time.</param>
    public Fleet(string folder, int maxCabs, LinkSettings settings, IReadOnlyList<(string Id, string Word)> faults, TextWriter log, TimeProvider time)
    {
        _folder = folder;
        _maxCabs = maxCabs;
        _settings = settings;
        _faults = faults;
        _log = log;
        _time = time;
    }

    /// <summary>The cabs that run, by display id.</summary>
    public IReadOnlyDictionary<string, Cab> Cabs => _cabs;

    public int Online => _cabs.Values.Count(cab => cab.Unit.IsOnline);

    /// <summary>Starts the cabs whose folders have appeared since the last look.</summary>
    public void Look()
    {
        if (!Directory.Exists(_folder)) return;
        foreach (string path in Directory.EnumerateDirectories(_folder).Order(StringComparer.Ordinal).Take(_maxCabs))
        {
            string config = Path.Combine(path, "config.json");
            if (_cabs.ContainsKey(Path.GetFileName(path)) || !File.Exists(config)) continue;

            DateTime written = File.GetLastWriteTimeUtc(config);
            if (_refused.TryGetValue(path, out DateTime refused) && refused == written) continue;
            if (!TryStart(Path.GetFileName(path), config)) _refused[path] = written;
        }
    }

    /// <summary>Looks for new cabs until cancelled, or until no cab has been online for <paramref name="quitAfterAlone"/>.</summary>
    public async Task RunAsync(Scenario scenario, TimeSpan? quitAfterAlone, CancellationToken stop)
    {
        long begun = _time.GetTimestamp();
        long lastOnline = begun;
        int told = -1;
        while (!stop.IsCancellationRequested)
        {
            Look();
            scenario.Advance(_time.GetElapsedTime(begun).TotalSeconds, _cabs.Values);
            int online = Online;
            if (online != told) await _log.WriteLineAsync($"{online} of {_cabs.Count} cabs online").ConfigureAwait(false);
            told = online;
            if (online > 0) lastOnline = _time.GetTimestamp();
            if (quitAfterAlone is { } limit && _time.GetElapsedTime(lastOnline) >= limit)
            {
                await _log.WriteLineAsync($"no broker for {limit.TotalSeconds:0} s; exiting").ConfigureAwait(false);
                return;
            }

            await Task.Delay(LookEvery, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running).ConfigureAwait(false);
        foreach (Cab cab in _cabs.Values) cab.Dispose();
        _stop.Dispose();
    }

    private bool TryStart(string name, string config)
    {
        try
        {
            var cab = new Cab(config, _settings, _time);
            foreach ((string _, string word) in _faults.Where(f => f.Id == cab.Id)) Injection.Apply(cab, word);
            _cabs[name] = cab;
            _running.Add(Task.Run(() => cab.RunAsync(_stop.Token)));
            return true;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            _log.WriteLine($"{config}: {e.Message}");
            return false;
        }
    }
}
