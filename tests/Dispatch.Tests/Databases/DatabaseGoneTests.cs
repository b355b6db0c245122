using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Npgsql;

namespace Dispatch.Tests.Databases;

/// <summary>A server whose PostgreSQL is gone for a while.</summary>
[TestClass]
public sealed class DatabaseGoneTests
{
    [TestMethod]
    [TestCategory("slow")]
    public async Task Log_OfTwentySecondsWithoutPostgres_IsAtMostTwentyLines()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var folder = Directory.CreateTempSubdirectory("taxicredit-").FullName;
        var options = new TaxiCredit.Dispatch.DispatchOptions
        {
            Data = folder, Port = LoopbackPort.Take(), MqttPort = LoopbackPort.Take(),
            DatabaseProvider = "postgres", DatabaseConnection = postgres.ConnectionTo("city"),
        };
        using var server = ServerProcess.Begin(options, "serve", "--port", $"{options.Port}", "--mqtt-port", $"{options.MqttPort}");
        var lines = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource();
        server.OutputDataReceived += (_, said) => Hear(said.Data);
        server.ErrorDataReceived += (_, said) => Hear(said.Data);
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(1));
        lines.Clear();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{options.Port}") };

        await postgres.KillAsync();
        var clock = Stopwatch.StartNew();
        // A page each half second is what the twenty seconds are made of.
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500)))
        {
            while (clock.Elapsed < TimeSpan.FromSeconds(20) && await timer.WaitForNextTickAsync())
            {
                using var page = await client.GetAsync("/months");
                Assert.AreEqual((HttpStatusCode.ServiceUnavailable, "10"), (page.StatusCode, page.Headers.RetryAfter?.ToString()));
            }
        }

        Console.WriteLine($"{lines.Count} lines:\n{string.Join('\n', lines)}");
        Assert.IsInRange(1, 20, lines.Count);
        await postgres.StartAgainAsync();
        NpgsqlConnection.ClearAllPools();
        server.Kill();
        await server.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        return;

        void Hear(string? line)
        {
            if (line is null)
                return;
            lines.Enqueue(line);
            if (line.StartsWith("ready ", StringComparison.Ordinal))
                ready.TrySetResult();
        }
    }
}
