using System.Net;
using Dispatch.Tests.Databases;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;

namespace Dispatch.Tests.Accounts;

/// <summary>The server as a proxy on the same machine passes requests on to it.</summary>
[TestClass]
public sealed class TransportTests
{
    [TestMethod]
    [DataRow("127.0.0.1", null, HttpStatusCode.OK)]
    [DataRow("localhost", null, HttpStatusCode.OK)]
    [DataRow("taxi.example", null, HttpStatusCode.PermanentRedirect)]
    [DataRow("taxi.example", "http", HttpStatusCode.PermanentRedirect)]
    [DataRow("taxi.example", "https", HttpStatusCode.OK)]
    public async Task Request_ByNameAndScheme_IsAnsweredOrSentToHttps(string host, string? scheme, HttpStatusCode status)
    {
        using var answer = await AskAsync(host, scheme);

        Assert.AreEqual(status, answer.StatusCode);
        if (status == HttpStatusCode.PermanentRedirect)
            Assert.AreEqual("https://taxi.example/sign-in", $"{answer.Headers.Location}");
        Assert.AreEqual(scheme == "https", answer.Headers.Contains("Strict-Transport-Security"));
        if (status != HttpStatusCode.OK)
            return;

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("form=", StringComparison.Ordinal));
        StringAssert.Contains(cookie, "httponly", StringComparison.OrdinalIgnoreCase);
        StringAssert.Contains(cookie, "samesite=strict", StringComparison.OrdinalIgnoreCase);
        Assert.AreEqual(scheme == "https", cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<HttpResponseMessage> AskAsync(string host, string? scheme)
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-").FullName;
        var options = new DispatchOptions { Data = folder, Port = 0, MqttPort = LoopbackPort.Take() };
        try
        {
            await using var server = DispatchServer.Build(options, services => services.PostConfigure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["*"]));
            await server.PrepareAsync("small", CancellationToken.None);
            await server.StartAsync();
            using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(server.Urls.First()), "/sign-in"));
            request.Headers.Host = host;
            if (scheme is not null)
                request.Headers.Add("X-Forwarded-Proto", scheme);
            var answer = await client.SendAsync(request);
            await server.StopAsync();
            return answer;
        }
        finally
        {
            await options.DropDatabaseAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
