using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Passengers.Checks;

/// <summary>Somebody has looked at a windscreen and says what was found.</summary>
/// <param name="Finding">1 to 2,000 characters, for the bureau.</param>
internal sealed record CloseCheck(string Actor, string Finding)
{
    public static async Task<Outcome<StarCheck>> HandleAsync(long id, CloseCheck command, OperationContext context, CancellationToken stop)
    {
        if ((await context.MayAsync(command.Actor, Permission.ReviewReports, null, stop)).Refusal is { } forbidden)
            return forbidden;
        if (string.IsNullOrWhiteSpace(command.Finding) || command.Finding.Length > 2000)
            return Refusal.Malformed("finding-length", "Say in 1 to 2,000 characters what was found.");

        await using var write = await context.Db.BeginWriteAsync(stop);
        if (await context.Db.StarChecks.Include(c => c.Cab).SingleOrDefaultAsync(c => c.Id == id, stop) is not { } check)
            return Refusal.Missing("check-unknown", $"There is no check {id}; see GET /api/v1/checks.");
        if (check.Close(command.Actor, command.Finding.Trim(), context.Now) is { } refused)
            return refused;

        context.Record(command.Actor, "close-check", check.Cab.Code, $"check {id}");
        await write.SaveAsync(stop);
        return check;
    }
}
