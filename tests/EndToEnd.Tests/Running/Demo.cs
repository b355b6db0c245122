using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Running;

/// <summary>The program as it is started by hand, in processes of its own, with a data folder and ports that nobody else has.</summary>
internal sealed class Demo : IAsyncDisposable
{
    /// <summary>It is ready when all cabs have reported; after a kill each takes its pause first.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(15);

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly int _port;
    private readonly int _mqttPort;
    private readonly string _program;
    private readonly string[] _command;
    private Process _process = null!;

    // Not Process.WaitForExitAsync: it waits for the end of the output too, which the cabs hold open as long as they drive.
    private TaskCompletionSource _ended = null!;

    private Demo(string program, params string[] command)
        : this(LoopbackPort.Take(), LoopbackPort.Take(), program, command)
    {
    }

    private Demo(int port, int mqttPort, string program, params string[] command)
    {
        (_port, _mqttPort, _program) = (port, mqttPort, program);
        _command = command;
        Address = new Uri($"http://127.0.0.1:{_port}/");
        // Whom a body names signs in with the demo's button.
        Api = new HttpClient(new ActingClient(name => DemoSignIn.EnterAsync(Address, name), TimeProvider.System)) { BaseAddress = new Uri(Address, "api/v1/") };
        Api.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    public Uri Address { get; }

    /// <summary>The data folder.</summary>
    public string Data { get; private init; } = Directory.CreateTempSubdirectory("taxicredit-").FullName;

    /// <summary>With the demo's token, or the session of whom a body names.</summary>
    public HttpClient Api { get; }

    /// <summary>Environment of the server's process beside the tests' own.</summary>
    private (string Name, string Value)[] Settings { get; init; } = [];

    /// <summary>Everything the server has printed, over all its starts.</summary>
    public IEnumerable<string> Lines => _lines;

    /// <summary>Those of them that tell of a fault: a time, then <c>fail</c> or <c>crit</c>.</summary>
    public IReadOnlyList<string> Faults =>
        [.. _lines.Where(line => line.Split(' ', 3) is [var at, "fail" or "crit", _] && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out _))];

    /// <summary>Process of the virtual cabs.</summary>
    public int FleetPid => int.Parse(File.ReadAllText(FleetFile), CultureInfo.InvariantCulture);

    private string FleetFile => Path.Combine(Data, "cabs", "fleet.pid");

    /// <summary>As <c>./run</c> starts it.</summary>
    public static Task<Demo> StartAsync(int cabs) => StartAsync(new Demo(Build.Demo, "--cabs", $"{cabs}", "--no-browser"));

    /// <summary>A city of its own, with nobody in it.</summary>
    /// <param name="environment">Settings as environment variables.</param>
    public static Task<Demo> ServeAsync(params (string Name, string Value)[] environment) =>
        StartAsync(new Demo(Build.Server, "serve") { Settings = environment });

    /// <summary>The server without the demo, at the same ports but on a folder that is filled already. This one must have ended; its cabs drive on.</summary>
    public Task<Demo> ServeAtMyPortsAsync(string data) => StartAsync(new Demo(_port, _mqttPort, Build.Server, "serve") { Data = data });

    /// <summary>Starts the server on the data it left and waits until it says that all cabs have reported.</summary>
    public async Task StartAsync()
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { _program },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in _command.Concat(["--port", $"{_port}", "--mqtt-port", $"{_mqttPort}", "--data", Data]))
            start.ArgumentList.Add(word);
        // All tests sign in, and look up receipts, from one address.
        start.Environment["SignIn__PerMinute"] = "600";
        start.Environment["Passengers__ReceiptsPerMinute"] = "600";
        // And follow its links on this machine.
        start.Environment["Reach__Loopback"] = "true";
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data, ready);
        _process.ErrorDataReceived += (_, line) => Take(line.Data, ready);
        var ended = _ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.Exited += (_, _) =>
        {
            ended.TrySetResult();
            ready.TrySetException(new InvalidOperationException("The server ended before it was ready:\n" + string.Join('\n', Lines.TakeLast(20))));
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ready.Task.WaitAsync(LongestStart);
        var token = Path.Combine(Data, "demo-token");
        if (File.Exists(token))
            Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(token));
    }

    /// <summary>Kills the server as a power cut would; the cabs drive on.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _ended.Task.WaitAsync(LongestStop);
    }

    /// <summary>Sends SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        Process.Start("kill", ["-TERM", $"{_process.Id}"])!.Dispose();
        await _ended.Task.WaitAsync(LongestStop);
        return _process.ExitCode;
    }

    public async Task<JsonNode> GetAsync(string path) => (await Api.GetFromJsonAsync<JsonNode>(path))!;

    /// <summary>Posts to the API and expects success.</summary>
    public async Task<JsonNode> PostAsync(string path, object body)
    {
        using var answer = await Api.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.IsTrue(answer.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await TerminateAsync();
        if (TryFleet() is { } fleet)
            fleet.Kill();
        Api.Dispose();
        Directory.Delete(Data, recursive: true);
    }

    /// <summary>The fleet's process if it still runs.</summary>
    public Process? TryFleet()
    {
        if (!File.Exists(FleetFile))
            return null;
        try
        {
            return Process.GetProcessById(FleetPid);
        }
        // That number is no process any more.
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static async Task<Demo> StartAsync(Demo demo)
    {
        await demo.StartAsync();
        return demo;
    }

    private void Take(string? line, TaskCompletionSource ready)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        if (line.StartsWith("ready", StringComparison.Ordinal))
            ready.TrySetResult();
    }
}
