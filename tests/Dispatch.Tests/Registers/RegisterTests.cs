using System.Net;
using System.Text;
using System.Text.Json;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Roster;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Registers;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;

namespace Dispatch.Tests.Registers;

/// <summary>
/// What a register changes. In the city are d-1 (leads t-1, cab-1), d-2 (t-1, cab-2) and d-3 (t-2, cab-3), all on shift; it is 2017-08-15 at the bureau.
/// </summary>
[TestClass]
public class RegisterTests : CityTests
{
    private const string Header = "driver,name,cab,plate,team,team name\n";

    [TestMethod]
    public async Task Register_WithEveryKindOfChange_ShowsThemAndCarriesThemOut()
    {
        await City.EndShiftAsync("d-3", "2017-01-02");
        await City.LeaveAsync("d-3", "2017-08-14");
        var here = await PeopleAsync();
        var sent = await SendAsync(
            $"{Header}d-1,{here["d-1"]},cab-1,鲁K·T8001,,\nd-2,{here["d-2"]},cab-3,,,\nd-3,{here["d-3"]},cab-3,,,\n"
            + "d-4,新人,,鲁K·D12345,,新班组\nd-5,又一人,,鲁K D12345,,\n");

        Assert.AreEqual(
            "addTeam team-01 > 新班组; changePlate cab-1 鲁K·T0001 > 鲁K·T8001; addCab cab-0001 > 鲁K·D12345 (team-01); addDriver d-4 > 新人 (cab-0001); "
            + "addDriver d-5 > 又一人 (cab-0001); move d-2 cab-2 > cab-3 (t-2); return d-3 cab-3 > cab-3 (t-2)",
            Changes(sent));
        Assert.AreEqual(1, sent.GetProperty("unchanged").GetInt32());
        Assert.AreEqual("t-1 cab-2 cab-2", await City.HomeAsync("d-2"), "Nothing is changed before somebody says so.");

        Assert.AreEqual(7, (await ApplyAsync(sent)).GetProperty("changes").GetInt32());

        Assert.AreEqual("t-2 cab-3 cab-2", await City.HomeAsync("d-2"));
        Assert.AreEqual("t-2 cab-3 -", await City.HomeAsync("d-3"));
        Assert.AreEqual("team-01 cab-0001 -", await City.HomeAsync("d-4"));
        Assert.AreEqual("team-01 cab-0001 -", await City.HomeAsync("d-5"));
        var audit = await City.WithDbAsync(db => db.Audit.OrderBy(a => a.Id).Select(a => a.Operation).ToListAsync());
        Assert.AreSequenceEqual(
            new[] { "send-register", "add-team", "change-plate", "add-cab", "add-driver", "add-driver", "move-driver", "renew-membership", "apply-register" },
            audit[^9..]);
        Assert.AreEqual(
            "drivers.csv: 1 add-team, 1 change-plate, 1 add-cab, 2 add-driver, 1 move-driver, 1 renew-membership",
            await City.WithDbAsync(db => db.Audit.Where(a => a.Operation == "apply-register").Select(a => a.Detail).SingleAsync()));
        await RefusedAsync(sent, "register-gone", HttpStatusCode.NotFound);
    }

    [TestMethod]
    public async Task Register_ThatSaysWhatTheCityHas_ChangesNothing()
    {
        var sent = await SendAsync(Header + string.Concat((await PeopleAsync()).Select((d, n) => $"{d.Key},{d.Value},cab-{n + 1},,,\n")));

        Assert.AreEqual(3, sent.GetProperty("unchanged").GetInt32());
        Assert.AreEqual(0, sent.GetProperty("leftOut").GetArrayLength());
        await RefusedAsync(sent, "register-same", HttpStatusCode.Conflict);
    }

    [TestMethod]
    public async Task Register_OfTheWholeCity_LetsWhoIsNotInItLeaveTomorrow()
    {
        var sent = await SendAsync($"{Header}d-1,{(await PeopleAsync())["d-1"]},cab-1,,,\n", whole: true);

        Assert.AreEqual("leave d-2 cab-2 >  (t-1); leave d-3 cab-3 >  (t-2)", Changes(sent));
        Assert.IsFalse(sent.GetProperty("held").GetBoolean(), "A few leave every day.");
        await ApplyAsync(sent, whole: true);
        Assert.AreEqual("t-1 cab-2 2017-01-01 2017-08-16", Times(await City.TimesAsync("d-2")));

        var again = await SendAsync($"{Header}d-1,{(await PeopleAsync())["d-1"]},cab-1,,,\n", whole: true);
        Assert.AreEqual("", Changes(again), "Who is known to leave does not leave a second time.");
    }

    [TestMethod]
    public async Task Register_InWhichALeaderIsMissing_IsRefusedAndChangesNothing()
    {
        var sent = await SendAsync($"{Header}d-2,{(await PeopleAsync())["d-2"]},cab-3,,,\n", whole: true);

        Assert.AreEqual("leaver-leads", Faults(sent));
        await RefusedAsync(sent, "register-faults", HttpStatusCode.UnprocessableEntity, whole: true);
        Assert.AreEqual("t-1 cab-2 cab-2", await City.HomeAsync("d-2"));
    }

    [TestMethod]
    [DataRow("d-9,,cab-1,,,", "name-missing")]
    [DataRow(",王伟,cab-1,,,", "driver-missing")]
    [DataRow("d-9,王伟,,,,", "cab-missing")]
    [DataRow("d 9,王伟,cab-1,,,", "code-form")]
    [DataRow("370682198001011234,王伟,cab-1,,,", "identity-number")]
    [DataRow("d-9,13800138000,cab-1,,,", "telephone-number")]
    [DataRow("d-9,王伟,6222021234567890123,,,", "bank-number")]
    [DataRow("d-9,王\u200B伟,cab-1,,,", "character-unfit")]
    [DataRow("d-9,王伟,,鲁K·T12,,", "plate-form")]
    [DataRow("d-9,王伟,,K·T1234,t-1,", "plate-province")]
    [DataRow("d-9,王伟,cab-9,,,", "cab-unknown")]
    [DataRow("d-9,王伟,cab-9,鲁K·T0001,t-1,", "plate-taken")]
    [DataRow("d-9,王伟,cab-1,鲁K·T0002,t-1,", "plate-taken")]
    [DataRow("d-9,王伟,,鲁K·T9001,,", "team-missing")]
    [DataRow("d-9,王伟,,鲁K·T9001,t-9,", "team-unknown")]
    [DataRow("d-1,X,cab-3,,,", "leads-team")]
    [DataRow("d-9,王伟,cab-1,,,\nd-9,李娜,cab-1,,,", "driver-twice")]
    [DataRow("d-8,王伟,cab-1,鲁K·T8001,,\nd-9,李娜,cab-1,鲁K·T8002,,", "cab-two-plates")]
    [DataRow("d-8,王伟,cab-1,鲁K·T8001,,\nd-9,李娜,,鲁K·T0001,t-1,", "cab-two-plates")]
    [DataRow("d-8,王伟,cab-1,鲁K·T8001,,\nd-9,李娜,cab-1,鲁K·T0001,,", "cab-two-plates")]
    [DataRow("d-8,王伟,cab-1,鲁K·T0001,,\nd-9,李娜,cab-1,鲁K·T8001,,", "cab-two-plates")]
    [DataRow("d-8,王伟,cab-7,鲁K·T8001,t-1,\nd-9,李娜,cab-7,鲁K·T8002,t-1,", "cab-two-plates")]
    [DataRow("", "no-driver")]
    public async Task Line_ThatCannotBeCarriedOut_IsAFaultByItsKind(string line, string kind)
    {
        var sent = await SendAsync($"{Header}{line}\n");

        Assert.AreEqual(kind, Faults(sent));
        await RefusedAsync(sent, "register-faults", HttpStatusCode.UnprocessableEntity);
    }

    [TestMethod]
    [DataRow("driver,plate\nd-9,鲁K·T0001\n", "column-missing")]
    [DataRow("driver,name\nd-9,王伟\n", "column-missing")]
    public async Task Columns_ThatAreNeeded_AreNamed(string table, string kind) => Assert.AreEqual(kind, Faults(await SendAsync(table)));

    [TestMethod]
    [DataRow(64, null)]
    [DataRow(65, "text-oversize")]
    public async Task Name_AtItsLimit_IsTaken(int characters, string? kind) =>
        Assert.AreEqual(kind ?? "", Faults(await SendAsync($"{Header}d-9,{new string('王', characters)},cab-1,,,\n")));

    [TestMethod]
    public async Task Team_WithMoreCabsThanItMayHave_IsAFaultOfTheFirstTooMany()
    {
        var lines = Enumerable.Range(0, 10).Select(n => $"d-{100 + n},王伟,,鲁K·T90{n:00},t-2,\n");

        var sent = await SendAsync(Header + string.Concat(lines));

        Assert.AreEqual("team-full", Faults(sent), "t-2 has one cab, and room for nine.");
        Assert.AreEqual(11, sent.GetProperty("faults")[0].GetProperty("line").GetInt32());
    }

    [TestMethod]
    public async Task Changes_BeyondWhatIsDoneAtOnce_AreRefused()
    {
        string Lines(int count) => Header + string.Concat(Enumerable.Range(0, count).Select(n => $"x-{n},王伟,cab-1,,,\n"));

        Assert.AreEqual("", Faults(await SendAsync(Lines(RegisterPlan.MaxChanges))));
        Assert.AreEqual("changes-many", Faults(await SendAsync(Lines(RegisterPlan.MaxChanges + 1))));
    }

    [TestMethod]
    public async Task Driver_WithAChangeAhead_IsAFault()
    {
        await City.MoveAsync("d-2", "cab-3", "2017-08-20");

        Assert.AreEqual("change-ahead", Faults(await SendAsync($"{Header}d-2,{(await PeopleAsync())["d-2"]},cab-2,,,\n")));
    }

    [TestMethod]
    public async Task City_ThatChangedSinceItWasShown_RefusesWhatNobodyHasSeen()
    {
        var sent = await SendAsync($"{Header}d-2,{(await PeopleAsync())["d-2"]},cab-3,,,\n");
        await City.MoveAsync("d-2", "cab-1");

        await RefusedAsync(sent, "register-changed", HttpStatusCode.Conflict);
        Assert.AreEqual("t-1 cab-1 cab-2", await City.HomeAsync("d-2"));
    }

    [TestMethod]
    public async Task Refusal_OfOneChange_UndoesThoseBeforeIt()
    {
        var sent = await SendAsync($"{Header}d-4,新人,,鲁K·T9001,,新班组\nd-2,{(await PeopleAsync())["d-2"]},cab-3,,,\n");
        // What the register cannot see: d-2 joins and moves on one day.
        await City.WithDbAsync(db => db.Memberships.Where(m => m.Driver.Code == "d-2")
            .ExecuteUpdateAsync(row => row.SetProperty(m => m.JoinedOn, new DateOnly(2017, 8, 15))));

        await RefusedAsync(sent, "membership-day", HttpStatusCode.UnprocessableEntity);
        using (var officer = (await City.EnterAsync(SmallCity.Officer)).Browser)
        {
            await officer.GoAsync($"/bureau/registers/{Id(sent)}");
            await officer.SubmitAsync("apply", ("Reason", "Register of August."));
            StringAssert.Contains(officer.Text, "d-2: ", "Who is meant is told with it.");
        }

        Assert.AreEqual(3, await City.WithDbAsync(db => db.Drivers.CountAsync()));
        Assert.AreEqual(2, await City.WithDbAsync(db => db.Teams.CountAsync()));
    }

    [TestMethod]
    public async Task NamesAndTeams_ThatDiffer_AreToldAndLeft()
    {
        var sent = await SendAsync($"{Header}d-2,另一个名字,cab-2,,t-2,\n");

        Assert.AreEqual("", Changes(sent));
        Assert.AreSequenceEqual(
            new[] { "team cab-2 t-1 t-2", "name d-2" },
            sent.GetProperty("differs").EnumerateArray().Select(d => d.GetProperty("column").GetString() == "name"
                ? "name d-2"
                : $"team {d.GetProperty("subject")} {d.GetProperty("here")} {d.GetProperty("there")}"));
    }

    [TestMethod]
    public async Task Sent_AfterADay_IsGone()
    {
        var folder = new RegisterFolder(new DataFolder(City.Options.Data));
        var now = new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
        var first = await folder.KeepAsync("a,b\n"u8.ToArray(), @"C:\名册\drivers.csv", true, SmallCity.Officer, now, CancellationToken.None);
        Assert.AreEqual("drivers.csv", first.Name);

        await folder.KeepAsync("a,b\n"u8.ToArray(), "next.csv", false, SmallCity.Officer, now.AddDays(1), CancellationToken.None);
        Assert.IsNull((await folder.OpenAsync(first.Id, CancellationToken.None)).Refusal);
        await folder.KeepAsync("a,b\n"u8.ToArray(), "last.csv", false, SmallCity.Officer, now.AddDays(1).AddSeconds(1), CancellationToken.None);
        Assert.AreEqual("register-gone", (await folder.OpenAsync(first.Id, CancellationToken.None)).Refusal?.Code);
        Assert.AreEqual("register-gone", (await folder.OpenAsync("../keys/key", CancellationToken.None)).Refusal?.Code);
    }

    [TestMethod]
    [DataRow(50, 5, false)]
    [DataRow(59, 6, true)]
    [DataRow(60, 6, false)]
    public void Register_ByWhichManyLeave_IsHeldForAPerson(int onRegister, int leavers, bool isHeld)
    {
        var changes = Enumerable.Range(0, leavers).Select(n => new RegisterChange(RegisterChangeKind.Leave, 0, $"d-{n}", "cab-1", "")).ToList();

        Assert.AreEqual(isHeld, new RegisterPlan(changes, [], [], 0, [], onRegister).IsHeld);
    }

    [TestMethod]
    public async Task Register_ThatIsHeld_WantsTheNumberOfLeavers()
    {
        await SendAndApplyAsync(Header + string.Concat(Enumerable.Range(0, 6).Select(n => $"x-{n},王伟,cab-1,,,\n")));
        await City.SetTodayAsync(new DateOnly(2017, 8, 16));
        var sent = await SendAsync($"{Header}d-1,{(await PeopleAsync())["d-1"]},cab-1,,,\n", whole: true);

        Assert.IsTrue(sent.GetProperty("held").GetBoolean());
        await RefusedAsync(sent, "register-leavers", HttpStatusCode.UnprocessableEntity, whole: true);
        await RefusedAsync(sent, "register-leavers", HttpStatusCode.UnprocessableEntity, whole: true, leavers: 7);
        await ApplyAsync(sent, whole: true, leavers: 8);
    }

    [TestMethod]
    public async Task Reason_ThatIsMissing_IsRefused()
    {
        var sent = await SendAsync($"{Header}d-9,王伟,cab-1,,,\n");

        await City.RefusedAsync(
            $"registers/{Id(sent)}/application", new { digest = "x", reason = " " }, HttpStatusCode.BadRequest, "membership-reason");
    }

    private async Task SendAndApplyAsync(string table) => await ApplyAsync(await SendAsync(table));

    private async Task<JsonElement> SendAsync(string table, bool whole = false)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(table));
        content.Headers.ContentType = new("application/octet-stream");
        using var answer = await City.Client.PostAsync($"/api/v1/registers?name=drivers.csv&whole={whole}", content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.AreEqual(HttpStatusCode.Created, answer.StatusCode, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private Task<JsonElement> ApplyAsync(JsonElement sent, bool whole = false, int? leavers = null) => City.PostAsync(
        $"registers/{Id(sent)}/application?whole={whole}",
        new { actor = SmallCity.Officer, digest = sent.GetProperty("digest").GetString(), reason = "Register of August.", leavers });

    private Task RefusedAsync(JsonElement sent, string rule, HttpStatusCode status, bool whole = false, int? leavers = null) => City.RefusedAsync(
        $"registers/{Id(sent)}/application?whole={whole}",
        new { actor = SmallCity.Officer, digest = sent.GetProperty("digest").GetString(), reason = "Register of August.", leavers }, status, rule);

    private async Task<Dictionary<string, string>> PeopleAsync() => (await City.GetAsync("drivers")).EnumerateArray()
        .ToDictionary(d => d.GetProperty("code").GetString()!, d => d.GetProperty("name").GetString()!);

    private static string Id(JsonElement sent) => sent.GetProperty("id").GetString()!;

    private static string Times(string times) => times.Split("; ")[0];

    private static string Faults(JsonElement sent) => string.Join(
        ' ', sent.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("kind").GetString()));

    private static string Changes(JsonElement sent) => string.Join("; ", sent.GetProperty("changes").EnumerateArray().Select(c =>
    {
        var (before, within) = (c.GetProperty("before").GetString(), c.GetProperty("within").GetString());
        return $"{c.GetProperty("kind").GetString()} {c.GetProperty("subject").GetString()} {(before is "" ? "" : before + " ")}> "
            + $"{c.GetProperty("after").GetString()}{(within is "" ? "" : $" ({within})")}";
    }));
}
