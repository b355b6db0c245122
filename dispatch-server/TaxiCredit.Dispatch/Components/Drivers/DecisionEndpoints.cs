using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>
/// The documents of decisions and rulings as files: for the driver by the code of the notice or the number of the decision, for the bureau by the number of
/// the case. A driver who opens one is proven to have it.
/// </summary>
internal static class DecisionEndpoints
{
    public static void MapDecisions(this WebApplication app)
    {
        var own = app.MapGroup("/me").WithMetadata(new RequirePermissionAttribute(Permission.AnswerNotice)).ExcludeFromDescription();
        own.MapGet("/notices/{code}/decision.pdf", (string code, Maker maker) =>
        {
            var notices = maker.Db.Notices.Where(n => n.Code == code);
            return maker.AnswerAsync(maker.Own.Where(c => notices.Any(n => n.CaseId == c.Id)), ServedDocument.Decision);
        });
        own.MapGet("/decisions/{number}/decision.pdf", (string number, Maker maker) => maker.AnswerAsync(OfDecision(number, maker), ServedDocument.Decision));
        own.MapGet("/decisions/{number}/ruling.pdf", (string number, Maker maker) => maker.AnswerAsync(OfDecision(number, maker), ServedDocument.Ruling));

        var bureau = app.MapGroup("/bureau/cases/{number}").WithMetadata(new RequirePermissionAttribute(Permission.ReadCases) { OfEverybody = true })
            .ExcludeFromDescription();
        bureau.MapGet("/decision.pdf", (string number, Maker maker) =>
            maker.AnswerAsync(maker.Db.Cases.Where(c => c.Number == number), ServedDocument.Decision));
        bureau.MapGet("/ruling.pdf", (string number, Maker maker) => maker.AnswerAsync(maker.Db.Cases.Where(c => c.Number == number), ServedDocument.Ruling));
    }

    private static IQueryable<Case> OfDecision(string number, Maker maker)
    {
        if (!DecisionDocument.TryRead(number, out var year, out var serial))
            return maker.Own.Where(c => false);
        var decisions = maker.Db.Decisions.Where(d => d.Year == year && d.Serial == serial);
        return maker.Own.Where(c => decisions.Any(d => d.CaseId == c.Id));
    }

    /// <summary>What each of these files needs of a request.</summary>
    internal sealed record Maker(HttpContext Http, Caller Caller, OperationContext Operations)
    {
        public DispatchContext Db => Operations.Db;

        /// <summary>Cases of the driver who asks; none for anybody else.</summary>
        public IQueryable<Case> Own => Db.Cases.Where(c => c.DriverId == DriverId);

        private int? DriverId => Caller.Current?.DriverId;

        public static ValueTask<Maker> BindAsync(HttpContext http) => new(new Maker(
            http, http.RequestServices.GetRequiredService<Caller>(), http.RequestServices.GetRequiredService<OperationContext>()));

        public async Task<IResult> AnswerAsync(IQueryable<Case> cases, ServedDocument document)
        {
            var (services, stop) = (Http.RequestServices, Http.RequestAborted);
            if (services.GetRequiredService<PdfFonts>().Missing is { } missing)
                return new RefusedPage(missing);
            if (await cases.AsNoTracking().Select(c => new { c.Id, c.DriverId, c.Driver.Code }).SingleOrDefaultAsync(stop) is not { } found)
                return Results.NotFound();
            var printed = document == ServedDocument.Ruling ? await PrintRulingAsync(found.Id) : await PrintDecisionAsync(found.Id);
            if (printed is not { } file)
                return Results.NotFound();
            await Http.LookAsync(found.Code);
            if (found.DriverId == DriverId)
                await ServeDecision.OpenAsync(found.Id, document, found.Code, Operations, stop);
            return Results.File(file.Pdf, "application/pdf", file.Name);
        }

        private async Task<(byte[] Pdf, string Name)?> PrintDecisionAsync(long id)
        {
            var services = Http.RequestServices;
            return await Db.Decisions.AsNoTracking().SingleOrDefaultAsync(d => d.CaseId == id, Http.RequestAborted) is { } document
                ? (services.GetRequiredService<DecisionPdf>().Print(document, services.GetRequiredService<IOptions<HearingSettings>>().Value),
                    $"decision-{document.Number}.pdf")
                : null;
        }

        private async Task<(byte[] Pdf, string Name)?> PrintRulingAsync(long id) =>
            await Db.Rulings.AsNoTracking().SingleOrDefaultAsync(d => d.CaseId == id, Http.RequestAborted) is { } document
                ? (Http.RequestServices.GetRequiredService<RulingPdf>().Print(document), $"ruling-{document.Number}.pdf")
                : null;
    }
}
