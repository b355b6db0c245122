using System.Net;
using System.Text;
using Dispatch.Tests.Displays;
using Dispatch.Tests.Photos;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using TaxiCredit.Dispatch.Features.Passengers;

namespace Dispatch.Tests.Passengers;

/// <summary>The passengers' pages over HTTP, as a browser without scripts meets them.</summary>
[TestClass]
public sealed class PassengerPagesTests : PassengerPages
{
    [TestMethod]
    [DataRow("11111", "showing", "last confirmed 4 stars at 12:00.")]
    [DataRow("10000", "showing", "last confirmed 0 stars at 12:00.")]
    [DataRow("00000", "unrated", "Dark because the driver is new and not rated yet.")]
    [DataRow("00000", "stale", "Dark because the rating has expired.")]
    [DataRow("00000", "fault", "The display cannot confirm its own lights.")]
    [DataRow("10100", "showing", "The display cannot confirm its own lights.")]
    public async Task Cab_UnitHasReported_SaysWhatItConfirmedOrWhyItIsDark(string lit, string display, string expected)
    {
        await City.SignOnAsync(driver: 1, cab: 1);
        await using var cab = await City.ConnectNewCabAsync(1);
        await ShowAsync(cab, lit, display);

        await Browser.GetAsync($"/cab/{CabCode.ToUpperInvariant()}");

        StringAssert.Contains(Browser.Text, expected);
        StringAssert.Contains(Browser.Text, "鲁K·T0001");
        Assert.DoesNotContain("Driver 1", Browser.Text);
        Assert.DoesNotContain("d-1", Browser.Html);
    }

    [TestMethod]
    public async Task Cab_VacantThenOfflineThenADayLater_SaysSo()
    {
        await Browser.GetAsync($"/cab/{CabCode}");
        StringAssert.Contains(Browser.Text, "No display has reported from this cab yet.");

        await using var cab = await City.ConnectNewCabAsync(1);
        await ShowAsync(cab, "00000", "vacant");
        await Browser.GetAsync($"/cab/{CabCode}");
        StringAssert.Contains(Browser.Text, "nobody is signed on to this cab");

        cab.Vanish();
        await City.AwaitTwinAsync(cab.Unit.Id, twin => !twin.Online);
        City.Time.Pass(TimeSpan.FromDays(1));
        await Browser.GetAsync($"/cab/{CabCode}");
        StringAssert.Contains(Browser.Text, "what it shows now is not known. It last confirmed a dark windscreen at 2 Jan 2018 at 12:00");
    }

    [TestMethod]
    public async Task Stars_NobodyVouchesForThem_AreNotAskedFor()
    {
        await City.SignOnAsync(driver: 1, cab: 1);
        await using var cab = await City.ConnectNewCabAsync(1);
        await ShowAsync(cab, "11110", "showing");
        await Browser.GetAsync($"/cab/{CabCode}");
        StringAssert.Contains(Browser.Text, "How many stars do you see?");
        var before = Browser.Html;
        cab.Vanish();
        await City.AwaitTwinAsync(cab.Unit.Id, twin => !twin.Online);

        await Browser.GetAsync($"/cab/{CabCode}");
        StringAssert.Contains(Browser.Text, "It last confirmed 3 stars at 12:00.");
        StringAssert.Contains(Browser.Text, "The lights cannot be compared now");
        Assert.DoesNotContain("How many stars do you see?", Browser.Text);
        Browser.Show(before);
        await Browser.SendAsync($"/cab/{CabCode}", "Seen", "dark");

        Assert.AreEqual(HttpStatusCode.OK, Browser.Answer.StatusCode);
        Assert.AreEqual(0, await City.WithDbAsync(db => db.StarChecks.CountAsync()), "a page that was loaded before compares nothing");
    }

    [TestMethod]
    public async Task Stars_Answered_MatchOrOpenACheck()
    {
        await using var cab = await City.ConnectNewCabAsync(1);
        await ShowAsync(cab, "11110", "showing");
        await Browser.GetAsync($"/cab/{CabCode}");

        await Browser.SendAsync($"/cab/{CabCode}", "Seen", "3");
        StringAssert.Contains(Browser.Text, "This matches what the display confirms.");
        await Browser.SendAsync($"/cab/{CabCode}", "Seen", "dark");
        StringAssert.Contains(Browser.Text, "last confirmed 3 stars, and you see a dark windscreen");
        await Browser.SendAsync($"/cab/{CabCode}", "Seen", "5");
        StringAssert.Contains(Browser.Text, "Choose what you see.");

        Assert.AreEqual(1, await City.WithDbAsync(db => db.StarChecks.CountAsync()));
    }

    [TestMethod]
    [DataRow("zzzzzzzzzzzz")]
    [DataRow("short")]
    [DataRow("%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    public async Task Cab_UnknownCode_HasAPageThatAsksForIt(string code)
    {
        foreach (var path in new[] { $"/cab/{code}", $"/cab/{code}/report" })
        {
            await Browser.GetAsync(path);

            Assert.AreEqual(HttpStatusCode.NotFound, Browser.Answer.StatusCode);
            StringAssert.Contains(Browser.Text, "No cab has this code");
            Assert.DoesNotContain("<script>", Browser.Html);
        }
    }

    [TestMethod]
    public async Task Report_TwoScreens_EndAtAReceiptThatCanBeFollowed()
    {
        await City.SignOnAsync(driver: 1, cab: 1);
        await ToLastScreenAsync("complaint", "A <b>detour</b> \"by\" the harbour.");

        await Browser.SendFileAsync(Report, Pictures.Jpeg(), "../../photo.svg", ("Form.Contact", "555-0100"));

        Assert.AreEqual(HttpStatusCode.Redirect, Browser.Answer.StatusCode);
        var receipt = Browser.Answer.Headers.Location!.ToString();
        await Browser.GetAsync(receipt);
        StringAssert.Contains(Browser.Text, "The bureau has received your report.");
        StringAssert.Contains(Browser.Text, "Complaint about 鲁K·T0001, 2 Jan 2018");
        Assert.IsTrue(Browser.Answer.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain("555-0100", Browser.Html);
        var report = await City.WithDbAsync(db => db.PassengerReports.Include(r => r.Case).SingleAsync());
        Assert.AreEqual("A <b>detour</b> \"by\" the harbour.", report.Case!.Account);
        using var photo = SKBitmap.Decode(Directory.GetFiles(Path.Combine(City.Folder, "photos")).Single());
        Assert.AreEqual(30, photo.Width);
    }

    [TestMethod]
    public async Task Report_LastScreenSentTwice_IsOneReceipt()
    {
        await ToLastScreenAsync("praise", "Returned my bag.");
        var screen = Browser.Html;

        await Browser.SendFileAsync(Report, [], "");
        var first = Browser.Answer.Headers.Location;
        await Browser.GetAsync("/receipt");
        Browser.Show(screen);
        await Browser.SendFileAsync(Report, [], "");

        Assert.AreEqual(first, Browser.Answer.Headers.Location);
        Assert.AreEqual(1, await City.WithDbAsync(db => db.PassengerReports.CountAsync()));
    }

    [TestMethod]
    public async Task Report_Faults_AreToldBesideTheFieldsAndWhatWasTypedStays()
    {
        await Browser.GetAsync($"{Report}?kind=complaint");

        await Browser.SendAsync(Report, "Go", "on", ("Form.Account", new string('x', 1_001)));
        StringAssert.Contains(Browser.Html, "id=\"conduct-fault\"");
        StringAssert.Contains(Browser.Text, "Choose what it is about");
        StringAssert.Contains(Browser.Text, "This is 1,001 characters long; the maximum is 1,000.");
        Assert.AreEqual(1_001, Browser.Fields()["Form.Account"].Length);

        await Browser.SendAsync(
            Report, "Go", "on", ("Form.Conduct", "S09"), ("Form.Account", "Smoke & \"ash\""), ("Form.Day", "2018-01-03"), ("Form.Hour", "7"),
            ("Form.Place", ""));
        await Browser.FollowAsync();
        StringAssert.Contains(Browser.Html, "id=\"day-fault\"");
        StringAssert.Contains(Browser.Text, "This day is in the future.");
        StringAssert.Contains(Browser.Text, "Enter the place");
        Assert.AreEqual(
            ("2018-01-03", "7", "Smoke & \"ash\"", "S09"),
            (Browser.Fields()["Form.Day"], Browser.Fields()["Form.Hour"], Browser.Fields()["Form.Account"], Browser.Fields()["Form.Conduct"]));
        Assert.AreEqual(0, await City.WithDbAsync(db => db.PassengerReports.CountAsync()));
    }

    [TestMethod]
    [DataRow("svg", "not a JPEG, PNG or WebP picture")]
    [DataRow("large", "larger than 10 MB")]
    [DataRow("cut", "incomplete or damaged")]
    public async Task Report_PhotoThatIsNone_IsToldBesideItAndTheRestStays(string kind, string expected)
    {
        await ToLastScreenAsync("complaint", "A detour.");
        var file = kind switch
        {
            "svg" => Encoding.ASCII.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>"),
            "large" => new byte[10_485_761],
            _ => Pictures.Jpeg()[..200],
        };

        await Browser.SendFileAsync(Report, file, "photo.jpg", ("Form.Contact", "555-0100"));

        await Browser.FollowAsync();
        Assert.AreEqual(HttpStatusCode.OK, Browser.Answer.StatusCode);
        StringAssert.Contains(Browser.Html, "id=\"photo-fault\"");
        StringAssert.Contains(Browser.Text, expected);
        Assert.AreEqual(("555-0100", "A detour."), (Browser.Fields()["Form.Contact"], Browser.Fields()["Form.Account"]));
        Assert.IsFalse(Directory.Exists(Path.Combine(City.Folder, "photos")));
    }

    [TestMethod]
    public async Task Report_TamperedStep_AsksForWhatIsMissing()
    {
        await Browser.GetAsync($"{Report}?kind=complaint");

        await Browser.SendAsync(Report, "Go", "on", ("Step", "2"), ("Submission", "not-a-guid"), ("Form.Day", "yesterday"));

        await Browser.FollowAsync();
        StringAssert.Contains(Browser.Text, "Step 1 of 2");
        StringAssert.Contains(Browser.Text, "This is not a valid day.");
        Assert.AreEqual(0, await City.WithDbAsync(db => db.PassengerReports.CountAsync()));
    }

    [TestMethod]
    public async Task Report_BodyBeyondTheLimit_IsAnsweredWithAPage()
    {
        await ToLastScreenAsync("complaint", "A detour.");

        await Browser.SendFileAsync(Report, new byte[33_554_432], "photo.jpg");

        Assert.AreEqual(HttpStatusCode.RequestEntityTooLarge, Browser.Answer.StatusCode);
        StringAssert.Contains(Browser.Text, "What you sent is too large.");
        Assert.AreEqual(0, await City.WithDbAsync(db => db.PassengerReports.CountAsync()));
    }

    [TestMethod]
    [DataRow("/receipt/0000-0000-0000")]
    [DataRow("/receipt/%27%20OR%201%3D1")]
    public async Task Receipt_Wrong_HasAPageOfItsOwn(string path)
    {
        await Browser.GetAsync(path);

        Assert.AreEqual(HttpStatusCode.NotFound, Browser.Answer.StatusCode);
        StringAssert.Contains(Browser.Text, "Receipt not found");
    }

    [TestMethod]
    public async Task Receipt_LookedUpBeyondTheRate_IsToldToWait()
    {
        var most = new PassengerSettings().ReceiptsPerMinute;
        for (var n = 1; n <= most; n++)
        {
            await Browser.GetAsync("/receipt/0000-0000-0000");
            Assert.AreEqual(HttpStatusCode.NotFound, Browser.Answer.StatusCode, $"{n}");
        }

        await Browser.GetAsync("/receipt/0000-0000-0000");

        Assert.AreEqual(HttpStatusCode.TooManyRequests, Browser.Answer.StatusCode);
        Assert.IsNotNull(Browser.Answer.Headers.RetryAfter);
        StringAssert.Contains(Browser.Text, "Too many");
    }

    [TestMethod]
    public async Task Answers_OnOneCabBeyondTheRate_AreToldToWaitAndOtherCabsAreNot()
    {
        var other = await City.CodeOfAsync(2);
        await Browser.GetAsync($"/cab/{CabCode}");
        for (var n = 1; n <= new PassengerSettings().AnswersPerTenMinutes; n++)
            await Browser.SendAsync($"/cab/{CabCode}", "Seen", "dark");
        Assert.AreEqual(HttpStatusCode.OK, Browser.Answer.StatusCode);

        await Browser.SendAsync($"/cab/{CabCode}", "Seen", "dark");
        Assert.AreEqual(HttpStatusCode.TooManyRequests, Browser.Answer.StatusCode);
        await Browser.GetAsync($"/cab/{other}");
        await Browser.SendAsync($"/cab/{other}", "Seen", "dark");
        Assert.AreEqual(HttpStatusCode.OK, Browser.Answer.StatusCode);
    }

    [TestMethod]
    public async Task Answers_OnOneCabInManySpellings_AreCountedTogether()
    {
        await Browser.GetAsync($"/cab/{CabCode}");
        for (var n = 1; n <= new PassengerSettings().AnswersPerTenMinutes; n++)
            await Browser.SendAsync($"/cab/{(n % 2 == 0 ? CabCode.ToUpperInvariant() : CabCode.Insert(n % 12, "-"))}", "Seen", "dark");
        Assert.AreEqual(HttpStatusCode.OK, Browser.Answer.StatusCode);

        await Browser.SendAsync($"/cab/{CabCode.Insert(4, " ")}", "Seen", "dark");

        Assert.AreEqual(HttpStatusCode.TooManyRequests, Browser.Answer.StatusCode);
    }

    [TestMethod]
    public async Task Forms_OfOneAddressBeyondTheRateOfAllForms_AreToldToWait()
    {
        await using var city = await DisplayCity.BuildAsync(settings: new Dictionary<string, string?> { ["Forms:PerMinute"] = "10" });
        await using var browser = PassengerBrowser.Open(city);
        var page = $"/cab/{await city.CodeOfAsync(1)}/report";
        await browser.GetAsync($"{page}?kind=complaint");
        for (var n = 1; n <= 10; n++)
        {
            await browser.SendAsync(page, "Go", "on");
            await browser.FollowAsync();
        }

        await browser.SendAsync(page, "Go", "on");

        Assert.AreEqual(HttpStatusCode.TooManyRequests, browser.Answer.StatusCode);
    }

    [TestMethod]
    public async Task Address_WithAControlCharacter_IsRefused()
    {
        await Browser.GetAsync($"/cab/{CabCode}?x=%1b");
        Assert.AreEqual(HttpStatusCode.BadRequest, Browser.Answer.StatusCode);
        await Browser.GetAsync("/cab/%01");
        Assert.AreEqual(HttpStatusCode.NotFound, Browser.Answer.StatusCode);
        await Browser.GetAsync("/api/v1/months?page=%07");
        Assert.AreEqual(HttpStatusCode.BadRequest, Browser.Answer.StatusCode);
        StringAssert.Contains(Browser.Html, "text-control-character");
    }

    /// <summary>The framework's own reader of forms refuses U+0000; what a browser then gets is the page of a form that cannot be used.</summary>
    [TestMethod]
    public async Task Form_WithANul_IsRefused()
    {
        await Browser.GetAsync($"{Report}?kind=complaint");

        await Browser.SendAsync(Report, "Go", "on", ("Form.Account", "The driver\0shouted."));

        Assert.AreEqual(HttpStatusCode.BadRequest, Browser.Answer.StatusCode);
    }

    [TestMethod]
    [DataRow("\u001b[2J")]
    [DataRow("\u0085")]
    public async Task Form_WithAControlCharacter_IsRefusedAndShowsTheText(string control)
    {
        await Browser.GetAsync($"{Report}?kind=complaint");

        await Browser.SendAsync(Report, "Go", "on", ("Form.Account", $"The driver shouted{control} at me."));

        Assert.AreEqual(HttpStatusCode.BadRequest, Browser.Answer.StatusCode);
        StringAssert.Contains(Browser.Text, "The text contains a character that cannot be stored");
        StringAssert.Contains(Browser.Text, "The driver shouted");
    }

    [TestMethod]
    public async Task Pages_InChinese_AreTranslated()
    {
        await using var chinese = PassengerBrowser.Open(City, "zh-CN");

        await chinese.GetAsync($"/cab/{CabCode}");
        StringAssert.Contains(chinese.Text, "目前无法核对灯光");
        await chinese.GetAsync($"{Report}?kind=complaint");
        StringAssert.Contains(chinese.Text, "未经乘客同意绕道行驶");
    }

    private async Task ToLastScreenAsync(string kind, string account)
    {
        await Browser.GetAsync($"{Report}?kind={kind}");
        await Browser.SendAsync(Report, "Go", "on", ("Form.Conduct", "S01"), ("Form.Account", account), ("Form.Place", "Harbour"));
        await Browser.FollowAsync();
        StringAssert.Contains(Browser.Text, "Step 2 of 2");
    }

    private async Task ShowAsync(TestCab cab, string lit, string display)
    {
        await cab.SendStateAsync(display: display, lit: lit);
        await City.AwaitTwinAsync(cab.Unit.Id, twin => twin.State == display && twin.Lit == lit);
        // What was published for it a moment ago is no excuse any more.
        City.Time.Advance(TimeSpan.FromSeconds(6));
    }
}
