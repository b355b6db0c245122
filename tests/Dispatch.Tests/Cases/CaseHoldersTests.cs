using System.Net;
using Dispatch.Tests.Databases;
using TaxiCredit.Dispatch.Features.Cases;

namespace Dispatch.Tests.Cases;

/// <summary>Who has which case, and what lies on the desk for whom.</summary>
[TestClass]
public class CaseHoldersTests : CityTests
{
    [TestMethod]
    [DecidedByDatabase("order: the last line of the audit log")]
    public async Task GiveBack_ByWhoHasIt_LeavesTheCaseToAnybody()
    {
        var number = await RecordedOnAsync(14);
        await TakeAsync(number, SmallCity.Officer);

        await City.RefusesAsync($"cases/{number}/giving-back", new { actor = SmallCity.OtherOfficer }, HttpStatusCode.Conflict, "case-not-yours");
        await City.PostAsync($"cases/{number}/giving-back", new { actor = SmallCity.Officer });

        Assert.IsNull(await HolderAsync(number));
        await City.RefusesAsync($"cases/{number}/giving-back", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "case-not-yours");
        await TakeAsync(number, SmallCity.OtherOfficer);
        Assert.AreEqual(SmallCity.OtherOfficer, await HolderAsync(number));
    }

    [TestMethod]
    public async Task GiveBack_OnAVersionThatHasChangedOrOfAnotherCase_IsRefused()
    {
        var number = await RecordedOnAsync(14);
        await TakeAsync(number, SmallCity.Officer);
        object Body(Guid version) => new { actor = SmallCity.Officer, version };

        await City.RefusesAsync($"cases/{number}/giving-back", Body(Guid.NewGuid()), HttpStatusCode.Conflict, "changed-meanwhile");
        await City.RefusesAsync("cases/c-000009/giving-back", new { actor = SmallCity.Officer }, HttpStatusCode.NotFound, "case-unknown");
        await City.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "dismissed", reason = "Nothing in it." });
        await City.RefusesAsync($"cases/{number}/giving-back", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "case-already-decided");
    }

    [TestMethod]
    [DecidedByDatabase("SQL by hand: a join with the audit log")]
    public async Task Queue_ByWhoHasIt_HasTheirsAndWhatNobodyHas()
    {
        var (mine, others, free) = (await RecordedOnAsync(12), await RecordedOnAsync(13), await RecordedOnAsync(14));
        await TakeAsync(mine, SmallCity.Officer);
        await TakeAsync(others, SmallCity.OtherOfficer);

        Assert.AreEqual($"{mine} {SmallCity.Officer}", await ListedAsync(SmallCity.Officer));
        Assert.AreEqual($"{free} ", await ListedAsync(""));
        Assert.AreEqual($"{mine} {SmallCity.Officer}, {others} {SmallCity.OtherOfficer}, {free} ", await ListedAsync(null));
    }

    /// <summary>Submitted on the 12th to the 14th and not complex; what is complex has longer and comes after.</summary>
    [TestMethod]
    public async Task Work_OfAPerson_IsByDeadlineAndWithoutWhatIsNotTheirs()
    {
        var complex = await RecordedOnAsync(11);
        var (first, second) = (await RecordedOnAsync(12), await RecordedOnAsync(13));
        await City.PostAsync($"cases/{complex}/complex", new { actor = SmallCity.Officer, reason = "Two cities." });
        var own = (await City.PostAsync("cases", new
        {
            actor = SmallCity.Officer, kind = "complaint", driver = "d-2", code = "S01", conductOn = "2017-08-10", place = "Gate", account = "A detour.",
        })).GetProperty("number").GetString()!;
        var recused = await RecordedOnAsync(13);
        await City.PostAsync($"cases/{recused}/recusal", new { actor = SmallCity.Officer });
        var triaged = await RecordedOnAsync(13);
        await City.PostAsync($"cases/{triaged}/triage", new { actor = SmallCity.OtherOfficer, place = "P", account = "A", evidence = "E" });

        var work = await WorkAsync(SmallCity.Officer);

        Assert.AreEqual($"{first} {second} {complex}", string.Join(' ', work.Lines.Select(line => line.Number)));
        StringAssert.Contains(string.Join(' ', (await WorkAsync(SmallCity.OtherOfficer)).Lines.Select(line => line.Number)), own);
    }

    [TestMethod]
    public async Task Next_ForAPerson_IsTheirsThenFreeAndNeverAnothers()
    {
        var (free, others, mine) = (await RecordedOnAsync(12), await RecordedOnAsync(13), await RecordedOnAsync(14));
        await TakeAsync(mine, SmallCity.Officer);
        await TakeAsync(others, SmallCity.OtherOfficer);

        var work = await WorkAsync(SmallCity.Officer);

        Assert.AreEqual(mine, work.Next(null)?.Number);
        Assert.AreEqual(free, work.Next(mine)?.Number);
        Assert.AreEqual(mine, work.Next(free)?.Number, "around");
        Assert.AreEqual(mine, work.Next(others)?.Number);
        var (theirs, _) = (await WorkAsync(SmallCity.Supervisor), await City.PostAsync($"cases/{mine}/giving-back", new { actor = SmallCity.Officer }));
        Assert.AreEqual(free, theirs.Next(null)?.Number);
        Assert.IsNull(theirs.Next(free), "there is no other");
    }

    /// <summary>The desk shows a part of the list, and whoever has a case with time left must still find it there.</summary>
    [TestMethod]
    public async Task Work_WithEarlierDeadlinesOfOthers_HasTheirsFirstThenFree()
    {
        var (others, free, mine) = (await RecordedOnAsync(12), await RecordedOnAsync(13), await RecordedOnAsync(14));
        await TakeAsync(mine, SmallCity.Officer);
        await TakeAsync(others, SmallCity.OtherOfficer);

        Assert.AreEqual($"{mine} {free} {others}", string.Join(' ', (await WorkAsync(SmallCity.Officer)).Lines.Select(line => line.Number)));
        Assert.AreEqual($"{free} {others} {mine}", string.Join(' ', (await WorkAsync(SmallCity.Supervisor)).Lines.Select(line => line.Number)));
    }

    private async Task TakeAsync(string number, string actor) => await City.PostAsync($"cases/{number}/review", new { actor });

    private Task<string?> HolderAsync(string number) => City.WithDbAsync(db => CaseHolders.OfAsync(number, db, CancellationToken.None));

    private Task<DeskWork> WorkAsync(string name) => City.InContextAsync(context => DeskWork.OfAsync(name, context, CancellationToken.None));

    private async Task<string> ListedAsync(string? holder)
    {
        var page = await City.InContextAsync(context => CaseQueue.PageAsync(new(Holder: holder), 1, context, CancellationToken.None));
        Assert.AreEqual(page.Lines.Count, page.Total);
        return string.Join(", ", page.Lines.Select(line => $"{line.Number} {line.Holder}"));
    }

    private async Task<string> RecordedOnAsync(int day)
    {
        await City.SetTodayAsync(new DateOnly(2017, 8, day));
        var number = (await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!;
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        return number;
    }
}
