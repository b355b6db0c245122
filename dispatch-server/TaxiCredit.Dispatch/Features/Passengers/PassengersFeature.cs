using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Passengers.Erasure;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Passengers.Stickers;
using TaxiCredit.Dispatch.Jobs;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Features.Passengers;

/// <summary>Passengers: codes and stickers of the cabs, what they see in the windscreen, what they report, and the bureau's view of both.</summary>
internal static class PassengersFeature
{
    private const int PageSize = 200;

    public static void AddPassengers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<PassengerSettings>(configuration, PassengerSettings.Section, settings => settings.FindFault());
        services.AddSingleton<CabLights>().AddSingleton<ContactSeal>().AddSingleton<RecentReports>().AddSingleton<ReportDesk>();
        services.AddJob(ErasurePass.Job);
        services.AddSingleton<PdfFonts>();
        services.AddPassengerLimits();
    }

    public static void MapPassengers(this RouteGroupBuilder api)
    {
        MapReports(api.MapGroup("/reports").WithTags("Passengers"));
        MapChecks(api.MapGroup("/checks").WithTags("Passengers"));
        api.MapGet("/cabs/stickers", async (
                Acting actor, string? team, HttpRequest request, IOptions<PassengerSettings> settings, OperationContext context, PdfFonts fonts,
                Reachability reach, CancellationToken stop) =>
            (await PrintStickers.HandleAsync(new(actor, team), settings.Value.AddressFor(request), context, fonts, reach, stop))
                .ToHttp(pdf => Results.File(pdf, "application/pdf", "stickers.pdf")))
            .WithSummary("Stickers for the cabs, to print").WithTags("Passengers").Produces(200, contentType: "application/pdf").ProducesProblem(409)
            .ProducesProblem(503).Takes(Permission.EditRoster);
    }

    private static void MapReports(RouteGroupBuilder reports)
    {
        reports.MapGet("", ListAsync).WithSummary("What passengers reported, oldest first, 200 a page")
            .WithDescription("`after` is the number of the last report of the page before.").Produces<List<ReportView>>().ProducesProblem(400)
            .Reads(Permission.ReadReports);
        reports.MapPost("/{number}/release", async (string number, ReleaseReport command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await ReleaseReport.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(ReportView.Ok))
            .WithSummary("Let a report go that was held back").Produces<ReportView>().ProducesProblem(409).Takes(Permission.ReviewReports);
        reports.MapPost("/{number}/rejection", async (string number, RejectReport command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await RejectReport.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(ReportView.Ok))
            .WithSummary("Make no case of a report").Produces<ReportView>().ProducesProblem(409).Takes(Permission.ReviewReports);
        reports.MapPost("/{number}/assignment", async (string number, AssignReport command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await AssignReport.HandleAsync(number, command with { Actor = actor }, context, stop)).ToHttp(ReportView.Ok))
            .WithSummary("Make a case of a report").Produces<ReportView>().ProducesProblem(409).ProducesProblem(422)
            .Takes(Permission.ReviewReports);
        reports.MapPost("/{number}/contact", async (
                    string number, ReadContact command, Acting actor, OperationContext context, ReportDesk tools, CancellationToken stop) =>
                (await ReadContact.HandleAsync(number, command with { Actor = actor }, context, tools, stop)).ToHttp(contact => Results.Ok(new { contact })))
            .WithSummary("Read how to reach who reported; the audit log says who read it").ProducesProblem(404)
            .Takes(Permission.ReadContact);
        reports.MapGet("/{number}/photo", async (string number, Acting actor, OperationContext context, ReportDesk tools, CancellationToken stop) =>
                (await ReadPhoto.HandleAsync(number, new(actor), context, tools, stop)).ToHttp(photo => Results.Stream(photo, "image/jpeg")))
            .WithSummary("The photo that came with a report; the audit log says who looked").Produces(200, contentType: "image/jpeg").ProducesProblem(404)
            .Takes(Permission.ReadReports);
    }

    private static void MapChecks(RouteGroupBuilder checks)
    {
        checks.MapGet("", async (HttpContext http, DispatchContext db, CancellationToken stop, bool all = false) =>
            {
                var found = await db.StarChecks.AsNoTracking().Include(c => c.Cab).Where(c => all || c.ClosedAt == null)
                    .OrderBy(c => c.Id).Take(PageSize).ToListAsync(stop);
                await http.LookAsync([.. found.Select(c => c.Driver).OfType<string>()]);
                return found.ConvertAll(CheckView.Of);
            })
            .WithSummary("Windscreens that passengers saw differently than their units, open ones alone unless `all`").Reads(Permission.ReadReports);
        checks.MapPost("/{id:long}/closing", async (long id, CloseCheck command, Acting actor, OperationContext context, CancellationToken stop) =>
                (await CloseCheck.HandleAsync(id, command with { Actor = actor }, context, stop)).ToHttp(c => Results.Ok(CheckView.Of(c))))
            .WithSummary("Say what was found and close a check").Produces<CheckView>().ProducesProblem(409).Takes(Permission.ReviewReports);
    }

    /// <param name="status">One of <see cref="ReportStatus"/>, as answers write it, in any case.</param>
    private static async Task<IResult> ListAsync(string? status, string? after, DispatchContext db, CancellationToken stop)
    {
        var asked = AskedStatus.Read<ReportStatus>(status);
        if (asked.Refusal is not null)
            return asked.Refusal.ToProblem();
        var reports = db.PassengerReports.AsNoTracking().Include(r => r.Cab).Include(r => r.Case).AsQueryable();
        if (asked.Value is { } one)
            reports = reports.Where(r => r.Status == one);
        if (after is not null && PassengerReport.IdOf(after) is { } last)
            reports = reports.Where(r => r.Id > last);
        var page = await (from report in reports.OrderBy(r => r.Id).Take(PageSize)
                          orderby report.Id
                          select new
                          {
                              report,
                              HasPhoto = db.Set<ReportPhoto>().Any(p => p.ReportId == report.Id),
                              HasContact = db.Set<ReportContact>().Any(c => c.ReportId == report.Id),
                          })
            .ToListAsync(stop);
        return Results.Ok(page.ConvertAll(r => ReportView.Of(r.report, r.HasPhoto, r.HasContact)));
    }
}
