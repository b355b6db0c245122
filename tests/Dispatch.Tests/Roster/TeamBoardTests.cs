using Dispatch.Tests.Databases;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.Teams;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Roster;

/// <summary>d-1 leads the team of cab-1 and cab-2; d-3 drives in another team.</summary>
[TestClass]
public class TeamBoardTests : CityTests
{
    [TestMethod]
    [DecidedByDatabase("order: cabs by code")]
    public async Task Team_OfTheLeader_HasItsCabsDriversStarsAndOpenMatters()
    {
        await City.CloseAsync("2017-07");
        await City.HearAsync((await City.RecordAsync("d-2", "S01", "2017-08-10")).GetProperty("number").GetString()!);
        await City.HearAsync((await City.RecordAsync("d-3", "S01", "2017-08-10")).GetProperty("number").GetString()!);
        await City.RecordAsync("d-2", "S02", "2017-08-10");

        var team = (await OfAsync("d-1")).Value;

        Assert.AreEqual(("t-1", "d-1", "2017-07"), (team.Code, team.Leader, team.Period));
        CollectionAssert.AreEqual(new[] { "cab-1", "cab-2" }, team.Cabs.Select(c => c.Code).ToArray());
        var member = team.Members.Single(m => m.Code == "d-2");
        Assert.AreEqual(((int?)4, "鲁K·T0002", true), (member.Stars, member.OnCab, member.MayBeReported));
        Assert.AreEqual("S01", member.Open.Single().Code);
    }

    [TestMethod]
    public async Task Team_OfTheLeader_OffersNeitherOneselfNorTheOtherDriverOfTheCab()
    {
        await City.PostAsync("drivers", new { actor = SmallCity.Officer, code = "d-4", name = "Driver 4", homeCab = "cab-1" });

        var team = (await OfAsync("d-1")).Value;

        CollectionAssert.AreEqual(new[] { "d-2" }, team.Members.Where(m => m.MayBeReported).Select(m => m.Code).ToArray());
    }

    [TestMethod]
    public async Task Team_OfAMember_ShowsNobodyElse()
    {
        await City.RecordAsync("d-1", "S01", "2017-08-10");

        var team = (await OfAsync("d-2")).Value;

        Assert.AreEqual("d-1", team.Leader);
        CollectionAssert.AreEqual(new[] { "d-2" }, team.Members.Select(m => m.Code).ToArray());
        Assert.IsEmpty(team.Members.SelectMany(m => m.Open).ToList());
    }

    [TestMethod]
    [DataRow(SmallCity.Officer, "no-team")]
    [DataRow(SmallCity.Auditor, "actor-not-allowed")]
    [DataRow("nobody", "actor-unknown")]
    public async Task Team_OfWhoHasNone_IsRefused(string actor, string refusal) => Assert.AreEqual(refusal, (await OfAsync(actor)).Refusal?.Code);

    [TestMethod]
    public async Task OwnReports_OfALeader_TellWhatBecameOfThemAndOfNobodyElses()
    {
        var report = await City.PostAsync("cases", Report("d-1", "d-2", "peerReport", "P01", reporter: "d-1"));
        await City.PostAsync("cases", Report("d-1", "d-2", "merit", "M01", reporter: null));
        await City.PostAsync("cases", Report("d-2", "d-1", "peerReport", "P01", reporter: "d-2"));
        await City.DecideAsync(
            report.GetProperty("number").GetString()!,
            new { actor = SmallCity.Officer, verdict = "dismissed", reason = "Nobody else saw it." });

        var own = await WithDeskAsync(context => OwnReport.OfAsync("d-1", context, CancellationToken.None));

        CollectionAssert.AreEqual(
            new[] { (CaseKind.Merit, CaseStatus.Submitted), (CaseKind.PeerReport, CaseStatus.Dismissed) },
            own.Select(r => (r.Kind, r.Status)).ToArray());
        Assert.IsTrue(own.All(r => r.About == "d-2"));
    }

    [TestMethod]
    public async Task PeerReport_OfALeader_DeductsNothingByItself()
    {
        await City.PostAsync("cases", Report("d-1", "d-2", "peerReport", "P01", reporter: "d-1"));

        Assert.AreEqual(0, (await City.GetAsync("drivers/d-2/ledger")).GetArrayLength());
    }

    private static object Report(string actor, string driver, string kind, string code, string? reporter) =>
        new { actor, kind, driver, code, conductOn = "2017-08-10", place = "Station", account = "Pushed in at the rank.", reporter };

    private Task<Outcome<TeamBoard>> OfAsync(string actor) =>
        WithDeskAsync(context => TeamBoard.OfAsync(actor, context, City.Server.Services.GetRequiredService<TwinBoard>(), CancellationToken.None));

    private async Task<T> WithDeskAsync<T>(Func<OperationContext, Task<T>> work)
    {
        await using var scope = City.Server.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<OperationContext>());
    }
}
