using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Demo.City;

/// <summary>What the year 2017 of a synthetic city came to.</summary>
/// <param name="Stars">Drivers by stars at the close of December, index 0 to 4; nobody is unrated.</param>
/// <param name="FirstComplaints">Complaints submitted in January.</param>
/// <param name="LastComplaints">Complaints submitted in December.</param>
/// <param name="PropertyFen">Value of the property whose return was upheld within the year, in fen.</param>
internal sealed record SyntheticFigures(IReadOnlyList<int> Stars, int FirstComplaints, int LastComplaints, long PropertyFen)
{
    private static readonly Month Last = SyntheticRates.First.AddMonths(11);

    /// <summary>Whether these are the published figures of Rongcheng: 145, 59 and 1 drivers, complaints down by 72 %, property over 2,000,000 RMB.</summary>
    /// <remarks>Complaints fall by exactly 72 %, and at least five are left, for fewer would not be published.</remarks>
    public bool ArePublished =>
        Stars is [0, 0, 1, 59, 145] && ComplaintsArePublished && PropertyFen > 200_000_000;

    private bool ComplaintsArePublished => LastComplaints >= 5 && 100 * LastComplaints == 28 * FirstComplaints;

    public static SyntheticFigures Of(SyntheticCity city, RulebookShelf rulebooks)
    {
        var figures = WithoutStars(city);
        return figures with { Stars = StarsOf(city, rulebooks) };
    }

    /// <summary>As <see cref="Of"/>, but null for a city that the cheap half of the figures rules out: what a search spends its time on.</summary>
    public static SyntheticFigures? OfCandidate(SyntheticCity city, RulebookShelf rulebooks)
    {
        var figures = WithoutStars(city);
        return figures.ComplaintsArePublished ? figures with { Stars = StarsOf(city, rulebooks) } : null;
    }

    private static SyntheticFigures WithoutStars(SyntheticCity city) => new(
        [], Complaints(city, SyntheticRates.First), Complaints(city, Last),
        city.SubmittedThrough(Last).Where(c => c.Decision.Verdict == Verdict.Upheld && c.Decision.On <= Last.LastDay).Sum(c => c.PropertyFen ?? 0));

    private static int Complaints(SyntheticCity city, Month month) => city.SubmittedIn(month).Count(c => c.Kind == CaseKind.Complaint);

    private static int[] StarsOf(SyntheticCity city, RulebookShelf rulebooks)
    {
        var stars = new int[5];
        var closes = new SyntheticCloses(rulebooks, [.. city.Roster.Drivers.Select(d => d.Code)]);
        foreach (var total in closes.Through(Last, city.SubmittedThrough(Last)).Values)
            stars[total.Stars!.Value]++;
        return stars;
    }
}
