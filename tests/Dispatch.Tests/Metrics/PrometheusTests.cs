using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Tests.Displays;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Health;

namespace Dispatch.Tests.Metrics;

/// <summary>Debian's Prometheus scrapes the server, with the shipped alarms.</summary>
[TestClass]
public sealed class PrometheusTests
{
    private static readonly HttpClient Client = new();

    [TestMethod]
    [TestCategory("slow")]
    public async Task Prometheus_AtAServerWhoseDatabaseFileIsGone_FiresTheAlarm()
    {
        if (!File.Exists("/usr/bin/prometheus"))
            Assert.Inconclusive("It is in Debian's package prometheus.");
        var (metrics, web) = (LoopbackPort.Take(), LoopbackPort.Take());
        await using var city = await DisplayCity.BuildAsync(settings: new Dictionary<string, string?> { ["Metrics:Port"] = $"{metrics}" });
        var folder = Directory.CreateTempSubdirectory("taxicredit-prometheus-").FullName;
        // The shipped alarms with their waiting times cut to seconds: what is tried here is that the server's figures are what they ask for.
        var rules = await File.ReadAllTextAsync(Path.Combine(Pages.TextsTests.Project, "..", "alerts", "taxicredit.rules.yml"));
        await File.WriteAllTextAsync(Path.Combine(folder, "rules.yml"), System.Text.RegularExpressions.Regex.Replace(rules, @"for: \d+m", "for: 1s"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "prometheus.yml"),
            $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [rules.yml]
            scrape_configs: [{ job_name: taxicredit, static_configs: [{ targets: ["127.0.0.1:{{metrics}}"] }] }]
            """);
        using var prometheus = Process.Start(new ProcessStartInfo("/usr/bin/prometheus",
        [
            $"--config.file={folder}/prometheus.yml", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{web}", "--log.level=error",
        ]))!;
        try
        {
            city.Server.Services.GetRequiredService<WriteGate>().Close("the file was deleted");
            await city.Server.Services.GetRequiredService<HealthBoard>().LookAsync(CancellationToken.None);

            var firing = await FiringAsync(web, "CheckFailed", TimeSpan.FromSeconds(60));

            StringAssert.Contains(firing, "\"check\":\"database\"");
            city.Server.Services.GetRequiredService<WriteGate>().Open();
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Prometheus announces nothing: it is asked once a second.</summary>
    private static async Task<string> FiringAsync(int port, string alarm, TimeSpan patience)
    {
        using var late = new CancellationTokenSource(patience);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(late.Token))
        {
            try
            {
                var alerts = await Client.GetFromJsonAsync<JsonElement>($"http://127.0.0.1:{port}/api/v1/alerts", late.Token);
                foreach (var alert in alerts.GetProperty("data").GetProperty("alerts").EnumerateArray())
                {
                    if (alert.GetProperty("labels").GetProperty("alertname").GetString() == alarm && alert.GetProperty("state").GetString() == "firing")
                        return $"{alert.GetProperty("labels")}";
                }
            }
            catch (HttpRequestException)
            {
                // It is not up yet.
            }
        }

        throw new TimeoutException(alarm);
    }
}
