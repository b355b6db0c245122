using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;

namespace TaxiCredit.Dispatch.Features.Recognition;

internal sealed record ReferralView(string Driver, int Year, string Period, string Reason, string ReferredBy, DateOnly ReferredOn);

internal static class RecognitionFeature
{
    public static void MapRecognition(this RouteGroupBuilder api)
    {
        var recognition = api.MapGroup("/recognition").WithTags("Recognition");
        recognition.MapGet("/shortlist", async (string period, HttpContext http, OperationContext context, CancellationToken stop) =>
            {
                var found = await Shortlist.OfAsync(period, context, stop);
                if (found.Refusal is not null)
                    return found.Refusal.ToProblem();
                await http.LookAsync([.. found.Value.Select(entry => entry.Driver)]);
                return Results.Ok(found.Value);
            })
            .WithSummary("Who may be referred for an award, by rule").Produces<List<ShortlistEntry>>().ProducesProblem(404)
            .WithDescription("""
                Drivers with 4 stars in each of the last six published months and no live deduction, by the points that merits counted, then by code.
                """).Reads(Permission.ReadShortlist);
        recognition.MapPost("/referrals", async (ReferDriver command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await ReferDriver.HandleAsync(command with { Actor = actor }, context, stop))
                    .ToHttp(r => Results.Created("/api/v1/recognition/referrals", View(r, command.Driver))))
            .WithSummary("Refer a driver of the shortlist for an award")
            .Produces<ReferralView>(StatusCodes.Status201Created).ProducesProblem(409).ProducesProblem(422).Takes(Permission.ReferDriver);
        recognition.MapGet("/referrals", async (int? year, HttpContext http, DispatchContext db, CancellationToken stop) =>
            {
                var found = await db.Set<Referral>().AsNoTracking().Where(r => year == null || r.Year == year).OrderBy(r => r.Id)
                    .Select(r => View(r, r.Driver.Code)).ToListAsync(stop);
                await http.LookAsync([.. found.Select(r => r.Driver)]);
                return found;
            })
            .WithSummary("Referrals for awards, of a year or all").Reads(Permission.ReadShortlist);
    }

    private static ReferralView View(Referral r, string driver) => new(driver, r.Year, r.Period, r.Reason, r.ReferredBy, r.ReferredOn);
}
