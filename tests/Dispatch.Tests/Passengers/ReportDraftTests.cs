using System.Net;
using Dispatch.Tests.Photos;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Passengers;

namespace Dispatch.Tests.Passengers;

/// <summary>What is kept of a report while it is written, and what stands there again when sending it came to nothing.</summary>
[TestClass]
public sealed class ReportDraftTests : PassengerPages
{
    private const string Account = "A <b>detour</b> by the harbour, 绕行。";

    [TestMethod]
    public async Task Screen_Sent_LeadsToAnAddressThatDrawsWhatWasTyped()
    {
        await ToLastScreenAsync();

        await Browser.GetAsync($"{Report}?kind=complaint&step=2");
        StringAssert.Contains(Browser.Text, "Submit");
        StringAssert.Contains(Browser.Html, WebUtility.HtmlEncode("<b>detour</b>"));
        StringAssert.Contains(Browser.Text, "Detour without consent");
        StringAssert.Contains(Browser.Text, "2 Jan 2018");
        Assert.IsTrue(Browser.Answer.Headers.CacheControl?.NoStore);
        await Browser.GetAsync($"{Report}?kind=complaint&step=1");
        Assert.AreEqual((Account, "S01", "Harbour"), (Field("Account"), Field("Conduct"), Field("Place")));
        await Browser.GetAsync($"{Report}?kind=complaint");
        Assert.AreEqual(Account, Field("Account"));
        await Browser.GetAsync($"/cab/{await City.CodeOfAsync(2)}/report?kind=complaint");
        Assert.AreEqual("", Field("Account"), "a draft about one cab is shown at another");
    }

    [TestMethod]
    public async Task Previous_Pressed_KeepsTheContactToo()
    {
        await ToLastScreenAsync();

        await Browser.SendFileAsync(Report, [], "", "back", ("Form.Contact", "１３９－５５５５"));

        await Browser.FollowAsync();
        StringAssert.Contains(Browser.Text, "Step 1 of 2");
        await Browser.SendAsync(Report, "Go", "on");
        await Browser.FollowAsync();
        Assert.AreEqual("139-5555", Field("Contact"));
    }

    [TestMethod]
    [DataRow(1799, true)]
    [DataRow(1800, false)]
    public async Task Draft_AfterHalfAnHour_IsForgotten(int seconds, bool isKept)
    {
        await ToLastScreenAsync();
        City.Time.Pass(TimeSpan.FromSeconds(seconds));

        await Browser.GetAsync($"{Report}?kind=complaint");

        Assert.AreEqual(isKept ? Account : "", Field("Account"));
    }

    [TestMethod]
    public async Task Draft_Kept_IsReadByNobodyElse()
    {
        await ToLastScreenAsync();

        var kept = Browser.Cookies.Single(c => c.Name.StartsWith("report-", StringComparison.Ordinal));
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
        Browser.Keep(string.Format(null, name, CabCode), value);

        await Browser.GetAsync($"{Report}?kind=complaint&step=2");
        await Browser.FollowAsync();

        Assert.AreEqual(HttpStatusCode.OK, Browser.Answer.StatusCode);
        Assert.AreEqual("", Field("Account"));
        Assert.DoesNotContain("account-fault", Browser.Html);
    }

    [TestMethod]
    public async Task Draft_OfAnotherCab_IsAnEmptyForm()
    {
        await ToLastScreenAsync();
        var kept = Browser.Cookies.Single(c => c.Name.StartsWith("report-", StringComparison.Ordinal)).Value;
        var other = await City.CodeOfAsync(2);
        Browser.Keep($"report-{other}", kept);

        await Browser.GetAsync($"/cab/{other}/report?kind=complaint");

        Assert.AreEqual("", Field("Account"));
    }

    /// <summary>The longest that a form may hold, in characters of three bytes: its cookie is cut in two and put together again.</summary>
    [TestMethod]
    public async Task Draft_OfTheLongestReport_IsKept()
    {
        await Browser.GetAsync($"{Report}?kind=complaint");
        var account = new string('长', 1_000);

        await Browser.SendAsync(Report, "Go", "on", ("Form.Conduct", "S01"), ("Form.Account", account), ("Form.Place", new string('港', 200)));
        await Browser.FollowAsync();

        StringAssert.Contains(Browser.Text, account);
        Assert.IsLessThan(8_000, Browser.Cookies.Sum(c => c.Name.Length + c.Value.Length), "more than a proxy takes");
    }

    [TestMethod]
    public async Task Report_Sent_IsForgotten()
    {
        await ToLastScreenAsync();
        await Browser.SendFileAsync(Report, [], "", ("Form.Contact", "555-0100"));
        await Browser.FollowAsync();

        Assert.IsFalse(Browser.Cookies.Any(c => c.Name.StartsWith("report-", StringComparison.Ordinal)));
        await Browser.GetAsync($"{Report}?kind=complaint&step=2");
        await Browser.FollowAsync();
        Assert.AreEqual("", Field("Account"));
        Assert.DoesNotContain("555-0100", Browser.Html);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public async Task Screen_WithoutTheFormsToken_IsShownAgainAndSentAtTheNextPress(int step)
    {
        await ToLastScreenAsync();
        if (step == 1)
            await Browser.GetAsync($"{Report}?kind=complaint&step=1");

        await Browser.SendFileAsync(Report, [], "", ("__RequestVerificationToken", "forged"), ("Form.Contact", "555-0100"));

        Assert.AreEqual(HttpStatusCode.BadRequest, Browser.Answer.StatusCode);
        StringAssert.Contains(Browser.Text, "Nothing has been sent yet: this page was opened too long ago");
        Assert.AreEqual((Account, "555-0100"), (Field("Account"), Field("Contact")));
        Assert.AreEqual(0, await CountAsync());
        await Browser.SendFileAsync(Report, [], "");
        await Browser.FollowAsync();
        if (step == 1)
            await Browser.SendFileAsync(Report, [], "");
        Assert.AreEqual(1, await CountAsync());
    }

    [TestMethod]
    public async Task Forms_SentBeyondTheRate_AreShownAgainWhilePagesAreRead()
    {
        await ToLastScreenAsync();
        for (var n = 2; n <= new PassengerSettings().FormsPerTenMinutes; n++)
            await Browser.SendFileAsync(Report, [], "", "back");
        await Browser.GetAsync($"{Report}?kind=complaint&step=2");
        var screen = Browser.Html;

        await Browser.SendFileAsync(Report, Pictures.Jpeg(), "photo.jpg", ("Form.Contact", "555-0100"));

        Assert.AreEqual(HttpStatusCode.TooManyRequests, Browser.Answer.StatusCode);
        Assert.IsNotNull(Browser.Answer.Headers.RetryAfter);
        StringAssert.Contains(Browser.Text, "press the button again in a few minutes");
        StringAssert.Contains(Browser.Text, "Choose the photo again");
        Assert.AreEqual((Account, "555-0100"), (Field("Account"), Field("Contact")));
        Assert.AreEqual(0, await CountAsync());
        await Browser.GetAsync($"{Report}?kind=complaint&step=2");
        Assert.AreEqual(HttpStatusCode.OK, Browser.Answer.StatusCode);
        Assert.AreEqual("555-0100", Field("Contact"), "the other language would have lost it");
        Browser.Show(screen);
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
        var screen = Browser.Html;
        await Browser.SendFileAsync(Report, [], "", ("Form.Contact", "555-0100"));
        var first = Browser.Answer.Headers.Location!.ToString();
        Browser.Show(screen);

        await Browser.SendFileAsync(Report, [], "", ("Form.Contact", "555-0100"), (field, value));

        Assert.AreEqual(HttpStatusCode.Conflict, Browser.Answer.StatusCode);
        StringAssert.Contains(Browser.Text, "with other content");
        StringAssert.Contains(Browser.Html, first.Split('?')[0].Split('/')[^1]);
        Assert.AreEqual((1, value), (await CountAsync(), Field(field.Split('.')[1])));
        await Browser.SendFileAsync(Report, [], "");
        Assert.AreNotEqual(first, Browser.Answer.Headers.Location!.ToString());
        Assert.AreEqual(2, await CountAsync());
    }

    [TestMethod]
    public async Task Report_SentAgainWithoutItsPhotoOrWithIt_IsOneReceipt()
    {
        await ToLastScreenAsync();
        var screen = Browser.Html;
        await Browser.SendFileAsync(Report, Pictures.Jpeg(), "photo.jpg");
        var first = Browser.Answer.Headers.Location;

        foreach (var photo in new[] { Pictures.Jpeg(), [] })
        {
            Browser.Show(screen);
            await Browser.SendFileAsync(Report, photo, photo.Length > 0 ? "photo.jpg" : "");
            Assert.AreEqual(first, Browser.Answer.Headers.Location);
        }

        Assert.AreEqual(1, await CountAsync());
    }

    [TestMethod]
    public async Task Code_AsAChineseKeyboardGivesIt_IsTheCab()
    {
        var wide = string.Concat($"{CabCode[..4]}-{CabCode[4..8]}-{CabCode[8..]}".ToUpperInvariant().Select(c => (char)(c + 0xFEE0)));

        await Browser.GetAsync($"/cab?code={Uri.EscapeDataString(wide)}");
        await Browser.FollowAsync();
        StringAssert.Contains(Browser.Text, "鲁K·T0001");
        await Browser.GetAsync($"/cab/{Uri.EscapeDataString(wide)}/report?kind=complaint");

        StringAssert.Contains(Browser.Text, "鲁K·T0001");
    }

    [TestMethod]
    [DataRow("en", "Do not give your own address")]
    [DataRow("zh-CN", "请不要填写您的住址")]
    public async Task Place_AskedFor_WarnsAgainstOnesOwnAddress(string language, string warning)
    {
        await using var browser = PassengerBrowser.Open(City, language);

        await browser.GetAsync($"{Report}?kind=complaint");

        StringAssert.Contains(browser.Text, warning);
    }

    private async Task ToLastScreenAsync()
    {
        await Browser.GetAsync($"{Report}?kind=complaint");
        await Browser.SendAsync(Report, "Go", "on", ("Form.Conduct", "S01"), ("Form.Account", Account), ("Form.Place", "Harbour"));
        await Browser.FollowAsync();
    }

    private string Field(string name) => Browser.Fields()[$"Form.{name}"];

    private Task<int> CountAsync() => City.WithDbAsync(db => db.PassengerReports.CountAsync());
}
