using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Photos;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using TaxiCredit.Dispatch.Features.Cases;

namespace Dispatch.Tests.Bureau;

/// <summary>A photo that comes with a leader's report or praise. In the small city d-1 leads d-2.</summary>
[TestClass]
public class CasePhotoTests : CityTests
{
    private static readonly (string, string)[] Typed =
        [("About", "d-2"), ("Code", "P01"), ("Day", "2017-08-14"), ("Hour", "9"), ("Place", "Rank"), ("Account", "Pushed in before three cabs.")];

    [TestMethod]
    [DataRow("report", "P01", nameof(CaseKind.PeerReport))]
    [DataRow("praise", "M01", nameof(CaseKind.Merit))]
    public async Task Photo_WithAReportOrPraise_IsSeenByTheBureauAlone(string page, string code, string kind)
    {
        using var leader = await City.EnterDriverAsync("d-1");
        await leader.GoAsync($"/team/{page}");
        await leader.SubmitPhotoAsync("case", Pictures.Jpeg(), [.. Typed.Where(t => t.Item1 != "Code"), ("Code", code)]);
        StringAssert.StartsWith(leader.Path, "/team?done=");
        var made = await City.WithDbAsync(db => db.Cases.SingleAsync());
        Assert.AreEqual(kind, made.Kind.ToString());
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;

        await officer.GoAsync($"/bureau/cases/{made.Number}");
        StringAssert.Contains(officer.Html, $"src=\"/bureau/cases/{made.Number}/photo\"");
        using var photo = await officer.SendAsync(new(HttpMethod.Get, $"/bureau/cases/{made.Number}/photo"));

        Assert.AreEqual("image/jpeg", photo.Content.Headers.ContentType?.MediaType);
        Assert.IsTrue(photo.Headers.CacheControl?.NoStore);
        using var read = SKBitmap.Decode(await photo.Content.ReadAsByteArrayAsync());
        Assert.AreEqual(30, read.Width);
        Assert.AreEqual((SmallCity.Officer, made.Number), await City.WithDbAsync(async db =>
        {
            var line = await db.Audit.SingleAsync(a => a.Operation == "read-photo");
            return (line.Actor, line.Subject);
        }));
        using var reported = await City.EnterDriverAsync("d-2");
        foreach (var driver in new[] { reported, leader })
            Assert.AreEqual(HttpStatusCode.Forbidden, (await driver.GoAsync($"/bureau/cases/{made.Number}/photo")).Status);
        Assert.DoesNotContain("photo", (await reported.GoAsync("/me")).Html);
        var file = await City.WithDbAsync(db => db.CasePhotos.Select(p => p.File).SingleAsync());
        Assert.AreEqual(HttpStatusCode.NotFound, (await officer.GoAsync($"/photos/{file}")).Status);
    }

    [TestMethod]
    [DataRow("svg", "not a JPEG, PNG or WebP picture")]
    [DataRow("large", "larger than 10 MB")]
    [DataRow("cut", "incomplete or damaged")]
    public async Task Photo_ThatIsNone_IsToldBesideItAndTheRestStays(string kind, string expected)
    {
        var file = kind switch
        {
            "svg" => Encoding.ASCII.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>"),
            "large" => new byte[10_485_761],
            _ => Pictures.Jpeg()[..200],
        };
        using var leader = await City.EnterDriverAsync("d-1");
        await leader.GoAsync("/team/report");

        await leader.SubmitPhotoAsync("case", file, Typed);

        Assert.AreEqual(HttpStatusCode.OK, leader.Status);
        StringAssert.Contains(leader.Read("wrong-Photo"), expected);
        StringAssert.Contains(leader.Html, "Pushed in before three cabs.");
        Assert.AreEqual(0, await City.WithDbAsync(db => db.Cases.CountAsync()));
    }

    [TestMethod]
    [DataRow("Day", "2017-08-16")]
    [DataRow("Code", "")]
    public async Task Photo_WithAFormThatIsRefused_IsAskedForAgainAndNotKept(string field, string wrong)
    {
        using var leader = await City.EnterDriverAsync("d-1");
        await leader.GoAsync("/team/report");

        await leader.SubmitPhotoAsync("case", Pictures.Jpeg(), [.. Typed.Where(t => t.Item1 != field), (field, wrong)]);

        StringAssert.Contains(leader.Html, $"data-testid=\"wrong-{field}\"");
        StringAssert.Contains(leader.Read("wrong-Photo"), "Choose the photo again");
        Assert.IsFalse(Directory.Exists(Path.Combine(City.Options.Data, "photos")));
    }

    [TestMethod]
    public async Task Report_SentAgainByASecondPress_IsOneCase()
    {
        using var leader = await City.EnterDriverAsync("d-1");
        await leader.GoAsync("/team/report");
        var key = Regex.Match(leader.Html, "name=\"Key\" value=\"([0-9a-f]{32})\"").Groups[1].Value;
        await leader.SubmitAsync("case", Typed);
        await leader.GoAsync("/team/report");
        Assert.DoesNotContain(key, leader.Html, "each form has a key of its own");

        await leader.SubmitAsync("case", [.. Typed, ("Key", key)]);

        StringAssert.Contains(leader.Path, "number=c-000001");
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Cases.CountAsync()));
    }

    [TestMethod]
    public async Task Report_WithoutAPhoto_HasNone()
    {
        using var leader = await City.EnterDriverAsync("d-1");
        await leader.GoAsync("/team/report");

        await leader.SubmitAsync("case", Typed);

        StringAssert.StartsWith(leader.Path, "/team?done=");
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/cases/c-000001");
        Assert.DoesNotContain("/photo", officer.Html);
        Assert.AreEqual(HttpStatusCode.NotFound, (await officer.GoAsync("/bureau/cases/c-000001/photo")).Status);
        Assert.AreEqual(HttpStatusCode.NotFound, (await officer.GoAsync("/bureau/cases/c-000099/photo")).Status);
    }
}
