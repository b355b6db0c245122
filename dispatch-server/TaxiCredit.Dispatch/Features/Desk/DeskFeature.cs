using Microsoft.AspNetCore.Mvc;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;

namespace TaxiCredit.Dispatch.Features.Desk;

/// <summary>A complaint that an officer took.</summary>
/// <param name="Receipt">For the caller, in groups to be read out: <c>3k7m-x2q9-0fda</c>.</param>
/// <param name="Report">Number of the report, <c>p-000123</c>.</param>
internal sealed record CallView(string Receipt, string Report, CaseView Case)
{
    public static CallView Of(PassengerReport report) =>
        new(ShortCode.Grouped(report.Receipt), report.Number, CaseView.Of(report.Case!, report.Case!.Driver.Code));
}

/// <summary>What officers do at the desk on behalf of who called or came.</summary>
internal static class DeskFeature
{
    public static void MapDesk(this RouteGroupBuilder api)
    {
        var desk = api.MapGroup("/desk").WithTags("Desk");
        desk.MapGet("/drivers", async (string who, DateOnly day, int? hour, HttpContext http, OperationContext context, CancellationToken stop) =>
            {
                var found = await SeekDriver.FindAsync(new(who, day, hour), context, stop);
                if (found.Refusal is not null)
                    return found.Refusal.ToProblem();
                await http.LookAsync([.. found.Value.Select(one => one.Driver)]);
                return Results.Ok(found.Value);
            })
            .WithSummary("Find a driver by plate and time, licence number, code or name")
            .WithDescription("`who` is any of them, in full-width or half-width characters; with a plate, `day` and `hour` say who drove.")
            .Produces<List<SoughtDriver>>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422).Reads(Permission.ReadReports);
        desk.MapPost("/calls", async (
                    TakeCall command, [FromHeader(Name = "Idempotency-Key")] string? key, Acting actor, OperationContext context, ReportDesk tools,
                    CancellationToken stop) =>
                (await TakeCall.HandleAsync(command with { Actor = actor }, context, tools, stop, key))
                    .ToHttp(r => Results.Created($"/api/v1/cases/{r.Case!.Number}", CallView.Of(r))))
            .WithSummary("Record a complaint that came by telephone or at the counter")
            .WithDescription(
                """
                The answer has the receipt to read out. With an Idempotency-Key, 1 to 64 visible characters, the same content sent again within 30 days answers
                with the same receipt. Infringements and merits are recorded as cases, with `authority`.
                """)
            .Produces<CallView>(StatusCodes.Status201Created).ProducesProblem(422).Takes(Permission.RecordCase);
    }
}
