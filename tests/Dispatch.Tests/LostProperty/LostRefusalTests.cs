using System.Globalization;
using System.Net;
using TaxiCredit.Dispatch.Features.LostProperty;

namespace Dispatch.Tests.LostProperty;

/// <summary>What is wrong with what passengers, drivers and officers send is named, and nothing changes.</summary>
[TestClass]
public sealed class LostRefusalTests
{
    private static SmallCity _city = null!;

    [ClassInitialize]
    public static async Task BuildAsync(TestContext _) => _city = await SmallCity.BuildAsync();

    [ClassCleanup]
    public static async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    [DataRow("2017-06-16", 0, 500, 200, null)]
    [DataRow("2017-06-15", 0, 500, 200, "lost-on-unfit")]
    [DataRow("2017-08-15", 23, 1, 1, null)]
    [DataRow("2017-08-16", 23, 1, 1, "lost-on-unfit")]
    [DataRow("2017-08-15", -1, 1, 1, "hour-out-of-range")]
    [DataRow("2017-08-15", 24, 1, 1, "hour-out-of-range")]
    [DataRow("2017-08-15", 9, 0, 1, "description-length")]
    [DataRow("2017-08-15", 9, 501, 1, "description-length")]
    [DataRow("2017-08-15", 9, 1, 0, "contact-length")]
    [DataRow("2017-08-15", 9, 1, 201, "contact-length")]
    public async Task Loss_AtTheLimits_IsTakenOrNamed(string day, int hour, int description, int contact, string? rule)
    {
        await using var city = await SmallCity.BuildAsync();

        var asked = await city.TryAskAsync(
            new(PropertyKind.Keys, new string('x', description), DateOnly.Parse(day, CultureInfo.InvariantCulture), hour, new string('1', contact)));

        Assert.AreEqual(rule, asked.Refusal?.Code);
    }

    [TestMethod]
    public Task Loss_WithoutKindOrCab_IsNamed() => _city.UnchangedAsync(async () =>
    {
        Assert.AreEqual("property-kind", (await _city.TryAskAsync(LostCity.Phone with { Kind = null })).Refusal!.Code);
        Assert.AreEqual("property-kind", (await _city.TryAskAsync(LostCity.Phone with { Kind = (PropertyKind)99 })).Refusal!.Code);
        Assert.AreEqual("cab-missing", (await _city.TryAskAsync(cab: " ")).Refusal!.Code);
        Assert.AreEqual("cab-unknown", (await _city.TryAskAsync(cab: "cab-9")).Refusal!.Code);
        Assert.AreEqual("receipt-unknown",
            (await _city.InContextAsync(context => WithdrawLoss.HandleAsync(new("0000-0000-0000"), context, CancellationToken.None))).Refusal!.Code);
    });

    [TestMethod]
    [DataRow("losses/l-999999/answer", """{"actor":"d-1","wasFound":true}""", 404, "question-unknown")]
    [DataRow("losses/l-999999/release", """{"actor":"officer-a"}""", 404, "loss-unknown")]
    [DataRow("losses/p-000001/closing", """{"actor":"officer-a","reason":"R"}""", 404, "loss-unknown")]
    [DataRow("losses/l-999999/contact", """{"actor":"officer-a","reason":"R"}""", 404, "loss-unknown")]
    [DataRow("found/f-999999/match", """{"actor":"officer-a","loss":"l-000001"}""", 404, "found-unknown")]
    [DataRow("found/c-000001/handing-over", """{"actor":"d-1","code":"123456"}""", 404, "found-unknown")]
    [DataRow("found", """{"actor":"d-1","cab":"cab-1","kind":"bag","description":" ","keptAt":"C","foundOn":"2017-08-15"}""", 400, "description-length")]
    [DataRow("found", """{"actor":"d-1","cab":"cab-1","kind":"bag","description":"D","keptAt":"","foundOn":"2017-08-15"}""", 400, "keeping-length")]
    [DataRow("found", """{"actor":"d-1","cab":"cab-1","kind":"bag","description":"D","keptAt":"C","foundOn":"2017-08-16"}""", 422, "found-in-future")]
    [DataRow("found", """{"actor":"d-1","driver":"d-2","cab":"c","kind":"bag","description":"D","keptAt":"C","foundOn":"2017-08-15"}""",
        403, "actor-not-allowed")]
    [DataRow("found", """{"actor":"officer-a","driver":"d-9","cab":"c","kind":"bag","description":"D","keptAt":"C","foundOn":"2017-08-15"}""",
        404, "driver-unknown")]
    public Task Request_ThatIsUnfit_IsRefusedByName(string path, string json, int status, string rule) => _city.UnchangedAsync(() =>
        _city.RefusedAsync(path, System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.Nodes.JsonObject>(json)!, (HttpStatusCode)status, rule));

    [TestMethod]
    public async Task Officer_WithUnfitWords_ChangesNothing()
    {
        await using var city = await SmallCity.BuildAsync();
        var (loss, thing) = await city.ReturnAsync("138 0013 8000");
        var open = await city.AskAsync();
        await city.UnchangedAsync(async () =>
        {
            foreach (var length in new[] { 0, 501 })
            {
                await Refused($"losses/{open.Number}/closing", new { actor = SmallCity.Officer, reason = Long(length) }, 400, "remark-length");
                await Refused($"losses/{loss.Number}/contact", new { actor = SmallCity.Officer, reason = Long(length) }, 400, "look-reason-length");
            }

            foreach (var length in new[] { 0, 201 })
            {
                await Refused($"found/{thing.Number}/merit", new { actor = SmallCity.Officer, code = "M01", verified = Long(length) }, 400, "verified-length");
                await Refused($"found/{thing.Number}/passing-on", new { actor = SmallCity.Officer, to = Long(length) }, 400, "receiver-length");
            }

            await Refused($"found/{thing.Number}/merit", new { actor = SmallCity.Officer, code = "S01", verified = "V" }, 422, "code-unfit");
            await Refused($"found/{thing.Number}/merit",
                new { actor = SmallCity.Officer, code = "M01", verified = "V", propertyFen = 0 }, 400, "property-unfit");
            await Refused($"found/{thing.Number}/merit",
                new { actor = SmallCity.Officer, code = "M01", verified = "V", version = Guid.NewGuid() }, 409, "changed-meanwhile");
            await Refused($"losses/{open.Number}/contact", new { actor = SmallCity.Officer, reason = "R" }, 404, "contact-none");
            await Refused($"found/{thing.Number}/match", new { actor = SmallCity.Officer, loss = "l-999999" }, 404, "loss-unknown");
        });
        await city.PostAsync($"losses/{open.Number}/closing", new { actor = SmallCity.Officer, reason = Long(500) });
        Assert.AreEqual(LossStatus.NotFound, (await city.ReadAsync(open))!.Status);
        await city.SayFoundAsync(await city.AskAsync());
        await Refused($"found/{(await city.ThingAsync()).Number}/merit",
            new { actor = SmallCity.Officer, code = "M01", verified = "V" }, 409, "found-not-returned");

        Task Refused(string path, object body, int status, string rule) => city.RefusedAsync(path, body, (HttpStatusCode)status, rule);
        static string Long(int length) => new('x', length);
    }
}
