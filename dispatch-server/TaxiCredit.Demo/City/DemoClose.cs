using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Demo.City;

/// <summary>The steps of closing a month in the demo, in their order.</summary>
internal enum ClosingStep { Events, Preview, Signatures, Publication, Windscreens }

/// <summary>Somebody at the synthetic bureau who does one thing towards a close.</summary>
internal sealed record ClosingHand(ClosingStep Step, string Actor);

/// <summary>Closes a month with the four hands that it takes: an officer previews, an officer and a supervisor sign, the supervisor publishes.</summary>
internal sealed class DemoClose(OperationContext context, CloseSettings settings)
{
    public static IReadOnlyList<ClosingHand> Hands { get; } =
    [
        new(ClosingStep.Preview, DemoActors.Officers[0]),
        new(ClosingStep.Signatures, DemoActors.Officers[1]),
        new(ClosingStep.Signatures, DemoActors.Supervisors[0]),
        new(ClosingStep.Publication, DemoActors.Supervisors[0]),
    ];

    /// <param name="watch">Called before each hand moves, with the close as it then stands, null before the preview.</param>
    public async Task<Outcome<Close>> RunAsync(Month month, CancellationToken stop, Func<ClosingHand, Close?, Task>? watch = null)
    {
        var period = month.ToString();
        Close? close = null;
        foreach (var hand in Hands)
        {
            if (watch is not null)
                await watch(hand, close);
            // Each is a visit to the bureau of its own.
            context.Db.ChangeTracker.Clear();
            var moved = await (hand.Step switch
            {
                ClosingStep.Preview => PreviewMonth.HandleAsync(period, new(hand.Actor), context, settings, stop),
                ClosingStep.Signatures => SignMonth.HandleAsync(period, new(Acting.AtServer(hand.Actor), close!.Digest), context, stop),
                _ => PublishMonth.HandleAsync(period, new(Acting.AtServer(hand.Actor)), context, stop),
            });
            if (moved.Refusal is not null)
                return moved;
            close = moved.Value;
        }

        return close!;
    }
}
