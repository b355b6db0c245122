using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

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
        await using var server = await LoneServer.StartAsync();

        using var answer = await SendAsync(server, HttpMethod.Get, "/sign-in", host, scheme);

        Assert.AreEqual(status, answer.StatusCode);
        if (status == HttpStatusCode.PermanentRedirect)
            Assert.AreEqual("https://taxi.example/sign-in", $"{answer.Headers.Location}");
        Assert.AreEqual(scheme == "https", answer.Headers.Contains("Strict-Transport-Security"));
        if (status == HttpStatusCode.OK)
            AssertSealed(CookieOf(answer, "form"), "strict", isSecure: scheme == "https");
    }

    /// <summary>The page shown instead must not be refused for the form that came with the request.</summary>
    [TestMethod]
    public async Task Post_ToNoPage_IsNotFound()
    {
        await using var server = await LoneServer.StartAsync();

        using var answer = await SendAsync(server, HttpMethod.Post, "/nowhere", "localhost", null, null, ("a", "b"));

        Assert.AreEqual(HttpStatusCode.NotFound, answer.StatusCode);
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(), "<h1>");
    }

    [TestMethod]
    [DataRow("taxi.example", "https")]
    [DataRow("localhost", null)]
    public async Task Cookies_OfASessionAndOfTheLanguage_AreForTheServerAlone(string host, string? scheme)
    {
        await using var server = await LoneServer.StartAsync();
        await using var scope = server.Services.CreateAsyncScope();
        var invitation = $"/invitation/{await FirstAdmin.InviteAsync(scope.ServiceProvider.GetRequiredService<OperationContext>(), CancellationToken.None)}";
        using var form = await SendAsync(server, HttpMethod.Get, invitation, host, scheme);
        var token = Regex.Match(await form.Content.ReadAsStringAsync(), "__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;

        using var entered = await SendAsync(server, HttpMethod.Post, invitation, host, scheme, CookieOf(form, "form").Split(';')[0],
            ("_handler", "invitation"), ("__RequestVerificationToken", token), ("Password", AccountCity.Password));
        using var switched = await SendAsync(server, HttpMethod.Get, "/language/en", host, scheme);

        AssertSealed(CookieOf(entered, "session"), "lax", isSecure: scheme == "https");
        AssertSealed(CookieOf(switched, "language"), "lax", isSecure: scheme == "https");
    }

    private static async Task<HttpResponseMessage> SendAsync(
        LoneServer server, HttpMethod method, string path, string host, string? scheme, string? cookie = null, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Host = host;
        if (scheme is not null)
            request.Headers.Add("X-Forwarded-Proto", scheme);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        if (form.Length > 0)
            request.Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await server.Client.SendAsync(request);
    }

    private static string CookieOf(HttpResponseMessage answer, string name) =>
        answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith(name + "=", StringComparison.Ordinal));

    private static void AssertSealed(string cookie, string sameSite, bool isSecure)
    {
        StringAssert.Contains(cookie, "httponly", StringComparison.OrdinalIgnoreCase);
        StringAssert.Contains(cookie, $"samesite={sameSite}", StringComparison.OrdinalIgnoreCase);
        Assert.AreEqual(isSecure, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase), cookie);
    }
}
