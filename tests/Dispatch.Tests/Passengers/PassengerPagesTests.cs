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
public sealed class PassengerPagesTests
{
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
    [DataRow("11111", "showing", "last confirmed 4 stars at 12:00.")]
    [DataRow("10000", "showing", "last confirmed 0 stars at 12:00.")]
    [DataRow("00000", "unrated", "Dark because the driver is new and not rated yet.")]
    [DataRow("00000", "stale", "Dark because the rating has expired.")]
    [DataRow("00000", "fault", "The display cannot confirm its own lights.")]
    [DataRow("10100", "showing", "The display cannot confirm its own lights.")]
    public async Task Cab_UnitHasReported_SaysWhatItConfirmedOrWhyItIsDark(string lit, string display, string expected)
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        await using var cab = await _city.ConnectNewCabAsync(1);
        await ShowAsync(cab, lit, display);

        await _browser.GetAsync($"/cab/{_cab.ToUpperInvariant()}");

        StringAssert.Contains(_browser.Text, expected);
        StringAssert.Contains(_browser.Text, "鲁K·T0001");
        Assert.DoesNotContain("Driver 1", _browser.Text);
        Assert.DoesNotContain("d-1", _browser.Html);
    }

    [TestMethod]
    public async Task Cab_VacantThenOfflineThenADayLater_SaysSo()
    {
        await _browser.GetAsync($"/cab/{_cab}");
        StringAssert.Contains(_browser.Text, "No display has reported from this cab yet.");

        await using var cab = await _city.ConnectNewCabAsync(1);
        await ShowAsync(cab, "00000", "vacant");
        await _browser.GetAsync($"/cab/{_cab}");
        StringAssert.Contains(_browser.Text, "nobody is signed on to this cab");

        cab.Vanish();
        await _city.AwaitTwinAsync(cab.Unit.Id, twin => !twin.Online);
        _city.Time.Pass(TimeSpan.FromDays(1));
        await _browser.GetAsync($"/cab/{_cab}");
        StringAssert.Contains(_browser.Text, "what it shows now is not known. It last confirmed a dark windscreen at 2 Jan 2018 at 12:00");
    }

    [TestMethod]
    public async Task Stars_NobodyVouchesForThem_AreNotAskedFor()
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        await using var cab = await _city.ConnectNewCabAsync(1);
        await ShowAsync(cab, "11110", "showing");
        await _browser.GetAsync($"/cab/{_cab}");
        StringAssert.Contains(_browser.Text, "How many stars do you see?");
        var before = _browser.Html;
        cab.Vanish();
        await _city.AwaitTwinAsync(cab.Unit.Id, twin => !twin.Online);

        await _browser.GetAsync($"/cab/{_cab}");
        StringAssert.Contains(_browser.Text, "It last confirmed 3 stars at 12:00.");
        StringAssert.Contains(_browser.Text, "The lights cannot be compared now");
        Assert.DoesNotContain("How many stars do you see?", _browser.Text);
        _browser.Show(before);
        await _browser.SendAsync($"/cab/{_cab}", "Seen", "dark");

        Assert.AreEqual(HttpStatusCode.OK, _browser.Answer.StatusCode);
        Assert.AreEqual(0, await _city.WithDbAsync(db => db.StarChecks.CountAsync()), "a page that was loaded before compares nothing");
    }

    [TestMethod]
    public async Task Stars_Answered_MatchOrOpenACheck()
    {
        await using var cab = await _city.ConnectNewCabAsync(1);
        await ShowAsync(cab, "11110", "showing");
        await _browser.GetAsync($"/cab/{_cab}");

        await _browser.SendAsync($"/cab/{_cab}", "Seen", "3");
        StringAssert.Contains(_browser.Text, "This matches what the display confirms.");
        await _browser.SendAsync($"/cab/{_cab}", "Seen", "dark");
        StringAssert.Contains(_browser.Text, "last confirmed 3 stars, and you see a dark windscreen");
        await _browser.SendAsync($"/cab/{_cab}", "Seen", "5");
        StringAssert.Contains(_browser.Text, "Choose what you see.");

        Assert.AreEqual(1, await _city.WithDbAsync(db => db.StarChecks.CountAsync()));
    }

    [TestMethod]
    [DataRow("zzzzzzzzzzzz")]
    [DataRow("short")]
    [DataRow("%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    public async Task Cab_UnknownCode_HasAPageThatAsksForIt(string code)
    {
        foreach (var path in new[] { $"/cab/{code}", $"/cab/{code}/report" })
        {
            await _browser.GetAsync(path);

            Assert.AreEqual(HttpStatusCode.NotFound, _browser.Answer.StatusCode);
            StringAssert.Contains(_browser.Text, "No cab has this code");
            Assert.DoesNotContain("<script>", _browser.Html);
        }
    }

    [TestMethod]
    public async Task Report_TwoScreens_EndAtAReceiptThatCanBeFollowed()
    {
        await _city.SignOnAsync(driver: 1, cab: 1);
        await ToLastScreenAsync("complaint", "A <b>detour</b> \"by\" the harbour.");

        await _browser.SendFileAsync(Report, Pictures.Jpeg(), "../../photo.svg", ("Form.Contact", "555-0100"));

        Assert.AreEqual(HttpStatusCode.Redirect, _browser.Answer.StatusCode);
        var receipt = _browser.Answer.Headers.Location!.ToString();
        await _browser.GetAsync(receipt);
        StringAssert.Contains(_browser.Text, "The bureau has received your report.");
        StringAssert.Contains(_browser.Text, "Complaint about 鲁K·T0001, 2 Jan 2018");
        Assert.IsTrue(_browser.Answer.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain("555-0100", _browser.Html);
        var report = await _city.WithDbAsync(db => db.PassengerReports.Include(r => r.Case).SingleAsync());
        Assert.AreEqual("A <b>detour</b> \"by\" the harbour.", report.Case!.Account);
        using var photo = SKBitmap.Decode(Directory.GetFiles(Path.Combine(_city.Folder, "photos")).Single());
        Assert.AreEqual(30, photo.Width);
    }

    [TestMethod]
    public async Task Report_LastScreenSentTwice_IsOneReceipt()
    {
        await ToLastScreenAsync("praise", "Returned my bag.");
        var screen = _browser.Html;

        await _browser.SendFileAsync(Report, [], "");
        var first = _browser.Answer.Headers.Location;
        await _browser.GetAsync("/receipt");
        _browser.Show(screen);
        await _browser.SendFileAsync(Report, [], "");

        Assert.AreEqual(first, _browser.Answer.Headers.Location);
        Assert.AreEqual(1, await _city.WithDbAsync(db => db.PassengerReports.CountAsync()));
    }

    [TestMethod]
    public async Task Report_Faults_AreToldBesideTheFieldsAndWhatWasTypedStays()
    {
        await _browser.GetAsync($"{Report}?kind=complaint");

        await _browser.SendAsync(Report, "Go", "on", ("Form.Account", new string('x', 1_001)));
        StringAssert.Contains(_browser.Html, "id=\"conduct-fault\"");
        StringAssert.Contains(_browser.Text, "Choose what it is about");
        StringAssert.Contains(_browser.Text, "This is 1,001 characters long; the maximum is 1,000.");
        Assert.AreEqual(1_001, _browser.Fields()["Form.Account"].Length);

        await _browser.SendAsync(
            Report, "Go", "on", ("Form.Conduct", "S09"), ("Form.Account", "Smoke & \"ash\""), ("Form.Day", "2018-01-03"), ("Form.Hour", "7"),
            ("Form.Place", ""));
        await _browser.FollowAsync();
        StringAssert.Contains(_browser.Html, "id=\"day-fault\"");
        StringAssert.Contains(_browser.Text, "This day is in the future.");
        StringAssert.Contains(_browser.Text, "Enter the place");
        Assert.AreEqual(
            ("2018-01-03", "7", "Smoke & \"ash\"", "S09"),
            (_browser.Fields()["Form.Day"], _browser.Fields()["Form.Hour"], _browser.Fields()["Form.Account"], _browser.Fields()["Form.Conduct"]));
        Assert.AreEqual(0, await _city.WithDbAsync(db => db.PassengerReports.CountAsync()));
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

        await _browser.SendFileAsync(Report, file, "photo.jpg", ("Form.Contact", "555-0100"));

        await _browser.FollowAsync();
        Assert.AreEqual(HttpStatusCode.OK, _browser.Answer.StatusCode);
        StringAssert.Contains(_browser.Html, "id=\"photo-fault\"");
        StringAssert.Contains(_browser.Text, expected);
        Assert.AreEqual(("555-0100", "A detour."), (_browser.Fields()["Form.Contact"], _browser.Fields()["Form.Account"]));
        Assert.IsFalse(Directory.Exists(Path.Combine(_city.Folder, "photos")));
    }

    [TestMethod]
    public async Task Report_TamperedStep_AsksForWhatIsMissing()
    {
        await _browser.GetAsync($"{Report}?kind=complaint");

        await _browser.SendAsync(Report, "Go", "on", ("Step", "2"), ("Submission", "not-a-guid"), ("Form.Day", "yesterday"));

        await _browser.FollowAsync();
        StringAssert.Contains(_browser.Text, "Step 1 of 2");
        StringAssert.Contains(_browser.Text, "This is not a valid day.");
        Assert.AreEqual(0, await _city.WithDbAsync(db => db.PassengerReports.CountAsync()));
    }

    [TestMethod]
    public async Task Report_BodyBeyondTheLimit_IsRefusedUnread()
    {
        await ToLastScreenAsync("complaint", "A detour.");

        // Whether the client reads the refusal or is cut off while it still sends is a race.
        var refused = await Task.WhenAny(_browser.SendFileAsync(Report, new byte[33_554_432], "photo.jpg"));

        Assert.IsTrue(refused.IsFaulted || (int)_browser.Answer.StatusCode is 400 or 413, $"{_browser.Answer.StatusCode}");
        Assert.AreEqual(0, await _city.WithDbAsync(db => db.PassengerReports.CountAsync()));
    }

    [TestMethod]
    [DataRow("/receipt/0000-0000-0000")]
    [DataRow("/receipt/%27%20OR%201%3D1")]
    public async Task Receipt_Wrong_HasAPageOfItsOwn(string path)
    {
        await _browser.GetAsync(path);

        Assert.AreEqual(HttpStatusCode.NotFound, _browser.Answer.StatusCode);
        StringAssert.Contains(_browser.Text, "Receipt not found");
    }

    [TestMethod]
    public async Task Receipt_LookedUpBeyondTheRate_IsToldToWait()
    {
        var most = new PassengerSettings().ReceiptsPerMinute;
        for (var n = 1; n <= most; n++)
        {
            await _browser.GetAsync("/receipt/0000-0000-0000");
            Assert.AreEqual(HttpStatusCode.NotFound, _browser.Answer.StatusCode, $"{n}");
        }

        await _browser.GetAsync("/receipt/0000-0000-0000");

        Assert.AreEqual(HttpStatusCode.TooManyRequests, _browser.Answer.StatusCode);
        Assert.IsNotNull(_browser.Answer.Headers.RetryAfter);
        StringAssert.Contains(_browser.Text, "Too many");
    }

    [TestMethod]
    public async Task Answers_OnOneCabBeyondTheRate_AreToldToWaitAndOtherCabsAreNot()
    {
        var other = await _city.CodeOfAsync(2);
        await _browser.GetAsync($"/cab/{_cab}");
        for (var n = 1; n <= new PassengerSettings().AnswersPerTenMinutes; n++)
            await _browser.SendAsync($"/cab/{_cab}", "Seen", "dark");
        Assert.AreEqual(HttpStatusCode.OK, _browser.Answer.StatusCode);

        await _browser.SendAsync($"/cab/{_cab}", "Seen", "dark");
        Assert.AreEqual(HttpStatusCode.TooManyRequests, _browser.Answer.StatusCode);
        await _browser.GetAsync($"/cab/{other}");
        await _browser.SendAsync($"/cab/{other}", "Seen", "dark");
        Assert.AreEqual(HttpStatusCode.OK, _browser.Answer.StatusCode);
    }

    [TestMethod]
    public async Task Answers_OnOneCabInManySpellings_AreCountedTogether()
    {
        await _browser.GetAsync($"/cab/{_cab}");
        for (var n = 1; n <= new PassengerSettings().AnswersPerTenMinutes; n++)
            await _browser.SendAsync($"/cab/{(n % 2 == 0 ? _cab.ToUpperInvariant() : _cab.Insert(n % 12, "-"))}", "Seen", "dark");
        Assert.AreEqual(HttpStatusCode.OK, _browser.Answer.StatusCode);

        await _browser.SendAsync($"/cab/{_cab.Insert(4, " ")}", "Seen", "dark");

        Assert.AreEqual(HttpStatusCode.TooManyRequests, _browser.Answer.StatusCode);
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
        await _browser.GetAsync($"/cab/{_cab}?x=%1b");
        Assert.AreEqual(HttpStatusCode.BadRequest, _browser.Answer.StatusCode);
        await _browser.GetAsync("/cab/%01");
        Assert.AreEqual(HttpStatusCode.NotFound, _browser.Answer.StatusCode);
        await _browser.GetAsync("/api/v1/months?page=%07");
        Assert.AreEqual(HttpStatusCode.BadRequest, _browser.Answer.StatusCode);
        StringAssert.Contains(_browser.Html, "text-control-character");
    }

    /// <summary>The framework's own reader of forms refuses U+0000; what a browser then gets is the page of a form that cannot be used.</summary>
    [TestMethod]
    public async Task Form_WithANul_IsRefused()
    {
        await _browser.GetAsync($"{Report}?kind=complaint");

        await _browser.SendAsync(Report, "Go", "on", ("Form.Account", "The driver\0shouted."));

        Assert.AreEqual(HttpStatusCode.BadRequest, _browser.Answer.StatusCode);
    }

    [TestMethod]
    [DataRow("\u001b[2J")]
    [DataRow("\u0085")]
    public async Task Form_WithAControlCharacter_IsRefusedAndShowsTheText(string control)
    {
        await _browser.GetAsync($"{Report}?kind=complaint");

        await _browser.SendAsync(Report, "Go", "on", ("Form.Account", $"The driver shouted{control} at me."));

        Assert.AreEqual(HttpStatusCode.BadRequest, _browser.Answer.StatusCode);
        StringAssert.Contains(_browser.Text, "The text contains a character that cannot be stored");
        StringAssert.Contains(_browser.Text, "The driver shouted");
    }

    [TestMethod]
    public async Task Pages_InChinese_AreTranslated()
    {
        await using var chinese = PassengerBrowser.Open(_city, "zh-CN");

        await chinese.GetAsync($"/cab/{_cab}");
        StringAssert.Contains(chinese.Text, "目前无法核对灯光");
        await chinese.GetAsync($"{Report}?kind=complaint");
        StringAssert.Contains(chinese.Text, "未经乘客同意绕道行驶");
    }

    private async Task ToLastScreenAsync(string kind, string account)
    {
        await _browser.GetAsync($"{Report}?kind={kind}");
        await _browser.SendAsync(Report, "Go", "on", ("Form.Conduct", "S01"), ("Form.Account", account), ("Form.Place", "Harbour"));
        await _browser.FollowAsync();
        StringAssert.Contains(_browser.Text, "Step 2 of 2");
    }

    private async Task ShowAsync(TestCab cab, string lit, string display)
    {
        await cab.SendStateAsync(display: display, lit: lit);
        await _city.AwaitTwinAsync(cab.Unit.Id, twin => twin.State == display && twin.Lit == lit);
        // What was published for it a moment ago is no excuse any more.
        _city.Time.Advance(TimeSpan.FromSeconds(6));
    }
}
