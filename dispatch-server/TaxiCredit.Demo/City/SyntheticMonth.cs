using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Scoring;

namespace TaxiCredit.Demo.City;

/// <summary>Makes the cases that are submitted in one month: for each day and driver, chance says whether there is a report for bad and one for good.</summary>
internal sealed class SyntheticMonth
{
    private readonly SyntheticRoster _roster;
    private readonly Month _month;
    private readonly SyntheticRandom _random;
    private readonly double[] _deductions;
    private readonly double[] _merits;
    private readonly ILookup<int, SyntheticDriver> _community;

    public SyntheticMonth(SyntheticRoster roster, ulong seed, Month month)
    {
        (_roster, _month) = (roster, month);
        _random = new SyntheticRandom(seed, Stream(month.Year, month.Number));
        var level = SyntheticRates.ComplaintLevel(month);
        _deductions = [.. SyntheticRates.Deductions.Select(rate => Daily(rate) * (rate.Kind == CaseKind.Complaint ? level : 1))];
        _merits = [.. SyntheticRates.Merits.Select(Daily)];
        _community = Community(roster, new SyntheticRandom(seed, Stream(month.Year, 0)));
    }

    public List<SyntheticCase> Cases()
    {
        var cases = new List<SyntheticCase>();
        var (bad, good) = (_deductions.Sum(), _merits.Sum());
        for (var day = _month.FirstDay; day <= _month.LastDay; day = day.AddDays(1))
        {
            foreach (var driver in _roster.Drivers)
            {
                if (_random.Chance(bad * driver.Deductions))
                    cases.Add(Deduction(driver, day));
                if (_random.Chance(good * driver.Merits))
                    cases.Add(Merit(driver, day));
            }

            if (day.Day == 5)
                cases.AddRange(_community[_month.Number].Select(driver => Reported("M03", CaseKind.Merit, 1, driver, day)));
        }

        return cases;
    }

    private static ulong Stream(int year, int number) => (ulong)((100 * year) + number);

    private double Daily(ConductRate rate) => rate.PerThousand / 1000 / _month.LastDay.Day;

    /// <summary>
    /// Drivers by the month in which a certificate is handed in: on the community day, the 5th of the last month of a quarter, so that it is
    /// decided within the year that it counts for.
    /// </summary>
    private static ILookup<int, SyntheticDriver> Community(SyntheticRoster roster, SyntheticRandom random)
    {
        var drivers = roster.Drivers.ToArray();
        var certificates = new List<(int Month, SyntheticDriver Driver)>();
        for (var i = 0; i < SyntheticRates.CommunityDrivers; i++)
        {
            var chosen = random.Between(i, drivers.Length - 1);
            (drivers[i], drivers[chosen]) = (drivers[chosen], drivers[i]);
            var quarter = random.Between(1, 4);
            certificates.Add((3 * quarter, drivers[i]));
            if (i % 3 == 0)
                certificates.Add((3 * ((quarter % 4) + 1), drivers[i]));
        }

        return certificates.ToLookup(c => c.Month, c => c.Driver);
    }

    private SyntheticCase Deduction(SyntheticDriver driver, DateOnly day)
    {
        var rate = SyntheticRates.Deductions[_random.PickWeighted(_deductions)];
        var report = Reported(rate.Code, rate.Kind, rate.Upheld, driver, day);
        return rate.Kind == CaseKind.PeerReport ? report with { Reporter = ReporterOn(driver).Code } : report;
    }

    private SyntheticCase Merit(SyntheticDriver driver, DateOnly day)
    {
        var rate = SyntheticRates.Merits[_random.PickWeighted(_merits)];
        var report = Reported(rate.Code, rate.Kind, rate.Upheld, driver, day);
        Property[]? kinds = rate.Code switch { "M01" => SyntheticRates.Ordinary, "M02" => SyntheticRates.HighValue, _ => null };
        if (kinds is null)
            return report;

        var property = _random.Pick(kinds);
        var grown = _random.Fraction();
        var tens = (int)((property.Least + ((property.Most - property.Least) * grown * grown)) / 10);
        return report with { Account = SyntheticTexts.Returned(property), PropertyFen = tens * 1000L };
    }

    private SyntheticCase Reported(string code, CaseKind kind, double upheld, SyntheticDriver driver, DateOnly day)
    {
        var report = new SyntheticCase(
            kind, driver.Code, code, day.AddDays(-_random.Between(0, SyntheticRates.DaysToReport(kind))), _random.PickWeighted(SyntheticTexts.Hours),
            _random.Pick(SyntheticTexts.Places), _random.Pick(SyntheticTexts.Accounts[code]), null, null,
            day, _random.Pick(DemoActors.Officers), Decided(kind, upheld, day));
        // Whoever records a case does not decide it.
        return report.RecordedBy == report.Decision.By ? report with { RecordedBy = DemoActors.OtherOfficer(report.RecordedBy) } : report;
    }

    private SyntheticDecision Decided(CaseKind kind, double upheld, DateOnly submitted)
    {
        var isComplex = kind != CaseKind.Merit && _random.Chance(SyntheticRates.Complex);
        var on = DecisionDay(submitted, isComplex);
        var by = _random.Chance(0.9) ? _random.Pick(DemoActors.Officers) : _random.Pick(DemoActors.Supervisors);
        if (!_random.Chance(upheld))
            return new(on, by, Verdict.Dismissed, _random.Pick(SyntheticTexts.Dismissals), null, isComplex);

        var corroboration = kind == CaseKind.PeerReport ? _random.Pick(SyntheticTexts.Corroborations) : null;
        return new(on, by, Verdict.Upheld, SyntheticTexts.Upheld(kind), corroboration, isComplex);
    }

    /// <summary>Within the 10 days of an ordinary case or the 30 of a complex one, and never on a weekend.</summary>
    private DateOnly DecisionDay(DateOnly submitted, bool complex)
    {
        var day = submitted.AddDays(complex ? _random.Between(11, 28) : _random.Between(1, 9));
        var friday = day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(-1), DayOfWeek.Sunday => day.AddDays(-2), _ => day };
        return friday > submitted ? friday : friday.AddDays(3);
    }

    /// <summary>The leader reports on a member; on the leader, one of the members.</summary>
    private SyntheticDriver ReporterOn(SyntheticDriver subject)
    {
        var team = subject.Team;
        return team.Leader != subject ? team.Leader : _random.Pick([.. team.Members.Where(member => member != subject)]);
    }
}
