using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Checks;

/// <summary>A passenger says how many stars are lit. If the unit last confirmed something else, a check is opened, or the open one counts one more.</summary>
/// <param name="Seen">0 to 4 stars; null for dark.</param>
internal sealed record AnswerStars(CabLight Cab, int? Seen)
{
    private static readonly AnonymousRule Rule = new("open-check", SubmitReport.Actor);

    /// <returns>The check; null if what is seen is what was confirmed.</returns>
    public static async Task<StarCheck?> HandleAsync(AnswerStars command, OperationContext context, CancellationToken stop) =>
        command.Cab.Agrees(command.Seen) ? null : (await context.RunAnonymousAsync(Rule, () => OpenAsync(command, context, stop), stop)).Value;

    private static async Task<Outcome<Done<StarCheck>>> OpenAsync(AnswerStars command, OperationContext context, CancellationToken stop)
    {
        var cab = command.Cab;
        var check = await context.Db.StarChecks.FirstOrDefaultAsync(
            c => c.CabId == cab.CabId && c.ClosedAt == null && c.Seen == command.Seen && c.Confirmed == cab.Confirmed, stop);
        if (check is not null)
        {
            (check.LastAt, check.Times) = (context.Now, check.Times + 1);
            return Done.Repeated(check);
        }

        context.Db.StarChecks.Add(check = new StarCheck
        {
            CabId = cab.CabId,
            Seen = command.Seen,
            Confirmed = cab.Confirmed,
            ConfirmedAt = cab.Twin?.ReceivedAt,
            Driver = cab.Twin?.Driver,
            OpenedAt = context.Now,
            LastAt = context.Now,
        });
        return Done.With(check, cab.Cab, $"seen {command.Seen?.ToString(CultureInfo.InvariantCulture) ?? "dark"}, confirmed {cab.Confirmed}");
    }
}
