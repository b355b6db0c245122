using System.Net;
using System.Text.Json;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;

namespace Dispatch.Tests.Pages;

/// <summary>A fault of the server is told to a person as a page, to a program as problem details, and to both by the number that the log has.</summary>
[TestClass]
public sealed class FaultPageTests
{
    private const string Typed = "Rude to <b>everybody</b> & loud";

    private SmallCity City { get; set; } = null!;

    [TestInitialize]
    public async Task BuildAsync() => City = await SmallCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await City.DisposeAsync();

    [TestMethod]
    [DataRow("en", "en", "Something went wrong", "try again")]
    [DataRow("zh-CN", "zh-Hans", "页面出错", "故障编号：")]
    [DataRow("fr-FR", "en", "Something went wrong", "Reference number:")]
    [DataRow("fr-FR, zh-HK;q=0.3", "zh-Hans", "页面出错", "故障编号：")]
    public async Task Page_OfABrokenServer_IsAPageInTheReadersLanguage(string asked, string language, string heading, string said)
    {
        await BreakAsync("""ALTER TABLE "Closes" RENAME TO "Elsewhere" """);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/months");
        request.Headers.Add("Accept-Language", asked);

        using var answer = await City.Client.SendAsync(request);

        var html = await answer.Content.ReadAsStringAsync();
        Assert.AreEqual(HttpStatusCode.InternalServerError, answer.StatusCode, html);
        Assert.AreEqual("text/html", answer.Content.Headers.ContentType?.MediaType);
        StringAssert.Contains(html, $"<html lang=\"{language}\"");
        StringAssert.Contains(WebUtility.HtmlDecode(html), heading);
        StringAssert.Contains(WebUtility.HtmlDecode(html), said);
        Assert.DoesNotContain("Exception", html);
        Assert.IsTrue(answer.Headers.Contains("Content-Security-Policy"));
        Assert.MatchesRegex("data-testid=\"trace\">[0-9a-f]{32}<", html);
    }

    [TestMethod]
    public async Task Form_OfABrokenServer_KeepsWhatWasTyped()
    {
        using var browser = await new TestBrowser(City).GoAsync("/cab/" + await CodeAsync() + "/report?kind=complaint");
        await BreakAsync("""ALTER TABLE "Cabs" RENAME TO "Elsewhere" """);

        await browser.SubmitAsync("report", ("Form.Conduct", "S01"), ("Form.Account", Typed), ("Go", "on"));

        Assert.AreEqual(HttpStatusCode.InternalServerError, browser.Status, browser.Text);
        Assert.AreEqual(Typed, browser.Read("typed-Account"));
        StringAssert.Contains(browser.Html, WebUtility.HtmlEncode("<b>everybody</b>"));
        Assert.DoesNotContain("__RequestVerificationToken", browser.Html);
        Assert.DoesNotContain("S01", browser.Html);
    }

    [TestMethod]
    public async Task Form_WithAPassword_NeverShowsIt()
    {
        using var browser = await new TestBrowser(City).GoAsync("/sign-in");
        await BreakAsync("""ALTER TABLE "Accounts" RENAME TO "Elsewhere" """);

        await browser.SubmitAsync("sign-in", ("Number", "number-4711"), ("Password", "four grey lamps hum"));

        Assert.AreEqual(HttpStatusCode.InternalServerError, browser.Status, browser.Text);
        Assert.DoesNotContain("four grey lamps hum", browser.Html);
        Assert.DoesNotContain("number-4711", browser.Html);
    }

    [TestMethod]
    public async Task Api_OfABrokenServer_AnswersProblemDetailsWithItsNumber()
    {
        await BreakAsync("""ALTER TABLE "Closes" RENAME TO "Elsewhere" """);

        using var answer = await City.Client.GetAsync("/api/v1/months");

        var problem = JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
        Assert.AreEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.AreEqual("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.AreEqual(500, problem.GetProperty("status").GetInt32());
        Assert.MatchesRegex("^[0-9a-f]{32}$", problem.GetProperty("traceId").GetString()!);
        Assert.DoesNotContain("Closes", $"{problem}");
    }

    private Task<string> CodeAsync() => City.WithDbAsync(db => db.Cabs.Where(cab => cab.Code == "cab-1").Select(cab => cab.PassengerCode).SingleAsync());

    private Task<int> BreakAsync(string sql) => City.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(sql));
}
