using Scoring.Tests.Rulebooks;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Ledger;
using TaxiCredit.Scoring.Rulebooks;
using TaxiCredit.Scoring.Tallies;

namespace Scoring.Tests.Tallies;

/// <summary>A credit file written entry by entry and tallied for December 2017, by Rongcheng's rulebook unless another is given.</summary>
internal sealed class CreditFile
{
    public static readonly Month December = new(2017, 12);

    private History _history = new(Shipped.Rongcheng, December, new(Histories.Driver, DaysOnShift: 60, PreviousStars: null), []);

    public CreditFile Under(Rulebook rulebook) => Set(_history with { Rulebook = rulebook });

    public CreditFile After(int? previousStars, int daysOnShift = 60) =>
        Set(_history with { Facts = _history.Facts with { PreviousStars = previousStars, DaysOnShift = daysOnShift } });

    /// <summary>A decision by the rulebook, on the 15th of a month so many months before December.</summary>
    public CreditFile Decided(string code, int age = 0) => DecidedOn(Day(age), code);

    public CreditFile DecidedOn(DateOnly day, string code)
    {
        var conduct = _history.Rulebook.Find(code)!;
        return Set(_history.With(EntryKind.Decision, code, conduct.Points, day, conduct.MaxStars));
    }

    /// <summary>A decision of any number of hundredths.</summary>
    public CreditFile Booked(int hundredths, int age = 0, string code = "S01") => Set(_history.With(EntryKind.Decision, code, new(hundredths), Day(age)));

    public CreditFile Repaired(int points, int age = 0) => Set(_history.With(EntryKind.Repair, "R01", Points.FromWhole(points), Day(age)));

    public CreditFile Reversed(int sequence, int age = 0) => Set(_history.WithReversalOf(_history.Ledger[sequence - 1], Day(age)));

    public Tally Tally() => _history.Tally();

    private static DateOnly Day(int age) => December.AddMonths(-age).FirstDay.AddDays(14);

    private CreditFile Set(History history)
    {
        _history = history;
        return this;
    }
}
