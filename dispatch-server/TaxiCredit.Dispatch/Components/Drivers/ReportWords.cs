using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Privacy;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>What a credit report says in sentences, in the reader's language.</summary>
internal sealed class ReportWords(IStringLocalizer<ReportTexts> texts, Words words)
{
    /// <summary>What the next star takes.</summary>
    public IEnumerable<string> Next(CreditReport report)
    {
        var tally = report.SoFar;
        if (tally.Stars is not { } stars)
        {
            yield return texts["Next.Unrated", tally.DaysOnShift, tally.Rules.ProbationDaysOnShift];
            yield break;
        }

        yield return texts["Next.Now", words.Month(tally.Period), words.Of(stars), Words.InSentence(tally.Points)];
        if (report.Next is not { } next)
        {
            yield return texts["Next.Most"];
            yield break;
        }

        yield return next.Missing > Points.Zero
            ? texts["Next.Missing", words.Of(next.Stars), Words.InSentence(next.Missing.ToDecimal())]
            : texts["Next.Held", words.Of(next.Stars)];
        if (next.EarnedIn is not { } month)
        {
            yield return texts["Next.Never"];
            yield break;
        }

        var months = month.MonthsSince(Month.Parse(tally.Period));
        yield return texts[months == 1 ? "Next.Wait.1" : "Next.Wait", months, words.Month(month.ToString())];
    }

    /// <summary>How sure the published stars are; nothing for a driver who has none.</summary>
    public IEnumerable<string> Certainty(RatingCertainty? certainty)
    {
        if (certainty is null)
            yield break;
        if (certainty.Chances is { } chances)
        {
            yield return texts["Sure.Same", words.Month(certainty.Period), words.Of(certainty.Stars), Tenths(chances[certainty.Stars])];
            for (var stars = chances.Count - 1; stars >= 0; stars--)
            {
                if (stars != certainty.Stars && chances[stars] >= 0.05)
                    yield return texts["Sure.Other", words.Of(stars), Tenths(chances[stars])];
            }
        }
        else
        {
            yield return texts["Sure.TooFew"];
        }

        yield return texts["Sure.Luck", Words.Count(certainty.WithSameStars), Words.Count(certainty.Drivers), words.Of(certainty.Stars)];
    }

    /// <summary>When and where an open matter is said to have happened, and whether its decision may take longer than most.</summary>
    public string When(OpenMatter matter) =>
        When(matter.On, matter.FromHour, matter.ToHour, matter.Place)
        + (matter.ComplexDays is { } days ? texts["Open.Complex", days] : "");

    /// <summary>Day, hours and place as they were released.</summary>
    public string When(DateOnly on, int? fromHour, int? toHour, string place) =>
        string.IsNullOrEmpty(place) ? words.Day(on)
        : fromHour is { } from && toHour is { } to ? texts["Open.Hour", words.Day(on), from, to, place]
        : texts["Open.Day", words.Day(on), place];

    /// <summary>A chance as a part of ten, and never as certainty.</summary>
    private string Tenths(double chance) => Math.Round(10 * chance, MidpointRounding.AwayFromZero) switch
    {
        >= 10 => texts["Tenths.Most"],
        <= 0 => texts["Tenths.Least"],
        var tenths => texts["Tenths", tenths],
    };
}
