using System.Net;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests.Proxies;

/// <summary>The server behind each proxy that the documents show, with the file that the package brings.</summary>
[TestClass]
public sealed class ProxyTests
{
    private const string City = $"https://{Proxy.Host}";
    private const int TriesPerMinute = 3;
    private static Demo _server = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) =>
        _server = await Demo.ServeAsync(("AllowedHosts", Proxy.Host), ("SignIn__PerMinute", $"{TriesPerMinute}"));

    [ClassCleanup]
    public static async Task StopAsync() => await _server.DisposeAsync();

    [TestMethod]
    [DataRow("nginx")]
    [DataRow("haproxy")]
    [DataRow("caddy")]
    public async Task Proxy_WithThePackagesFile_PassesOnPagesAddressesAndLiveConnections(string name)
    {
        await using var proxy = await Proxy.StartAsync(name, _server.Address.Port);
        // Each proxy has callers of its own: the server counts them together.
        var network = Array.IndexOf(["nginx", "haproxy", "caddy"], name) + 1;
        using var caller = proxy.CallerAt($"127.0.{network}.2");
        using var other = proxy.CallerAt($"127.0.{network}.3");

        await OpensAsync(caller);
        await IsLiveAsync(caller);
        await TakesALargeFormAsync(caller);
        await CountsWhoAsksAsync(caller, other);
    }

    private static async Task OpensAsync(HttpClient caller)
    {
        using var plain = await caller.GetAsync($"http://{Proxy.Host}/sign-in?return=/me");
        using var page = await caller.GetAsync($"{City}/sign-in");

        Assert.AreEqual(HttpStatusCode.PermanentRedirect, plain.StatusCode);
        Assert.AreEqual($"{City}/sign-in?return=/me", $"https://{plain.Headers.Location!.Host}{plain.Headers.Location.PathAndQuery}");
        Assert.AreEqual(HttpStatusCode.OK, page.StatusCode);
        Assert.IsTrue(page.Headers.Contains("Strict-Transport-Security"), "it knows that it is asked by HTTPS");
        Assert.IsTrue(page.Headers.GetValues("Set-Cookie").All(cookie => cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task IsLiveAsync(HttpClient caller)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{City}/_blazor");
        request.Headers.Add("Connection", "Upgrade");
        request.Headers.Add("Upgrade", "websocket");
        request.Headers.Add("Sec-WebSocket-Version", "13");
        request.Headers.Add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        request.Headers.Add("Origin", City);
        using var answer = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.AreEqual(HttpStatusCode.SwitchingProtocols, answer.StatusCode);
    }

    /// <summary>The server's own bound is told, not the proxy's.</summary>
    private static async Task TakesALargeFormAsync(HttpClient caller)
    {
        using var form = new ByteArrayContent(new byte[2_000_000]);
        form.Headers.ContentType = new("application/json");
        using var answer = await caller.PostAsync($"{City}/api/v1/cases", form);

        Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    private static async Task CountsWhoAsksAsync(HttpClient caller, HttpClient other)
    {
        for (var n = 0; n < TriesPerMinute; n++)
            Assert.AreNotEqual(HttpStatusCode.TooManyRequests, await TryAsync(caller, $"203.0.113.{n}"));

        Assert.AreEqual(HttpStatusCode.TooManyRequests, await TryAsync(caller, "203.0.113.200"), "an address that a caller gives itself counts for nothing");
        Assert.AreNotEqual(HttpStatusCode.TooManyRequests, await TryAsync(other, "203.0.113.0"), "each caller is counted alone");
    }

    private static async Task<HttpStatusCode> TryAsync(HttpClient caller, string claimed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{City}/sign-in") { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("X-Forwarded-For", claimed);
        using var answer = await caller.SendAsync(request);
        return answer.StatusCode;
    }
}
