using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>The document of a decision as a file: for the driver by the code of the notice, for the bureau by the number of the case.</summary>
internal static class DecisionEndpoints
{
    public static void MapDecisions(this WebApplication app)
    {
        app.MapGet("/me/notices/{code}/decision.pdf", (
                    string code, Caller caller, HttpContext http, DispatchContext db, DecisionPdf pdf, PdfFonts fonts,
                    IOptions<HearingSettings> settings, CancellationToken stop) =>
            {
                var notices = db.Notices.Where(n => n.Code == code);
                var own = db.Cases.Where(c => c.DriverId == caller.Current!.DriverId && notices.Any(n => n.CaseId == c.Id));
                return AnswerAsync(own, http, db, pdf, fonts, settings.Value, stop);
            })
            .WithMetadata(new RequirePermissionAttribute(Permission.AnswerNotice)).ExcludeFromDescription();
        app.MapGet("/bureau/cases/{number}/decision.pdf", (
                    string number, HttpContext http, DispatchContext db, DecisionPdf pdf, PdfFonts fonts, IOptions<HearingSettings> settings,
                    CancellationToken stop) =>
                AnswerAsync(db.Cases.Where(c => c.Number == number), http, db, pdf, fonts, settings.Value, stop))
            .WithMetadata(new RequirePermissionAttribute(Permission.ReadCases) { OfEverybody = true }).ExcludeFromDescription();
    }

    private static async Task<IResult> AnswerAsync(
        IQueryable<Case> cases, HttpContext http, DispatchContext db, DecisionPdf pdf, PdfFonts fonts, HearingSettings settings, CancellationToken stop)
    {
        if (fonts.Missing is { } missing)
            return new RefusedPage(missing);
        var documents = db.Decisions;
        var found = await cases.AsNoTracking().Select(c => new { c.Driver.Code, Document = documents.FirstOrDefault(d => d.CaseId == c.Id) })
            .SingleOrDefaultAsync(stop);
        if (found?.Document is not { } document)
            return Results.NotFound();
        await http.LookAsync(found.Code);
        return Results.File(pdf.Print(document, settings), "application/pdf", $"decision-{document.Number}.pdf");
    }
}
