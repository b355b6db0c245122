using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using TaxiCredit.Demo.City;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Components.Wall;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Demo.Pages;

/// <summary>Where a closing stands; a step that is done makes way for the next.</summary>
internal sealed record ClosingReport(ClosingStep Step, string Text, bool IsDone, int Arrived = 0, int Expected = 0);

/// <summary>
/// Closes the demo's next month by the same operations as the bureau, telling each step. May be started again after it was cut off:
/// it goes on with what is left to do.
/// </summary>
internal sealed class MonthClosing(IServiceScopeFactory scopes, TwinBoard board, TimeProvider time, Words words, IStringLocalizer<DemoTexts> texts)
{
    /// <summary>Takes every step; <paramref name="tell"/> is called from any thread and must not wait.</summary>
    /// <returns>The refusal of the step that could not be taken, or null.</returns>
    public async Task<Refusal?> RunAsync(Month month, Action<ClosingReport> tell, CancellationToken stop)
    {
        if (await PlayAsync(month, tell, stop) is { } notPlayed)
            return notPlayed;

        await using var scope = scopes.CreateAsyncScope();
        Arrivals? arrivals = null;
        try
        {
            var closed = await ActivatorUtilities.CreateInstance<DemoClose>(scope.ServiceProvider).RunAsync(month, stop, async (hand, close) =>
            {
                if (hand.Step == ClosingStep.Signatures && close!.Signatures.Count == 0)
                    tell(await PreviewedAsync(close, scope.ServiceProvider.GetRequiredService<DispatchContext>(), stop));
                if (hand.Step == ClosingStep.Publication)
                {
                    tell(new(ClosingStep.Signatures, texts["Signed", close!.Signatures[0].Actor, close.Signatures[1].Actor], IsDone: true));
                    arrivals = new(board, month.ToString(), time);
                }

                tell(new(hand.Step, texts[$"Doing.{hand.Step}", hand.Actor], IsDone: false));
            });
            if (closed.Refusal is not null)
                return closed.Refusal;

            tell(new(ClosingStep.Publication, texts["PublishedBy", closed.Value.PublishedBy], IsDone: true));
            tell(Report(await arrivals!.FollowAsync(now => tell(Report(now, now.Count == now.Expected)), stop), isDone: true));
            return null;
        }
        finally
        {
            arrivals?.Dispose();
        }
    }

    /// <summary>Lets the month pass, unless it is over already.</summary>
    private async Task<Refusal?> PlayAsync(Month month, Action<ClosingReport> tell, CancellationToken stop)
    {
        tell(new(ClosingStep.Events, texts["EventsPlayed", words.Month(month.ToString())], IsDone: false));
        await using var scope = scopes.CreateAsyncScope();
        if (scope.ServiceProvider.GetRequiredService<BureauTime>().Today < month.Next.FirstDay)
        {
            var played = await DemoCity.NextMonthAsync(scope.ServiceProvider, stop);
            if (played.Refusal is not null)
                return played.Refusal;
        }

        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        var decided = await db.Ledger.CountAsync(e => e.DecidedOn >= month.FirstDay && e.DecidedOn <= month.LastDay, stop);
        var reported = await db.Cases.CountAsync(c => c.SubmittedOn >= month.FirstDay && c.SubmittedOn <= month.LastDay, stop);
        tell(new(
            ClosingStep.Events,
            texts["EventsDone", words.Month(month.ToString()), Words.Plural(texts, "Cases", reported), Words.Plural(texts, "Decisions", decided)],
            IsDone: true));
        return null;
    }

    private async Task<ClosingReport> PreviewedAsync(Close close, DispatchContext db, CancellationToken stop)
    {
        var rated = await RatedCounts.OfAsync(close, db, stop);
        var levels = rated.Where(r => r.Value > 0)
            .Select(r => r.Key == "unrated"
                ? texts["LevelUnrated", r.Value]
                : texts["Level", r.Value, words.Of(int.Parse(r.Key, CultureInfo.InvariantCulture))]);
        return new(ClosingStep.Preview, texts["Previewed", close.PreviewedBy, words.List(levels.Select(level => level.Value))], IsDone: true);
    }

    private ClosingReport Report(Arrived now, bool isDone) =>
        new(ClosingStep.Windscreens, texts["Arrived", now.Count, now.Expected, (long)now.Last.TotalMilliseconds], isDone, now.Count, now.Expected);
}
