using System.Net;
using System.Text.Json;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Databases;

namespace Dispatch.Tests.MonthClose;

/// <summary>The task that follows from entries which came after a published month was closed.</summary>
[TestClass]
public class RevisionsDueTests : CityTests
{
    [TestMethod]
    [DecidedByDatabase("SQL by hand: the ledger in brief of one driver")]
    public async Task Reversal_AfterTwoMonthsWereClosed_IsDueInTheEarliestAndTellsWho()
    {
        var sequence = await CloseTwoMonthsAsync();
        Assert.AreEqual(0, (await DueAsync()).GetArrayLength(), "nothing came after");

        var reversal = await ReverseAsync(sequence);

        var due = (await DueAsync())[0];
        Assert.AreEqual("2017-06", due.GetProperty("period").GetString());
        Assert.AreEqual(reversal, due.GetProperty("entries")[0].GetInt64());
        Assert.AreEqual("2017-06 d-2 3>4, 2017-07 d-2 3>4", Changes(due));
        Assert.AreEqual(("2017-08-15", "2017-08-16", false), (Text(due, "since"), Text(due, "waitsUntil"), due.GetProperty("isLate").GetBoolean()));
    }

    [TestMethod]
    public async Task Revision_Published_ClosesTheTask()
    {
        await ReverseAsync(await CloseTwoMonthsAsync());
        Assert.AreEqual(1, (await DueAsync()).GetArrayLength());

        var revision = await City.PostAsync("months/2017-06/revisions", new { actor = SmallCity.Officer, reason = "Reversed." });
        Assert.AreEqual(1, (await DueAsync()).GetArrayLength(), "a preview changes no windscreen");
        await City.SignAndPublishAsync("2017-06", revision.GetProperty("digest").GetString()!);

        Assert.AreEqual(0, (await DueAsync()).GetArrayLength());
    }

    [TestMethod]
    public async Task Revision_OfTheLaterMonthAlone_LeavesTheEarlierDue()
    {
        await ReverseAsync(await CloseTwoMonthsAsync());
        var revision = await City.PostAsync("months/2017-07/revisions", new { actor = SmallCity.Officer, reason = "Reversed." });
        await City.SignAndPublishAsync("2017-07", revision.GetProperty("digest").GetString()!);

        Assert.AreEqual("2017-06 d-2 3>4, 2017-07 d-2 4>4", Changes((await DueAsync())[0]), "the stars of the month before are part of July");
    }

    [TestMethod]
    public async Task ReversalOfTheReversal_BeforeTheRevision_LeavesNothingDue()
    {
        var sequence = await CloseTwoMonthsAsync();
        var reversal = await ReverseAsync(sequence);

        var again = await ReverseAsync(reversal);

        Assert.AreEqual(0, (await DueAsync()).GetArrayLength());
        await City.RefusedAsync($"ledger/{sequence}/reversal", Reversal(), HttpStatusCode.Conflict, "already-reversed");
        await City.RefusedAsync($"ledger/{reversal}/reversal", Reversal(), HttpStatusCode.Conflict, "already-reversed");
        await ReverseAsync(again);
        Assert.AreEqual("2017-06 d-2 3>4, 2017-07 d-2 3>4", Changes((await DueAsync())[0]));
    }

    [TestMethod]
    public async Task ReversalOfTheReversal_AfterTheRevision_IsDueTheOtherWay()
    {
        var reversal = await ReverseAsync(await CloseTwoMonthsAsync());
        var revision = await City.PostAsync("months/2017-06/revisions", new { actor = SmallCity.Officer, reason = "Reversed." });
        await City.SignAndPublishAsync("2017-06", revision.GetProperty("digest").GetString()!);

        await ReverseAsync(reversal);

        Assert.AreEqual("2017-06 d-2 4>3, 2017-07 d-2 4>3", Changes((await DueAsync())[0]));
    }

    [TestMethod]
    public async Task Decision_OfARunningMonth_AndItsReversal_AreNotDue()
    {
        await CloseTwoMonthsAsync();

        await ReverseAsync(await City.UpholdAsync("d-1", "S01", "2017-08-10"));

        Assert.AreEqual(0, (await DueAsync()).GetArrayLength());
    }

    [TestMethod]
    [DataRow("2017-08-18", "2017-08-21", false, DisplayName = "Friday: Monday is the working day that it may wait")]
    [DataRow("2017-08-18", "2017-08-22", true)]
    [DataRow("2017-09-29", "2017-09-30", false, DisplayName = "before the holidays: Saturday is worked")]
    [DataRow("2017-09-30", "2017-10-09", false, DisplayName = "a week off")]
    [DataRow("2017-09-30", "2017-10-10", true)]
    public async Task Task_WaitingLongerThanAWorkingDay_IsAnAlarm(string reversedOn, string today, bool late)
    {
        var sequence = await CloseTwoMonthsAsync();
        await City.SetTodayAsync(Day(reversedOn));
        await ReverseAsync(sequence);
        await City.SetTodayAsync(Day(today));

        Assert.AreEqual(late, (await DueAsync())[0].GetProperty("isLate").GetBoolean());
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        Assert.AreEqual(late, (await officer.GoAsync("/bureau")).Html.Contains("data-testid=\"revision-late\"", StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task Page_OfTheBureauAndOfTheMonth_LeadsToThePreviewByOneClick()
    {
        var sequence = await CloseTwoMonthsAsync();
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        Assert.DoesNotContain("revision-due", (await officer.GoAsync("/bureau")).Html);
        await ReverseAsync(sequence);

        foreach (var page in new[] { "/bureau/months/2017-07", "/bureau" })
        {
            var shown = (await officer.GoAsync(page)).Text;
            StringAssert.Contains(shown, "Revise June 2017");
            StringAssert.Contains(shown, "1 driver would have other stars");
            StringAssert.Contains(shown, "3 stars → 4 stars");
        }

        await officer.SubmitAsync("revision-due");

        StringAssert.Contains(officer.Path, "/bureau/months/2017-06");
        Assert.HasCount(64, officer.Read("digest"));
        StringAssert.Contains((await officer.GoAsync("/bureau")).Text, "A revision of June 2017 is under way");
    }

    [TestMethod]
    public async Task Case_ReversedByTwoAtOnce_IsNotPutInForceByTheSlower()
    {
        var sequence = await City.UpholdAsync("d-2", "S01", "2017-08-10");
        using var slow = (await City.EnterAsync(SmallCity.Supervisor)).Browser;
        await slow.GoAsync("/bureau/cases/c-000001");
        await ReverseAsync(sequence);

        await slow.SubmitAsync("reverse", ("Input.Reason", "The meter was read wrongly."));

        Assert.AreEqual(HttpStatusCode.Conflict, slow.Status);
        StringAssert.Contains(slow.Text, "Put decision in force again");
        await slow.GoAsync("/bureau/cases/c-000001");
        await slow.SubmitAsync("reverse", ("Input.Reason", "It was read rightly."));
        StringAssert.Contains(slow.Text, "In force again");
        StringAssert.Contains(slow.Text, "Reverse decision");
    }

    [TestMethod]
    [DataRow(SmallCity.Admin)]
    [DataRow("d-2")]
    public async Task Due_ByThoseWhoCloseNoMonth_IsRefused(string actor) => await SmallCity.AssertRefusalAsync(
        await City.Client.GetAsync($"/api/v1/revisions-due?actor={actor}"), HttpStatusCode.Forbidden, "actor-not-allowed");

    /// <summary>June and July are published, with a decision of June; returns its entry. It is 15 August, a Tuesday.</summary>
    private async Task<long> CloseTwoMonthsAsync()
    {
        await City.SetTodayAsync(new DateOnly(2017, 6, 20));
        var sequence = await City.UpholdAsync("d-2", "S01", "2017-06-10");
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        await City.CloseAsync("2017-06");
        await City.CloseAsync("2017-07");
        return sequence;
    }

    private async Task<long> ReverseAsync(long sequence) =>
        (await City.PostAsync($"ledger/{sequence}/reversal", Reversal())).GetProperty("sequence").GetInt64();

    private static object Reversal() => new { actor = SmallCity.Supervisor, reason = "The meter was read wrongly." };

    private Task<JsonElement> DueAsync() => City.GetAsync($"revisions-due?actor={SmallCity.Officer}");

    private static string Changes(JsonElement due) => string.Join(", ", due.GetProperty("changes").EnumerateArray().Select(change =>
        $"{Text(change, "period")} {Text(change, "driver")} "
        + $"{change.GetProperty("then").GetProperty("stars")}>{change.GetProperty("now").GetProperty("stars")}"));

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
