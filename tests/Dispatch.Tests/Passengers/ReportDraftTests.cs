using System.Net;
using Dispatch.Tests.Displays;
using Dispatch.Tests.Photos;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Passengers;

namespace Dispatch.Tests.Passengers;

/// <summary>What is kept of a report while it is written, and what stands there again when sending it came to nothing.</summary>
[TestClass]
public sealed class ReportDraftTests
{
    private const string Account = "A <b>detour</b> by the harbour, 绕行。";

    private DisplayCity _city = null!;
    private PassengerBrowser _browser = null!;
    private string _cab = "";

    private string Report => $"/cab/{_cab}/report";

    [TestInitialize]
    public async Task BuildAsync()
    {
        _city = await DisplayCity.BuildAsync();
        _browser = PassengerBrowser.Open(_city);
        _cab = await _city.CodeOfAsync(1);
    }

    [TestCleanup]
    public async Task TearDownAsync()
    {
        await _browser.DisposeAsync();
        await _city.DisposeAsync();
    }

    [TestMethod]
    public async Task Screen_Sent_LeadsToAnAddressThatDrawsWhatWasTyped()
    {
        await ToLastScreenAsync();

        await _browser.GetAsync($"{Report}?kind=complaint&step=2");
        StringAssert.Contains(_browser.Text, "Submit");
        StringAssert.Contains(_browser.Html, WebUtility.HtmlEncode("<b>detour</b>"));
        StringAssert.Contains(_browser.Text, "Detour without consent");
        StringAssert.Contains(_browser.Text, "2 Jan 2018");
        Assert.IsTrue(_browser.Answer.Headers.CacheControl?.NoStore);
        await _browser.GetAsync($"{Report}?kind=complaint&step=1");
        Assert.AreEqual((Account, "S01", "Harbour"), (Field("Account"), Field("Conduct"), Field("Place")));
        await _browser.GetAsync($"{Report}?kind=complaint");
        Assert.AreEqual(Account, Field("Account"));
        await _browser.GetAsync($"/cab/{await _city.CodeOfAsync(2)}/report?kind=complaint");
        Assert.AreEqual("", Field("Account"), "a draft about one cab is shown at another");
    }

    [TestMethod]
    public async Task Previous_Pressed_KeepsTheContactToo()
    {
        await ToLastScreenAsync();

        await _browser.SendFileAsync(Report, [], "", "back", ("Form.Contact", "１３９－５５５５"));

        await _browser.FollowAsync();
        StringAssert.Contains(_browser.Text, "Step 1 of 2");
        await _browser.SendAsync(Report, "Go", "on");
        await _browser.FollowAsync();
        Assert.AreEqual("139-5555", Field("Contact"));
    }

    [TestMethod]
    [DataRow(1799, true)]
    [DataRow(1800, false)]
    public async Task Draft_AfterHalfAnHour_IsForgotten(int seconds, bool isKept)
    {
        await ToLastScreenAsync();
        _city.Time.Pass(TimeSpan.FromSeconds(seconds));

        await _browser.GetAsync($"{Report}?kind=complaint");

        Assert.AreEqual(isKept ? Account : "", Field("Account"));
    }

    [TestMethod]
    public async Task Draft_Kept_IsReadByNobodyElse()
    {
        await ToLastScreenAsync();

        var kept = _browser.Cookies.Single(c => c.Name.StartsWith("report-", StringComparison.Ordinal));
        Assert.IsTrue(kept.HttpOnly);
        Assert.AreEqual("/cab", kept.Path);
        Assert.DoesNotContain("Harbour", kept.Value);
        Assert.AreEqual(30, (kept.Expires - kept.TimeStamp).TotalMinutes, 0.1);
    }

    [TestMethod]
    [DataRow("report-{0}", "garbage")]
    [DataRow("report-{0}", "chunks-3")]
    [DataRow("report-{0}", "")]
    public async Task Draft_ThatIsNone_IsAnEmptyForm(string name, string value)
    {
        _browser.Keep(string.Format(null, name, _cab), value);

        await _browser.GetAsync($"{Report}?kind=complaint&step=2");
        await _browser.FollowAsync();

        Assert.AreEqual(HttpStatusCode.OK, _browser.Answer.StatusCode);
        Assert.AreEqual("", Field("Account"));
        Assert.DoesNotContain("account-fault", _browser.Html);
    }

    [TestMethod]
    public async Task Draft_OfAnotherCab_IsAnEmptyForm()
    {
        await ToLastScreenAsync();
        var kept = _browser.Cookies.Single(c => c.Name.StartsWith("report-", StringComparison.Ordinal)).Value;
        var other = await _city.CodeOfAsync(2);
        _browser.Keep($"report-{other}", kept);

        await _browser.GetAsync($"/cab/{other}/report?kind=complaint");

        Assert.AreEqual("", Field("Account"));
    }

    /// <summary>The longest that a form may hold, in characters of three bytes: its cookie is cut in two and put together again.</summary>
    [TestMethod]
    public async Task Draft_OfTheLongestReport_IsKept()
    {
        await _browser.GetAsync($"{Report}?kind=complaint");
        var account = new string('长', 1_000);

        await _browser.SendAsync(Report, "Go", "on", ("Form.Conduct", "S01"), ("Form.Account", account), ("Form.Place", new string('港', 200)));
        await _browser.FollowAsync();

        StringAssert.Contains(_browser.Text, account);
        Assert.IsLessThan(8_000, _browser.Cookies.Sum(c => c.Name.Length + c.Value.Length), "more than a proxy takes");
    }

    [TestMethod]
    public async Task Report_Sent_IsForgotten()
    {
        await ToLastScreenAsync();
        await _browser.SendFileAsync(Report, [], "", ("Form.Contact", "555-0100"));
        await _browser.FollowAsync();

        Assert.IsFalse(_browser.Cookies.Any(c => c.Name.StartsWith("report-", StringComparison.Ordinal)));
        await _browser.GetAsync($"{Report}?kind=complaint&step=2");
        await _browser.FollowAsync();
        Assert.AreEqual("", Field("Account"));
        Assert.DoesNotContain("555-0100", _browser.Html);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public async Task Screen_WithoutTheFormsToken_IsShownAgainAndSentAtTheNextPress(int step)
    {
        await ToLastScreenAsync();
        if (step == 1)
            await _browser.GetAsync($"{Report}?kind=complaint&step=1");

        await _browser.SendFileAsync(Report, [], "", ("__RequestVerificationToken", "forged"), ("Form.Contact", "555-0100"));

        Assert.AreEqual(HttpStatusCode.BadRequest, _browser.Answer.StatusCode);
        StringAssert.Contains(_browser.Text, "Nothing has been sent yet: this page was opened too long ago");
        Assert.AreEqual((Account, "555-0100"), (Field("Account"), Field("Contact")));
        Assert.AreEqual(0, await CountAsync());
        await _browser.SendFileAsync(Report, [], "");
        await _browser.FollowAsync();
        if (step == 1)
            await _browser.SendFileAsync(Report, [], "");
        Assert.AreEqual(1, await CountAsync());
    }

    [TestMethod]
    public async Task Forms_SentBeyondTheRate_AreShownAgainWhilePagesAreRead()
    {
        await ToLastScreenAsync();
        for (var n = 2; n <= new PassengerSettings().FormsPerTenMinutes; n++)
            await _browser.SendFileAsync(Report, [], "", "back");
        await _browser.GetAsync($"{Report}?kind=complaint&step=2");
        var screen = _browser.Html;

        await _browser.SendFileAsync(Report, Pictures.Jpeg(), "photo.jpg", ("Form.Contact", "555-0100"));

        Assert.AreEqual(HttpStatusCode.TooManyRequests, _browser.Answer.StatusCode);
        Assert.IsNotNull(_browser.Answer.Headers.RetryAfter);
        StringAssert.Contains(_browser.Text, "press the button again in a few minutes");
        StringAssert.Contains(_browser.Text, "Choose the photo again");
        Assert.AreEqual((Account, "555-0100"), (Field("Account"), Field("Contact")));
        Assert.AreEqual(0, await CountAsync());
        await _browser.GetAsync($"{Report}?kind=complaint&step=2");
        Assert.AreEqual(HttpStatusCode.OK, _browser.Answer.StatusCode);
        Assert.AreEqual("555-0100", Field("Contact"), "the other language would have lost it");
        _browser.Show(screen);
    }

    /// <summary>A correction under the key of what was sent is not dropped, and not taken for it either.</summary>
    [TestMethod]
    [DataRow("Form.Account", "It was worse.")]
    [DataRow("Form.Place", "Station")]
    [DataRow("Form.Hour", "11")]
    [DataRow("Form.Day", "2018-01-01")]
    [DataRow("Form.Conduct", "S02")]
    [DataRow("Form.Contact", "555-0101")]
    [DataRow("Form.Contact", "")]
    public async Task Report_SentAgainWithOtherContent_IsToldAndSentAsItsOwnAtTheNextPress(string field, string value)
    {
        await ToLastScreenAsync();
        var screen = _browser.Html;
        await _browser.SendFileAsync(Report, [], "", ("Form.Contact", "555-0100"));
        var first = _browser.Answer.Headers.Location!.ToString();
        _browser.Show(screen);

        await _browser.SendFileAsync(Report, [], "", ("Form.Contact", "555-0100"), (field, value));

        Assert.AreEqual(HttpStatusCode.Conflict, _browser.Answer.StatusCode);
        StringAssert.Contains(_browser.Text, "with other content");
        StringAssert.Contains(_browser.Html, first.Split('?')[0].Split('/')[^1]);
        Assert.AreEqual((1, value), (await CountAsync(), Field(field.Split('.')[1])));
        await _browser.SendFileAsync(Report, [], "");
        Assert.AreNotEqual(first, _browser.Answer.Headers.Location!.ToString());
        Assert.AreEqual(2, await CountAsync());
    }

    [TestMethod]
    public async Task Report_SentAgainWithoutItsPhotoOrWithIt_IsOneReceipt()
    {
        await ToLastScreenAsync();
        var screen = _browser.Html;
        await _browser.SendFileAsync(Report, Pictures.Jpeg(), "photo.jpg");
        var first = _browser.Answer.Headers.Location;

        foreach (var photo in new[] { Pictures.Jpeg(), [] })
        {
            _browser.Show(screen);
            await _browser.SendFileAsync(Report, photo, photo.Length > 0 ? "photo.jpg" : "");
            Assert.AreEqual(first, _browser.Answer.Headers.Location);
        }

        Assert.AreEqual(1, await CountAsync());
    }

    [TestMethod]
    public async Task Code_AsAChineseKeyboardGivesIt_IsTheCab()
    {
        var wide = string.Concat($"{_cab[..4]}-{_cab[4..8]}-{_cab[8..]}".ToUpperInvariant().Select(c => (char)(c + 0xFEE0)));

        await _browser.GetAsync($"/cab?code={Uri.EscapeDataString(wide)}");
        await _browser.FollowAsync();
        StringAssert.Contains(_browser.Text, "鲁K·T0001");
        await _browser.GetAsync($"/cab/{Uri.EscapeDataString(wide)}/report?kind=complaint");

        StringAssert.Contains(_browser.Text, "鲁K·T0001");
    }

    [TestMethod]
    [DataRow("en", "Do not give your own address")]
    [DataRow("zh-CN", "请不要填写您的住址")]
    public async Task Place_AskedFor_WarnsAgainstOnesOwnAddress(string language, string warning)
    {
        await using var browser = PassengerBrowser.Open(_city, language);

        await browser.GetAsync($"{Report}?kind=complaint");

        StringAssert.Contains(browser.Text, warning);
    }

    private async Task ToLastScreenAsync()
    {
        await _browser.GetAsync($"{Report}?kind=complaint");
        await _browser.SendAsync(Report, "Go", "on", ("Form.Conduct", "S01"), ("Form.Account", Account), ("Form.Place", "Harbour"));
        await _browser.FollowAsync();
    }

    private string Field(string name) => _browser.Fields()[$"Form.{name}"];

    private Task<int> CountAsync() => _city.WithDbAsync(db => db.PassengerReports.CountAsync());
}
