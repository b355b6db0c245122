using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Reports;

namespace Dispatch.Tests.Desk;

/// <summary>A complaint that an officer takes by telephone.</summary>
[TestClass]
public class TakeCallTests : CityTests
{
    [TestMethod]
    public async Task Call_OfADriver_IsACaseWithAReceiptThatThePassengerFollows()
    {
        var taken = await City.PostAsync("desk/calls", Call());

        var number = taken.GetProperty("case").GetProperty("number").GetString()!;
        Assert.AreEqual("c-000001 submitted complaint d-2", $"{number} {Of(taken, "status")} {Of(taken, "kind")} {Of(taken, "driver")}");
        Assert.AreEqual("p-000001", taken.GetProperty("report").GetString());
        var receipt = await City.WithDeskAsync(context => Receipt.FindAsync(taken.GetProperty("receipt").GetString(), context, CancellationToken.None));
        Assert.AreEqual(("鲁K·T0002", Progress.Received), (receipt!.Plate, receipt.Progress));
        CollectionAssert.AreEqual(new[] { "take-call" }, (await City.AuditOfAsync("p-000001")).ConvertAll(line => line.Operation));
        CollectionAssert.AreEqual(new[] { "record-case" }, (await City.AuditOfAsync(number)).ConvertAll(line => line.Operation));

        using var caller = new TestBrowser(City);
        await caller.GoAsync($"/receipt/{receipt.Code}");

        Assert.AreEqual(HttpStatusCode.OK, caller.Status);
        Assert.DoesNotContain("d-2", caller.Text);
    }

    [TestMethod]
    public async Task Call_Decided_IsDecidedBySomebodyElse()
    {
        await City.PostAsync("desk/calls", Call());
        await City.HearAsync("c-000001");
        object DecisionOf(string actor) => new { actor, verdict = "upheld", reason = "Borne out by the meter." };

        await City.RefusedAsync("cases/c-000001/review", new { actor = SmallCity.Officer }, HttpStatusCode.UnprocessableEntity, "recorder-cannot-decide");
        await City.RefusedAsync("cases/c-000001/decision", DecisionOf(SmallCity.Officer), HttpStatusCode.UnprocessableEntity, "recorder-cannot-decide");

        Assert.AreEqual("upheld", (await City.DecideAsync("c-000001", DecisionOf(SmallCity.OtherOfficer))).GetProperty("status").GetString());
    }

    [TestMethod]
    public async Task Call_WithAContact_IsSealedForWhoTakesTheCaseUp()
    {
        await City.PostAsync("desk/calls", Call(contact: " 555-0100 "));
        var sealedOne = await City.WithDbAsync(db => db.ReportContacts.SingleAsync());
        Assert.DoesNotContain("555-0100", System.Text.Encoding.UTF8.GetString(sealedOne.Sealed));
        var look = new { actor = SmallCity.Officer, reason = "To ask at which gate." };
        await City.RefusedAsync("reports/p-000001/contact", look, HttpStatusCode.Forbidden, "contact-not-yours");
        await City.PostAsync("cases/c-000001/review", new { actor = SmallCity.OtherOfficer });

        var contact = await City.PostAsync("reports/p-000001/contact", look with { actor = SmallCity.OtherOfficer });

        Assert.AreEqual("555-0100", contact.GetProperty("contact").GetString());
    }

    [TestMethod]
    public async Task Call_SameKeyAndContentTenTimesAtOnce_IsOneReceipt()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var answer = await SendAsync("press-1", Call());
            Assert.AreEqual(HttpStatusCode.Created, answer.StatusCode);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("receipt").GetString();
        }));

        Assert.HasCount(1, answers.Distinct().ToList());
        Assert.AreEqual((1, 1), (await City.WithDbAsync(db => db.PassengerReports.CountAsync()), await City.WithDbAsync(db => db.Cases.CountAsync())));
    }

    [TestMethod]
    public async Task Call_SameKeyAndOtherContent_IsRefused()
    {
        (await SendAsync("press-1", Call())).Dispose();

        await SmallCity.AssertRefusalAsync(await SendAsync("press-1", Call(account: "Another.")), HttpStatusCode.UnprocessableEntity, "key-reused");

        Assert.AreEqual(1, await City.WithDbAsync(db => db.Cases.CountAsync()));
    }

    /// <summary>d-2 is signed on to cab-2; what is named goes before, and the home cab stands in for a day before anybody signed on.</summary>
    [TestMethod]
    [DataRow("2017-08-10", null, "cab-2")]
    [DataRow("2017-08-10", "cab-3", "cab-3")]
    [DataRow("2016-12-31", null, "cab-2")]
    public async Task Call_Cab_IsWhereTheDriverWas(string day, string? cab, string expected)
    {
        await City.PostAsync("desk/calls", Call(day: day, cab: cab));

        Assert.AreEqual(expected, await City.WithDbAsync(db => db.PassengerReports.Select(r => r.Cab.Code).SingleAsync()));
    }

    [TestMethod]
    [DataRow(1, 1_000, null)]
    [DataRow(1, 1_001, "call-account-length")]
    [DataRow(0, 1, "place-length")]
    [DataRow(200, 1, null)]
    [DataRow(201, 1, "place-length")]
    [DataRow(1, 0, "account-length")]
    public Task Call_TextsByLength_AreTakenUpToTheirLimits(int place, int account, string? rule) =>
        AssertAsync(Call(place: new string('p', place), account: new string('a', account)), HttpStatusCode.BadRequest, rule);

    [TestMethod]
    [DataRow(0, "contact-length")]
    [DataRow(1, null)]
    [DataRow(200, null)]
    [DataRow(201, "contact-length")]
    public Task Call_ContactByLength_IsTakenFrom1To200(int length, string? rule) =>
        AssertAsync(Call(contact: new string('5', length)), HttpStatusCode.BadRequest, rule);

    [TestMethod]
    [DataRow("d-9", "S01", "2017-08-10", null, HttpStatusCode.NotFound, "driver-unknown")]
    [DataRow("d-2", "S01", "2017-08-10", "cab-9", HttpStatusCode.NotFound, "cab-unknown")]
    [DataRow("d-2", "M01", "2017-08-10", null, HttpStatusCode.UnprocessableEntity, "code-unfit")]
    [DataRow("d-2", "X01", "2017-08-10", null, HttpStatusCode.UnprocessableEntity, "code-unknown")]
    [DataRow("d-2", "S01", "2017-08-15", null, HttpStatusCode.Created, null)]
    [DataRow("d-2", "S01", "2017-08-16", null, HttpStatusCode.UnprocessableEntity, "conduct-in-future")]
    [DataRow("d-2", "S01", "0001-01-01", null, HttpStatusCode.UnprocessableEntity, "no-rulebook")]
    public Task Call_ThatIsNotSo_IsRefusedAndChangesNothing(string driver, string code, string day, string? cab, HttpStatusCode status, string? rule) =>
        AssertAsync(Call(driver, code, day, cab), status, rule);

    private static CallBody Call(
        string driver = "d-2", string code = "S01", string day = "2017-08-10", string? cab = null, string place = "Gate", string account = "A detour.",
        string? contact = null) => new(SmallCity.Officer, driver, code, day, 9, place, account, cab, contact);

    private static string? Of(JsonElement taken, string property) => taken.GetProperty("case").GetProperty(property).GetString();

    private async Task AssertAsync(CallBody call, HttpStatusCode status, string? rule)
    {
        if (rule is null)
            await City.PostAsync("desk/calls", call);
        else
            await City.RefusesAsync("desk/calls", call, status, rule);
    }

    private Task<HttpResponseMessage> SendAsync(string key, CallBody call) => City.Client.SendAsync(
        new HttpRequestMessage(HttpMethod.Post, "/api/v1/desk/calls") { Content = JsonContent.Create(call), Headers = { { "Idempotency-Key", key } } });

    private sealed record CallBody(
        string actor, string driver, string code, string conductOn, int conductHour, string place, string account, string? cab, string? contact);
}
