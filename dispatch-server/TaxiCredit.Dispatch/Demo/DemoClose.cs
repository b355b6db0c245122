using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Demo;

/// <summary>Closes a month with the four hands that it takes: an officer previews, an officer and a supervisor sign, the supervisor publishes.</summary>
internal sealed class DemoClose(Desk desk, Reconciler windscreens)
{
    public async Task<Outcome<Close>> RunAsync(Month month, CancellationToken stop)
    {
        var period = month.ToString();
        var preview = await PreviewMonth.HandleAsync(period, new PreviewMonth(DemoActors.Officers[0]), desk, stop);
        if (preview.Refusal is not null)
            return preview;

        foreach (var actor in new[] { DemoActors.Officers[1], DemoActors.Supervisors[0] })
        {
            desk.Db.ChangeTracker.Clear();
            var signed = await SignMonth.HandleAsync(period, new SignMonth(actor, preview.Value.Digest), desk, stop);
            if (signed.Refusal is not null)
                return signed;
        }

        desk.Db.ChangeTracker.Clear();
        return await PublishMonth.HandleAsync(period, new PublishMonth(DemoActors.Supervisors[0]), desk, windscreens, stop);
    }
}
