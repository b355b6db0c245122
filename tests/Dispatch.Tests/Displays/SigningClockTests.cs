using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TaxiCredit.Dispatch.Features.Displays;

namespace Dispatch.Tests.Displays;

/// <summary>A wall clock that leaps against the monotonic one is not signed.</summary>
[TestClass]
public sealed class SigningClockTests
{
    private readonly LeapingTime _time = new(new DateTimeOffset(2018, 1, 2, 4, 0, 0, TimeSpan.Zero));
    private readonly SigningClock _clock;

    public SigningClockTests()
    {
        _clock = new SigningClock(_time, NullLogger<SigningClock>.Instance);
        Assert.IsTrue(_clock.TryRead(out var now));
        Assert.AreEqual(_time.GetUtcNow(), now);
    }

    [TestMethod]
    [DataRow(-61, false)]
    [DataRow(-60, true)]
    [DataRow(-59, true)]
    [DataRow(0, true)]
    [DataRow(59, true)]
    [DataRow(60, true)]
    [DataRow(61, false)]
    [DataRow(60 * 86_400, false, DisplayName = "60 days ahead")]
    public void Clock_LeapsBySeconds_IsSignedUpToAMinute(int seconds, bool isSigned)
    {
        _time.Advance(TimeSpan.FromHours(3));
        _time.Leap += TimeSpan.FromSeconds(seconds);

        Assert.AreEqual((isSigned, isSigned ? 0 : seconds), (_clock.TryRead(out _), (int)_clock.Leap.TotalSeconds));
    }

    [TestMethod]
    public void Clock_BackAfterAMinute_IsSignedAtOnce()
    {
        _time.Leap += TimeSpan.FromDays(60);
        Assert.IsFalse(_clock.TryRead(out _));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsFalse(_clock.TryRead(out _));
        _time.Leap += TimeSpan.FromDays(-60);

        Assert.IsTrue(_clock.TryRead(out var now));
        Assert.AreEqual((_time.GetUtcNow(), TimeSpan.Zero), (now, _clock.Leap));
    }

    [TestMethod]
    [DataRow(-1, false)]
    [DataRow(0, true)]
    [DataRow(1, true)]
    public void Clock_StandsWhereItLeaptTo_IsSignedAfterFifteenMinutes(int seconds, bool isSigned)
    {
        _time.Leap += TimeSpan.FromDays(-3);
        Assert.IsFalse(_clock.TryRead(out _));
        _time.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(seconds));

        Assert.AreEqual(isSigned, _clock.TryRead(out var now));
        Assert.AreEqual(_time.GetUtcNow(), now);
        if (isSigned)
            Assert.IsTrue(_clock.TryRead(out _));
    }

    [TestMethod]
    public void Clock_LeapsAgain_BeginsTheWaitAnew()
    {
        _time.Leap += TimeSpan.FromDays(3);
        Assert.IsFalse(_clock.TryRead(out _));
        _time.Advance(TimeSpan.FromMinutes(14));
        _time.Leap += TimeSpan.FromHours(1);
        Assert.IsFalse(_clock.TryRead(out _));
        _time.Advance(TimeSpan.FromMinutes(14));
        Assert.IsFalse(_clock.TryRead(out _));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsTrue(_clock.TryRead(out _));
    }

    /// <summary>The whole server: nothing reaches a cab while the clock is wrong, and the command that is refused says why.</summary>
    [TestMethod]
    public async Task Server_SixtyDaysAheadForAMinute_SignsNothing()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.SendStateAsync();
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Online);
        var sent = city.Sent.Count;

        city.Time.Leap += TimeSpan.FromDays(60);
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1)));
        var refused = await city.Client.PostAsJsonAsync($"displays/{cab.Unit.Id}/commands", new { actor = DisplayCity.Keeper, @do = "identify" });
        await SmallCity.AssertRefusalAsync(refused, HttpStatusCode.Conflict, "clock-leapt");
        await city.AwaitErrorAsync();
        Assert.AreEqual(TimeSpan.FromDays(60), city.Server.Services.GetRequiredService<SigningClock>().Leap);
        StringAssert.Contains(await ShownAsync(city, "/bureau/holds"), "It leapt by 60.00:00:00.");
        StringAssert.Contains(await ShownAsync(city, "/bureau"), "clock has leapt; nothing is sent to cabs");
        await city.SignOnAsync(driver: 1, cab: 1);
        Assert.AreEqual(sent, city.Sent.Count);

        city.Time.Leap += TimeSpan.FromDays(-60);
        city.Windscreens.NudgeAll();
        var unrated = await cab.NextAsync("rating", json => json.GetProperty("kind").GetString() == "unrated");
        Assert.AreEqual(city.Now, unrated.Json.GetProperty("now").GetInt64());
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1)));
        await cab.NextAsync("incidents/ack", json => json.GetProperty("now").GetInt64() == city.Now);
        Assert.DoesNotContain("clock has leapt", await ShownAsync(city, "/bureau/holds"));
    }

    private static async Task<string> ShownAsync(DisplayCity city, string page)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(city.Client.BaseAddress!, page));
        request.Headers.Add("Cookie", await ActingClient.EnterAsync(city.Server.Services, DisplayCity.Keeper));
        request.Headers.Add("Accept-Language", "en");
        using var answer = await browser.SendAsync(request);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
