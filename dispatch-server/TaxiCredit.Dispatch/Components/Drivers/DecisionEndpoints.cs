using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>The document of a decision as a file: for the driver by the code of the notice, for the bureau by the number of the case.</summary>
internal static class DecisionEndpoints
{
    public static void MapDecisions(this WebApplication app)
    {
        app.MapGet("/me/notices/{code}/decision.pdf", (
                    string code, Caller caller, DispatchContext db, DecisionPdf pdf, PdfFonts fonts, IOptions<HearingSettings> settings,
                    CancellationToken stop) =>
                AnswerAsync(
                    db.Notices.Where(n => n.Code == code && db.Set<Case>().Any(c => c.Id == n.CaseId && c.DriverId == caller.Current!.DriverId))
                        .Select(n => n.CaseId),
                    db, pdf, fonts, settings.Value, stop))
            .WithMetadata(new RequirePermissionAttribute(Permission.AnswerNotice)).ExcludeFromDescription();
        app.MapGet("/bureau/cases/{number}/decision.pdf", (
                    string number, DispatchContext db, DecisionPdf pdf, PdfFonts fonts, IOptions<HearingSettings> settings, CancellationToken stop) =>
                AnswerAsync(db.Cases.Where(c => c.Number == number).Select(c => c.Id), db, pdf, fonts, settings.Value, stop))
            .WithMetadata(new RequirePermissionAttribute(Permission.ReadCases) { OfEverybody = true }).ExcludeFromDescription();
    }

    private static async Task<IResult> AnswerAsync(
        IQueryable<long> cases, DispatchContext db, DecisionPdf pdf, PdfFonts fonts, HearingSettings settings, CancellationToken stop)
    {
        if (fonts.Missing is { } missing)
            return new RefusedPage(missing);
        var document = await db.Decisions.AsNoTracking().SingleOrDefaultAsync(d => cases.Contains(d.CaseId), stop);
        return document is null
            ? Results.NotFound()
            : Results.File(pdf.Print(document, settings), "application/pdf", $"decision-{document.Number}.pdf");
    }
}
