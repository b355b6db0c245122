using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Scoring.Tallies;

/// <summary>A rulebook applied to one month: its ages turned into days, so that an entry's day only has to be compared.</summary>
internal sealed class TallyTerms
{
    private readonly DateOnly _firstDay;
    private readonly DateOnly _lastDay;

    /// <summary>Last day on which an entry is old enough for a step, step by step.</summary>
    private readonly (DateOnly LastDay, int WeightPercent)[] _steps;

    public TallyTerms(Rulebook rulebook, Month month)
    {
        (Rulebook, Month) = (rulebook, month);
        (_firstDay, _lastDay) = (rulebook.Window.FirstMonth(month).FirstDay, month.LastDay);
        _steps = [.. rulebook.Ageing.Select(step => (month.AddMonths(-step.FromMonths).LastDay, step.WeightPercent))];
    }

    public Rulebook Rulebook { get; }

    public Month Month { get; }

    public bool IsLive(DateOnly decidedOn) => decidedOn >= _firstDay && decidedOn <= _lastDay;

    public int WeightPercent(Standing standing, DateOnly decidedOn)
    {
        if (standing != Standing.Deduction && !(standing == Standing.Merit && Rulebook.Merit.Age)) return 100;
        var weight = 100;
        foreach (var step in _steps)
        {
            if (decidedOn > step.LastDay) break;
            weight = step.WeightPercent;
        }

        return weight;
    }
}
