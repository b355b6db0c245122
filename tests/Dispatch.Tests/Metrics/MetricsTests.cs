using System.Diagnostics;
using System.Net;
using Dispatch.Tests.Displays;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Metrics;

namespace Dispatch.Tests.Metrics;

/// <summary>Figures for Prometheus, read as Debian's promtool reads them.</summary>
[TestClass]
public sealed class MetricsTests
{
    private static readonly string Rules = Path.Combine(Pages.TextsTests.Project, "..", "alerts");

    [TestMethod]
    public void Text_OfAHistogram_IsInTheFormOfPrometheus()
    {
        var spread = new Spread(0.5, 2);
        foreach (var value in new[] { 0.25, 0.5, 1, 3 })
            spread.Add(value);
        var text = new MetricsText();
        text.Histogram("t_seconds", "Times", [("of", "a\"b\\c\nd", spread)]);
        text.Gauge("g", "A gauge", 1.5);

        Assert.AreEqual(
            """
            # HELP t_seconds Times
            # TYPE t_seconds histogram
            t_seconds_bucket{of="a\"b\\c\nd",le="0.5"} 2
            t_seconds_bucket{of="a\"b\\c\nd",le="2"} 3
            t_seconds_bucket{of="a\"b\\c\nd",le="+Inf"} 4
            t_seconds_sum{of="a\"b\\c\nd"} 4.75
            t_seconds_count{of="a\"b\\c\nd"} 4
            # HELP g A gauge
            # TYPE g gauge
            g 1.5

            """, text.ToString());
    }

    [TestMethod]
    public async Task Port_OfMetrics_ServesThemAloneAndNoOtherPortDoes()
    {
        var port = LoopbackPort.Take();
        await using var city = await DisplayCity.BuildAsync(settings: new Dictionary<string, string?> { ["Metrics:Port"] = $"{port}" });
        await using var cab = await city.ConnectNewCabAsync(1);
        using var client = new HttpClient();

        using var answer = await client.GetAsync($"http://127.0.0.1:{port}/metrics");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.AreEqual(HttpStatusCode.OK, answer.StatusCode, text);
        foreach (var line in new[] { "taxicredit_displays{state=\"unconfirmed\"} ", "taxicredit_write_wait_seconds_count ", "taxicredit_outbox_failed 0" })
            StringAssert.Contains(text, line);
        foreach (var path in new[] { "/", "/months", "/api/v1/months", "/healthz" })
            Assert.AreEqual(HttpStatusCode.NotFound, (await client.GetAsync($"http://127.0.0.1:{port}{path}")).StatusCode, path);
        Assert.AreEqual(HttpStatusCode.NotFound, (await client.GetAsync(new Uri(city.Client.BaseAddress!, "/metrics"))).StatusCode);
        var (exit, told) = await PromtoolAsync(text, "check", "metrics");
        Assert.AreEqual(0, exit, told);
    }

    [TestMethod]
    [DataRow("0")]
    [DataRow("65536")]
    [DataRow("web")]
    public void Port_ThatIsNone_StopsTheStart(string port)
    {
        var options = new TaxiCredit.Dispatch.DispatchOptions
        {
            Data = Path.GetTempPath(), Port = 0, MqttPort = 0, Settings = new Dictionary<string, string?> { ["Metrics:Port"] = port },
        };

        var refused = Assert.ThrowsExactly<InvalidDataException>(() => TaxiCredit.Dispatch.DispatchServer.Build(options));

        StringAssert.Contains(refused.Message, port);
    }

    [TestMethod]
    public async Task Alarms_InPromtool_EachFireOnWhatTheyAreFor()
    {
        var (exit, told) = await PromtoolAsync("", "check", "rules", Path.Combine(Rules, "taxicredit.rules.yml"));
        Assert.AreEqual(0, exit, told);
        (exit, told) = await PromtoolAsync("", "test", "rules", Path.Combine(Rules, "taxicredit.rules.test.yml"));
        Assert.AreEqual(0, exit, told);
    }

    [TestMethod]
    public void Alarms_Shipped_AreEachInTheManual()
    {
        var manual = File.ReadAllText(Path.Combine(Pages.TextsTests.Project, "..", "docs", "operations.md"));
        var alarms = File.ReadLines(Path.Combine(Rules, "taxicredit.rules.yml")).Where(line => line.Contains("- alert: ", StringComparison.Ordinal))
            .Select(line => line.Split("- alert: ")[1].Trim()).ToList();

        Assert.HasCount(14, alarms);
        Assert.IsEmpty(alarms.Where(alarm => !manual.Contains($"| `{alarm}` |", StringComparison.Ordinal)).ToList());
    }

    private static async Task<(int Exit, string Told)> PromtoolAsync(string input, params string[] arguments)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("promtool", arguments)
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Inconclusive("promtool is in Debian's package prometheus.");
            throw;
        }

        using (process)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var (told, faults) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await told + await faults);
        }
    }
}
