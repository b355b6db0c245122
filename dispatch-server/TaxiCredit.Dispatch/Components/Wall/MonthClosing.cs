using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Demo;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Components.Wall;

/// <summary>The steps of closing a month in the demo, in their order.</summary>
internal enum ClosingStep { Events, Preview, Signatures, Publication, Windscreens }

/// <summary>Where a closing stands; a step that is done makes way for the next.</summary>
internal sealed record ClosingReport(ClosingStep Step, string Text, bool IsDone, int Arrived = 0, int Expected = 0);

/// <summary>
/// Closes the demo's next month by the same operations as the bureau, telling each step. May be started again after it was cut off:
/// it goes on with what is left to do.
/// </summary>
internal sealed class MonthClosing(IServiceScopeFactory scopes, TwinBoard board, Reconciler windscreens, TimeProvider time, Words words, IStringLocalizer<WallTexts> texts)
{
    /// <summary>Takes every step; <paramref name="tell"/> is called from any thread and must not wait.</summary>
    /// <returns>The refusal of the step that could not be taken, or null.</returns>
    public async Task<Refusal?> RunAsync(Month month, Action<ClosingReport> tell, CancellationToken stop)
    {
        if (await PlayAsync(month, tell, stop) is { } notPlayed)
            return notPlayed;

        var preview = await PreviewAsync(month, tell, stop);
        if (preview.Refusal is not null)
            return preview.Refusal;
        if (await SignAsync(month, preview.Value.Digest, tell, stop) is { } notSigned)
            return notSigned;

        using var arrivals = new Arrivals(board, month.ToString(), time, texts);
        tell(new(ClosingStep.Publication, texts["Publishing"], IsDone: false));
        var published = await AtDeskAsync(desk => PublishMonth.HandleAsync(month.ToString(), new(DemoActors.Supervisors[0]), desk, windscreens, stop));
        if (published.Refusal is not null)
            return published.Refusal;

        tell(new(ClosingStep.Publication, texts["PublishedBy", DemoActors.Supervisors[0]], IsDone: true));
        await arrivals.FollowAsync(tell, stop);
        return null;
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
            texts["EventsDone", words.Month(month.ToString()), Words.Plural(texts, "Cases", reported), Words.Plural(texts, "Decisions", decided)], IsDone: true));
        return null;
    }

    private async Task<Outcome<Close>> PreviewAsync(Month month, Action<ClosingReport> tell, CancellationToken stop)
    {
        tell(new(ClosingStep.Preview, texts["Tallying"], IsDone: false));
        var preview = await AtDeskAsync(desk => PreviewMonth.HandleAsync(month.ToString(), new(DemoActors.Officers[0]), desk, stop));
        if (preview.Refusal is not null)
            return preview;

        await using var scope = scopes.CreateAsyncScope();
        var rated = await MonthView.RatedAsync(preview.Value.Id, scope.ServiceProvider.GetRequiredService<DispatchContext>(), stop);
        var levels = rated.Where(r => r.Value > 0).Select(r => r.Key == "unrated" ? texts["LevelUnrated", r.Value] : texts["Level", r.Value, words.Of(int.Parse(r.Key, CultureInfo.InvariantCulture))]);
        tell(new(ClosingStep.Preview, texts["Previewed", DemoActors.Officers[0], string.Join(", ", levels)], IsDone: true));
        return preview;
    }

    private async Task<Refusal?> SignAsync(Month month, string digest, Action<ClosingReport> tell, CancellationToken stop)
    {
        string[] signers = [DemoActors.Officers[1], DemoActors.Supervisors[0]];
        foreach (var actor in signers)
        {
            tell(new(ClosingStep.Signatures, texts["Signs", actor], IsDone: false));
            var signed = await AtDeskAsync(desk => SignMonth.HandleAsync(month.ToString(), new(actor, digest), desk, stop));
            if (signed.Refusal is not null)
                return signed.Refusal;
        }

        tell(new(ClosingStep.Signatures, texts["Signed", signers[0], signers[1]], IsDone: true));
        return null;
    }

    /// <summary>Each operation is a visit to the bureau of its own.</summary>
    private async Task<T> AtDeskAsync<T>(Func<Desk, Task<T>> operation)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await operation(scope.ServiceProvider.GetRequiredService<Desk>());
    }
}
