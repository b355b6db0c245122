using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Checks;

/// <summary>Somebody has looked at a windscreen and says what was found.</summary>
/// <param name="Finding">1 to 2,000 characters, for the bureau.</param>
internal sealed record CloseCheck(Acting Actor, string Finding)
{
    private static readonly OperationRule Rule = new("close-check", Permission.ReviewReports);

    public static Task<Outcome<StarCheck>> HandleAsync(long id, CloseCheck command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<StarCheck>(Rule, command.Actor, null, command.Check, async _ =>
        {
            if (await context.Db.StarChecks.Include(c => c.Cab).SingleOrDefaultAsync(c => c.Id == id, stop) is not { } check)
                return Refusal.Missing("check-unknown", $"There is no check {id}; see GET /api/v1/checks.");
            if (check.Close(command.Actor.Name, command.Finding.Trim(), context.Now) is { } refused)
                return refused;

            return Done.With(check, check.Cab.Code, $"check {id}");
        }, stop);

    private Refusal? Check() => string.IsNullOrWhiteSpace(Finding) || Finding.Length > 2000
        ? Refusal.Malformed("finding-length", "Say in 1 to 2,000 characters what was found.")
        : null;
}
