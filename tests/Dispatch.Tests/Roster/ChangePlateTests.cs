using System.Net;
using System.Text.Json;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Roster;

/// <summary>A cab gets another plate and stays the same cab. At the bureau it is 2017-08-15.</summary>
[TestClass]
public class ChangePlateTests : CityTests
{
    [TestMethod]
    public async Task ChangePlate_NewOne_IsTheCabsAndTheOldOneIsFree()
    {
        await ChangeAsync("cab-1", "鲁K·T0009", on: "2017-08-01");

        var cab = (await City.GetAsync("cabs")).EnumerateArray().Single(c => c.GetProperty("code").GetString() == "cab-1");
        Assert.AreEqual("鲁K·T0009", cab.GetProperty("plate").GetString());
        Assert.AreEqual("d-1", cab.GetProperty("signedOn").GetString(), "the shift goes on");
        var line = (await City.GetAsync("cabs/cab-1/plates")).EnumerateArray().Single();
        Assert.AreEqual(
            "鲁K·T0001 鲁K·T0009 2017-08-01 Worn out. officer-a",
            string.Join(' ', new[] { "before", "after", "on", "reason", "by" }.Select(name => line.GetProperty(name).GetString())));
        Assert.AreEqual("cab-unknown", (await FindAsync("鲁K T0001")).Refusal?.Code);
        Assert.AreEqual("cab-1", (await FindAsync("鲁K T0009")).Value.Code);
        await City.PostAsync("cabs", new { actor = SmallCity.Officer, code = "cab-9", plate = "鲁K·T0001", team = "t-1" });
    }

    [TestMethod]
    public async Task ChangePlate_SameInAnotherSpelling_IsShownAsWritten()
    {
        await ChangeAsync("CAB-1", "鲁KT0001");

        Assert.AreEqual("鲁KT0001", (await FindAsync("鲁K·T0001")).Value.Plate);
    }

    [TestMethod]
    public async Task ChangePlate_BackAgain_IsAnotherChange()
    {
        await ChangeAsync("cab-1", "鲁K·T0009");
        await ChangeAsync("cab-1", "鲁K·T0001", reason: "The wrong cab.");

        CollectionAssert.AreEqual(
            new[] { "The wrong cab.", "Worn out." },
            (await City.GetAsync("cabs/cab-1/plates")).EnumerateArray().Select(line => line.GetProperty("reason").GetString()).ToArray());
    }

    [TestMethod]
    public async Task ChangePlate_OfTheCabThatHadTheKey_PassesItOn()
    {
        await City.WithDbAsync(db => db.Database.ExecuteSqlAsync($"""UPDATE "Cabs" SET "PlateKey" = '', "Plate" = '鲁KT0001' WHERE "Code" = 'cab-2'"""));

        await ChangeAsync("cab-1", "鲁K·T0009");

        Assert.AreEqual("cab-2", (await FindAsync("鲁K·T0001")).Value.Code);
        Assert.IsEmpty(await City.WithDbAsync(db => SpellingKeys.FindDoubtfulAsync(db, CancellationToken.None)));
    }

    [TestMethod]
    [DataRow("2017-08-01", "2017-07-31", false, DisplayName = "a day before the change before")]
    [DataRow("2017-08-01", "2017-08-01", true)]
    [DataRow("2017-08-01", "2017-08-15", true, DisplayName = "today")]
    [DataRow("2017-08-01", "2017-08-16", false, DisplayName = "tomorrow")]
    [DataRow(null, "1999-12-31", false)]
    [DataRow(null, "2000-01-01", true)]
    public async Task ChangePlate_ByItsFirstDay_IsTakenFromThatOfTheOneBeforeToToday(string? before, string on, bool taken)
    {
        if (before is not null)
            await ChangeAsync("cab-1", "鲁K·T0008", on: before);

        if (taken)
            await ChangeAsync("cab-1", "鲁K·T0009", on: on);
        else
            await City.RefusesAsync("cabs/cab-1/plate", Body("鲁K·T0009", "Worn out.", on), HttpStatusCode.UnprocessableEntity, "plate-day");
    }

    [TestMethod]
    [DataRow(0, false)]
    [DataRow(1, true)]
    [DataRow(200, true)]
    [DataRow(201, false)]
    public async Task ChangePlate_ByLengthOfReason_IsTakenFrom1To200(int length, bool taken)
    {
        var body = Body("鲁K·T0009", new string('r', length), null);

        if (taken)
            await City.PostAsync("cabs/cab-1/plate", body);
        else
            await City.RefusesAsync("cabs/cab-1/plate", body, HttpStatusCode.BadRequest, "plate-reason");
    }

    [TestMethod]
    [DataRow("cab-9", "鲁K·T0009", 404, "cab-unknown")]
    [DataRow("cab-1", "鲁K·T0001", 409, "plate-same")]
    [DataRow("cab-1", "魯k t0002", 409, "cab-exists", DisplayName = "another cab's in another spelling")]
    [DataRow("cab-1", "鲁K·T09", 400, "plate-form")]
    public async Task ChangePlate_ThatCannotBe_IsRefusedAndNothingChanges(string cab, string plate, int status, string rule) =>
        await City.RefusesAsync($"cabs/{cab}/plate", Body(plate, "Worn out.", null), (HttpStatusCode)status, rule);

    [TestMethod]
    public async Task ChangePlate_AfterAMonthIsPublished_LeavesEveryByteOfIt()
    {
        await City.UpholdAsync("d-1", "S01", "2017-07-03");
        await City.CloseAsync("2017-07");
        var before = await TellAsync();

        await ChangeAsync("cab-1", "鲁K·T0009", on: "2017-07-01");

        Assert.AreEqual(before, await TellAsync());

        // Without the log, which is signed some seconds after a publication.
        async Task<string> TellAsync()
        {
            var month = await City.GetAsync("months/2017-07");
            return $"{month.GetProperty("rated")}{month.GetProperty("revisions")}"
                + await City.Client.GetStringAsync("/api/v1/drivers/d-1/months/2017-07");
        }
    }

    [TestMethod]
    public async Task ChangePlate_OfACabWithADisplay_IsOnTheWall()
    {
        await City.PostAsync("displays", new { actor = SmallCity.Admin, id = "disp-0001", cab = "cab-1" });
        var board = City.Server.Services.GetRequiredService<TwinBoard>();
        await SeenAsync("鲁K·T0001");

        await ChangeAsync("cab-1", "鲁K·T0009");

        await SeenAsync("鲁K·T0009");

        async Task SeenAsync(string plate)
        {
            var subscriptions = new List<IDisposable>();
            await Until.SoAsync(
                () => board.All.Any(twin => twin.Cab == "cab-1" && twin.Plate == plate), look => subscriptions.Add(board.Subscribe(_ => look())));
            subscriptions.ForEach(subscription => subscription.Dispose());
        }
    }

    [TestMethod]
    public async Task Page_OfACab_ChangesItsPlateAndTellsThoseBefore()
    {
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        StringAssert.Contains((await officer.GoAsync("/bureau/cabs?q=魯k t0001")).Text, "cab-1");
        Assert.DoesNotContain("cab-2", officer.Text);

        await officer.GoAsync("/bureau/cabs/CAB-1");
        await officer.SubmitAsync("change", ("Plate", "鲁K\u200BT0009"), ("On", "2017-08-01"), ("Reason", "Worn out."));
        StringAssert.Contains(officer.Html, "id=\"Plate-fault\"");
        StringAssert.Contains(officer.Text, "U+200B");
        await officer.SubmitAsync("change", ("Plate", "鲁K·T0009"), ("On", "2017-08-16"), ("Reason", "Worn out."));
        StringAssert.Contains(officer.Html, "id=\"On-fault\"");
        await officer.SubmitAsync("change", ("Plate", "鲁K·T0009"), ("On", "2017-08-01"), ("Reason", "Worn out."));

        StringAssert.Contains(officer.Text, "Plate changed.");
        StringAssert.Contains(officer.Text, "鲁K·T0001");
        StringAssert.Contains(officer.Text, "Worn out.");
    }

    [TestMethod]
    public async Task Page_OfNoCab_IsMissingAndAnAuditorPressesNothing()
    {
        using var auditor = (await City.EnterAsync(SmallCity.Auditor)).Browser;

        await auditor.GoAsync("/bureau/cabs/cab-9");
        Assert.AreEqual(HttpStatusCode.NotFound, auditor.Status);
        Assert.DoesNotContain("_handler", (await auditor.GoAsync("/bureau/cabs/cab-1")).Html);
        Assert.AreEqual(HttpStatusCode.OK, auditor.Status);
    }

    private static object Body(string plate, string reason, string? on) => new { actor = SmallCity.Officer, plate, reason, on };

    private Task<JsonElement> ChangeAsync(string cab, string plate, string reason = "Worn out.", string? on = null) =>
        City.PostAsync($"cabs/{cab}/plate", Body(plate, reason, on));

    private Task<Outcome<Cab>> FindAsync(string typed) => City.InContextAsync(context => FindCab.ByAsync(typed, context, CancellationToken.None));
}
