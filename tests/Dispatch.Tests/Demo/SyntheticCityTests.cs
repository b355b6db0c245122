using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace Dispatch.Tests.Demo;

[TestClass]
public class SyntheticCityTests
{
    private static readonly Month December = new(2017, 12);
    private static readonly RulebookShelf Rulebooks = new(
        [RulebookReader.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Rulebooks", "rongcheng-taxi.2016-01-01.json"))).Rulebook!]);

    private readonly SyntheticCity _city = new(SyntheticCity.DemoSeed);

    [TestMethod]
    public void City_DemoSeed_IsTheSameOnEveryPlatform()
    {
        var text = new StringBuilder();
        foreach (var d in _city.Roster.Drivers)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"{d.Code}|{d.Name}|{d.Cab}|{d.Plate}|{d.Team.Code}|{d.Team.Leader.Code}|{d.Deductions:R}|{d.Merits:R}\n");
        }

        foreach (var c in _city.SubmittedThrough(December))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{c.Kind}|{c.Driver}|{c.Code}|{c.ConductOn:yyyy-MM-dd}|{c.ConductHour}|{c.Place}|{c.Account}|{c.Reporter}|{c.PropertyFen}|");
            text.Append(CultureInfo.InvariantCulture, $"{c.SubmittedOn:yyyy-MM-dd}|{c.RecordedBy}|{c.Decision.On:yyyy-MM-dd}|{c.Decision.By}|");
            text.Append(CultureInfo.InvariantCulture, $"{c.Decision.Verdict}|{c.Decision.Reason}|{c.Decision.Corroboration}\n");
        }

        Assert.AreEqual(
            "29b5965179e46a31917ffeb1cb50f0f97709281aa34b33e98b71bd6d87514b7c",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }

    [TestMethod]
    public void Figures_DemoSeed_AreThePublishedOnes() =>
        Assert.IsTrue(SyntheticFigures.Of(_city, Rulebooks).ArePublished);

    [TestMethod]
    [TestCategory("slow")]
    public async Task Search_FromSeed1_FindsTheDemoSeed()
    {
        await using var report = new StringWriter();

        Assert.AreEqual(0, await SeedSearch.RunAsync(Rulebooks, report), report.ToString());
    }

    [TestMethod]
    public void Month_MadeWithoutTheMonthsBefore_IsTheSame()
    {
        _ = _city.SubmittedThrough(December).Count();

        CollectionAssert.AreEqual(new SyntheticCity(SyntheticCity.DemoSeed).SubmittedIn(December).ToList(), _city.SubmittedIn(December).ToList());
    }

    [TestMethod]
    public void Month_AnotherSeed_IsAnother() =>
        CollectionAssert.AreNotEqual(new SyntheticCity(SyntheticCity.DemoSeed + 1).SubmittedIn(December).ToList(), _city.SubmittedIn(December).ToList());

    [TestMethod]
    public void Month_BeforeTheFirst_Throws() =>
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _city.SubmittedIn(new Month(2016, 12)));

    [TestMethod]
    public void Decisions_WholeYear_KeepTheDeadlinesOnWorkingDays()
    {
        foreach (var c in _city.SubmittedThrough(December))
        {
            var days = c.Decision.On.DayNumber - c.SubmittedOn.DayNumber;
            Assert.IsTrue(days >= 1 && days <= (c.Decision.IsComplex ? 30 : 10), $"{c}");
            Assert.IsFalse(c.Decision.On.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, $"{c}");
            Assert.IsTrue(c.ConductOn <= c.SubmittedOn, $"{c}");
        }
    }

    [TestMethod]
    public void PeerReports_WholeYear_GoBetweenLeaderAndMemberOfOneTeam()
    {
        var drivers = _city.Roster.Drivers.ToDictionary(d => d.Code);
        var reports = _city.SubmittedThrough(December).Where(c => c.Kind == CaseKind.PeerReport).ToList();

        Assert.AreNotEqual(0, reports.Count);
        foreach (var report in reports)
        {
            var (subject, reporter) = (drivers[report.Driver], drivers[report.Reporter!]);
            Assert.AreEqual(subject.Team, reporter.Team);
            Assert.AreNotEqual(subject, reporter);
            Assert.IsTrue(subject.Team.Leader == subject || subject.Team.Leader == reporter);
            Assert.AreEqual(report.Decision.Verdict == Verdict.Upheld, report.Decision.Corroboration is not null);
        }
    }

    [TestMethod]
    [DataRow(2017)]
    [DataRow(2018)]
    public void CommunityMerit_AYear_GoesToExactly15Drivers(int year)
    {
        var certified = Enumerable.Range(1, 12).SelectMany(month => _city.SubmittedIn(new Month(year, month))).Where(c => c.Code == "M03").ToList();

        Assert.AreEqual(15, certified.Select(c => c.Driver).Distinct().Count());
        Assert.IsTrue(certified.All(c => c.Decision.On.Year == year && c.Decision.Verdict == Verdict.Upheld));
    }

    [TestMethod]
    public void Random_ManyDraws_AreSpreadAsTheyShould()
    {
        var random = new SyntheticRandom(seed: 1, stream: 2);
        var gamma = Enumerable.Range(0, 100_000).Select(_ => random.Gamma(SyntheticRates.DeductionHalves)).ToList();
        var dice = Enumerable.Range(0, 60_000).Select(_ => random.Between(1, 6)).CountBy(face => face).ToList();

        Assert.AreEqual(1.0, gamma.Average(), 0.01);
        // A Gamma of mean 1 has the variance 1 / shape = 2 / 3; the sum of twelve uniform numbers has a kurtosis of 2.9 and not 3, which takes a little off.
        Assert.AreEqual(1.9 / 3, gamma.Average(g => (g - 1) * (g - 1)), 0.02);
        Assert.IsTrue(dice.Count == 6 && dice.All(face => face.Key is >= 1 and <= 6 && Math.Abs(face.Value - 10_000) < 400));
    }
}
