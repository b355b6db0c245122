using System.Data.Common;
using System.Text.Json;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Exchange;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Recognition;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.MonthClose;

/// <summary>
/// The rulebooks of a city that has published 2017-11 and 2017-12 and whose last decision was on 2017-12-28, at servers with other files. At the bureau
/// it is 2018-01-02.
/// </summary>
[TestClass]
public class StoredRulebookTests
{
    private const string FileName = "rongcheng-taxi.2016-01-01.json";

    private static readonly string Shipped = File.ReadAllText(Path.Combine(InstalledRulebooks.UsualFolder, FileName));

    private readonly List<EmptyCity> _servers = [];
    private EmptyCity _city = null!;

    [TestInitialize]
    public async Task FillAsync()
    {
        _city = await EmptyCity.BuildAsync(null, ClosingCity.InSmallBatches);
        await _city.FillAsync();
        await PreviewAsync(_city);
        await _city.SignAndPublishAsync(ClosingCity.Period);
    }

    [TestCleanup]
    public async Task TearDownAsync()
    {
        foreach (var server in _servers)
            await server.Server.DisposeAsync();
        await _city.DisposeAsync();
    }

    [TestMethod]
    public async Task Publish_FirstCloses_StoreTheTextOnce()
    {
        var stored = await _city.WithDbAsync(db => db.Rulebooks.AsNoTracking().SingleAsync());

        Assert.AreEqual("538ae67f7ec38da9a2d4269e2278bc63e67a91d540a8e276fdee636a4d4afeed", stored.Sha256);
        Assert.AreEqual("654b43953a6d550d39d38fc19ab0d011dbb9e2f62f3a7dfb2eb6e9c4751fd869", stored.RulesSha256);
        Assert.AreEqual(("rongcheng-taxi", new DateOnly(2016, 1, 1)), (stored.RulebookId, stored.EffectiveFrom));
    }

    [TestMethod]
    public async Task Prepare_FileInOtherWords_ExplainsPublishedMonthsAsTheyWereAndStoresTheWordsWithTheNextDecision()
    {
        var before = await ExplanationsAsync(_city);
        StringAssert.Contains(before, "Detour without consent");
        var other = await ServerAsync((FileName, Reworded));

        Assert.AreEqual(before, await ExplanationsAsync(other));
        await AssertReplayedAsync(other);
        Assert.AreEqual(1, await other.WithDbAsync(db => db.Rulebooks.CountAsync()));

        Assert.IsNull((await DecideAsync(other, "2018-01-01")).Refusal);

        Assert.AreEqual(2, await other.WithDbAsync(db => db.Rulebooks.CountAsync()));
        Assert.AreEqual(1, await other.WithDbAsync(db => db.Rulebooks.Select(r => r.RulesSha256).Distinct().CountAsync()), "the rules are the same");
        Assert.AreEqual(before, await ExplanationsAsync(other));
        var running = (await other.InContextAsync(context => Explanation.SoFarAsync("d-2", context, default))).Value;
        StringAssert.Contains(JsonSerializer.Serialize(running.Lines), "Detour the passenger did not consent to");
    }

    [TestMethod]
    public async Task Prepare_FileWithOtherRulesOfTheSameDay_IsRefusedByNameAndVerifiesAllTheSame()
    {
        var before = await ExplanationsAsync(_city);
        var other = Server((FileName, Shipped.Replace("\"from\": 990", "\"from\": 980", StringComparison.Ordinal)));

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => other.Server.PrepareAsync("other", default));

        StringAssert.StartsWith(refused.Message, $"{FileName} has other rules than the version of 2016-01-01 that is in use");
        await other.Server.PrepareAsync("other", default, isReadOnly: true);
        await AssertReplayedAsync(other);
        Assert.AreEqual(before, await ExplanationsAsync(other));
    }

    /// <summary>2017-12-31 is published; the last decision was before.</summary>
    [TestMethod]
    [DataRow("2017-12-30", false)]
    [DataRow("2017-12-31", false)]
    [DataRow("2018-01-01", true)]
    public async Task Prepare_VersionByItsDay_IsTakenAfterThePublishedMonths(string day, bool taken)
    {
        var other = Server((FileName, Shipped), ("rongcheng-taxi.next.json", From(day)));

        if (taken)
        {
            await other.Server.PrepareAsync("other", default);
            Assert.AreEqual(2, other.Server.Services.GetRequiredService<InstalledRulebooks>().Versions.Count());
            return;
        }

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => other.Server.PrepareAsync("other", default));
        StringAssert.StartsWith(refused.Message, $"rongcheng-taxi.next.json is effective from {day}, but everything up to 2017-12-31 is settled");
    }

    /// <summary>A decision of 2018-01-02 settles its day, though no month after 2017-12 is published.</summary>
    [TestMethod]
    [DataRow("2018-01-02", false)]
    [DataRow("2018-01-03", true)]
    public async Task Prepare_VersionByItsDay_IsTakenAfterTheLastDecision(string day, bool taken)
    {
        Assert.IsNull((await DecideAsync(_city, "2018-01-01")).Refusal);
        var other = Server((FileName, Shipped), ("rongcheng-taxi.next.json", From(day)));

        if (taken)
            await other.Server.PrepareAsync("other", default);
        else
            await Assert.ThrowsAsync<InvalidDataException>(() => other.Server.PrepareAsync("other", default));
    }

    [TestMethod]
    public async Task Prepare_EveryFileTakenAway_ReplaysExplainsAndDecidesFromTheDatabase()
    {
        var before = await ExplanationsAsync(_city);
        var other = await ServerAsync();

        await AssertReplayedAsync(other);
        Assert.AreEqual(before, await ExplanationsAsync(other));
        Assert.IsNull((await DecideAsync(other, "2018-01-01")).Refusal);
        Assert.AreEqual(
            "538ae67f7ec38da9a2d4269e2278bc63e67a91d540a8e276fdee636a4d4afeed",
            other.Server.Services.GetRequiredService<InstalledRulebooks>().Texts.Single().Sha256);
    }

    [TestMethod]
    public void Read_TwoFilesOfOneDay_IsRefusedByName()
    {
        var refused = Assert.ThrowsExactly<InvalidDataException>(() => Files((FileName, Shipped), ("rongcheng-taxi.twin.json", Reworded)));

        StringAssert.Contains(refused.Message, "rongcheng-taxi.twin.json $.effectiveFrom: is 2016-01-01, as in rongcheng-taxi.2016-01-01.json");
    }

    [TestMethod]
    public async Task Decide_AnotherServerHasUsedAVersionSince_IsRefusedOnceAndThenByThatVersion()
    {
        var other = await ServerAsync((FileName, Shipped), ("rongcheng-taxi.next.json", From("2018-01-02")));
        Assert.IsNull((await DecideAsync(other, "2018-01-02")).Refusal);

        var first = await DecideAsync(_city, "2018-01-02");
        var second = await DecideAsync(_city, "2018-01-02");

        Assert.AreEqual("rulebook-outdated", first.Refusal?.Code);
        Assert.IsNull(second.Refusal);
        Assert.AreEqual(-6000, await _city.WithDbAsync(db => db.Ledger.OrderByDescending(e => e.Sequence).Select(e => e.Points).FirstAsync()));
        Assert.AreEqual(2, await _city.WithDbAsync(db => db.Ledger.CountAsync(e => e.DecidedOn == new DateOnly(2018, 1, 2))), "the refused one left nothing");
    }

    [TestMethod]
    public async Task Decide_VersionThatReachesBackByNow_IsRefusedByName()
    {
        var other = await ServerAsync((FileName, Shipped), ("rongcheng-taxi.next.json", From("2018-01-02")));
        Assert.IsNull((await DecideAsync(_city, "2018-01-01")).Refusal);

        var refused = await DecideAsync(other, "2018-01-02");

        Assert.AreEqual("rulebook-reaches-back", refused.Refusal?.Code);
        StringAssert.StartsWith(refused.Refusal!.Detail, "rongcheng-taxi.next.json is effective from 2018-01-02");
    }

    [TestMethod]
    [DataRow("UPDATE \"Rulebooks\" SET \"RulesSha256\" = 'x'")]
    [DataRow("DELETE FROM \"Rulebooks\"")]
    [DataRow("INSERT OR REPLACE INTO \"Rulebooks\" SELECT * FROM \"Rulebooks\"", DisplayName = "Replaced")]
    public async Task Database_ChangeOfAStoredRulebook_IsRefused(string sql)
    {
        if (TestDatabases.Provider == DatabaseProvider.Postgres)
            sql = sql.StartsWith("INSERT", StringComparison.Ordinal) ? "TRUNCATE \"Rulebooks\"" : sql;

        var refused = await Assert.ThrowsAsync<DbException>(() => _city.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(sql)));

        StringAssert.Contains(refused.Message, "append-only");
    }

    [TestMethod]
    public async Task Explain_TextThatIsGone_IsRefused()
    {
        await ChangeAsync("UPDATE \"Closes\" SET \"RulebookHash\" = 'gone' WHERE \"Period\" = '2017-12'");

        Assert.AreEqual("rulebook-gone", (await _city.InContextAsync(context => Explanation.OfAsync("d-1", "2017-12", null, context, default))).Refusal?.Code);
        Assert.IsNull((await _city.InContextAsync(context => Explanation.OfAsync("d-1", "2017-11", null, context, default))).Refusal);
        var (same, lines) = await _city.WithDbAsync(db => Verified.RunAsync(db));
        Assert.IsFalse(same);
        Assert.Contains(
            "DIFFERS Closes 2017-12/1: rulebook rongcheng-taxi of 2016-01-01, expected the text with SHA-256 gone, found another or none", lines);
    }

    [TestMethod]
    public async Task Shortlist_TextThatIsGone_IsRefused()
    {
        await ChangeAsync("UPDATE \"Closes\" SET \"RulebookHash\" = 'gone' WHERE \"Period\" = '2017-12'");

        Assert.AreEqual("rulebook-gone", (await _city.InContextAsync(context => Shortlist.OfAsync("2017-12", context, default))).Refusal?.Code);
    }

    [TestMethod]
    [DataRow("UPDATE \"Ratings\" SET \"Points\" = \"Points\" + 1")]
    [DataRow("UPDATE \"Ratings\" SET \"Stars\" = 0")]
    public async Task Explain_ResultThatTheLedgerDoesNotGive_IsRefused(string sql)
    {
        await ChangeAsync(sql);

        var refused = await _city.InContextAsync(context => Explanation.OfAsync("d-1", "2017-12", null, context, default));

        Assert.AreEqual("explanation-differs", refused.Refusal?.Code);
        StringAssert.StartsWith(refused.Refusal!.Detail, "2017-12, revision 1, gave d-1 ");
    }

    [TestMethod]
    public async Task Preview_BegunWithATextThatIsGone_BeginsAnew()
    {
        await using var city = await EmptyCity.BuildAsync(null, ClosingCity.InSmallBatches);
        await city.FillAsync();
        using (new StepWatch(Steps.DriverTallied, 5, () => throw new OperationCanceledException()))
            await Assert.ThrowsAsync<OperationCanceledException>(() => PreviewAsync(city));
        await city.WithDbAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE \"Closes\" SET \"RulebookHash\" = 'gone' WHERE \"Status\" = 'Open'"));
        var id = await city.WithDbAsync(db => db.Closes.Where(c => c.Status == CloseStatus.Open).Select(c => c.Id).SingleAsync());

        Assert.IsTrue(await city.InContextAsync(context => CloseWork.TryAsync(id, context, city.CloseSettings, default)), "resuming it is no error");
        Assert.AreEqual("rulebook-gone", (await city.InContextAsync(context => CloseWork.FinishAsync(id, context, city.CloseSettings, default))).Refusal?.Code);
        await PreviewAsync(city);
        await city.SignAndPublishAsync(ClosingCity.Period);

        Assert.AreEqual(await _city.ResultAsync(), await city.ResultAsync());
    }

    private static string Reworded => Shipped.Replace("Detour without consent", "Detour the passenger did not consent to", StringComparison.Ordinal);

    /// <summary>A version of its own day, by which a detour costs 60 points.</summary>
    private static string From(string day) => Shipped.Replace("\"effectiveFrom\": \"2016-01-01\"", $"\"effectiveFrom\": \"{day}\"", StringComparison.Ordinal)
        .Replace("\"points\": -50, \"evidence\": \"GPS", "\"points\": -60, \"evidence\": \"GPS", StringComparison.Ordinal);

    private static InstalledRulebooks Files(params (string Name, string Text)[] files)
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-rulebooks-").FullName;
        try
        {
            foreach (var (name, text) in files)
                File.WriteAllText(Path.Combine(folder, name), text);
            return InstalledRulebooks.Read(folder, "rongcheng-taxi");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Another server on the same database, with these files; not prepared.</summary>
    private EmptyCity Server(params (string Name, string Text)[] files)
    {
        var rulebooks = Files(files);
        var server = EmptyCity.On(_city.Options, services => services.AddSingleton(rulebooks));
        _servers.Add(server);
        return server;
    }

    private async Task<EmptyCity> ServerAsync(params (string Name, string Text)[] files)
    {
        var server = Server(files);
        await server.Server.PrepareAsync("other", default);
        return server;
    }

    private Task<int> ChangeAsync(string sql) => _city.WithDbAsync(async db =>
    {
        await db.DropTriggersAsync();
        return await db.Database.ExecuteSqlRawAsync(sql);
    });

    private static Task<Close> PreviewAsync(EmptyCity city) => city.InContextAsync(async context =>
        (await PreviewMonth.HandleAsync(ClosingCity.Period, new(SmallCity.Officer), context, city.CloseSettings, default)).Value);

    /// <summary>Records a detour of d-2 and upholds it.</summary>
    private static Task<Outcome<Case>> DecideAsync(EmptyCity city, string conductOn) => city.InContextAsync(async context =>
    {
        var recorded = await RecordCase.HandleAsync(
            new(SmallCity.Officer, CaseKind.Complaint, "d-2", "S01", DateOnly.ParseExact(conductOn, "yyyy-MM-dd"), "Harbour", "A detour."), context, default);
        context.Db.ChangeTracker.Clear();
        return await DemoHearing.DecideAsync(recorded.Value.Number, new(SmallCity.Supervisor, Verdict.Upheld, "The track shows it."), context, default);
    });

    private static async Task<string> ExplanationsAsync(EmptyCity city)
    {
        var told = new List<string>();
        foreach (var driver in Enumerable.Range(1, ClosingCity.Drivers))
        {
            foreach (var period in new[] { "2017-11", "2017-12" })
            {
                var view = (await city.InContextAsync(context => Explanation.OfAsync($"d-{driver}", period, null, context, default))).Value;
                told.Add(JsonSerializer.Serialize(view));
            }
        }

        return string.Join('\n', told);
    }

    private static async Task AssertReplayedAsync(EmptyCity city)
    {
        var (same, lines) = await city.WithDbAsync(db => Verified.RunAsync(db));
        Assert.IsTrue(same, string.Join('\n', lines));
    }
}
