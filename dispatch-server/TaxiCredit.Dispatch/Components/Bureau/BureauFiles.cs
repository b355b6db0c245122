using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Passengers.Stickers;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Files that the bureau's pages show or hand out, to people who are signed in and may have them.</summary>
internal static class BureauFiles
{
    public static void MapBureauFiles(this WebApplication app)
    {
        var files = app.MapGroup("/bureau").ExcludeFromDescription();
        files.MapGet("/reports/{number}/photo",
            async (string number, Caller caller, OperationContext context, ReportDesk tools, HttpResponse response, CancellationToken stop) =>
                Photo(await ReadPhoto.HandleAsync(number, new(caller.Current!.Name), context, tools, stop), response))
            .WithMetadata(new RequirePermissionAttribute(Permission.ReadReports) { OfEverybody = true });
        files.MapGet("/cases/{number}/photo",
            async (string number, Caller caller, OperationContext context, PhotoFolder photos, HttpResponse response, CancellationToken stop) =>
                Photo(await ReadCasePhoto.HandleAsync(number, new(caller.Current!.Name), context, photos, stop), response))
            .WithMetadata(new RequirePermissionAttribute(Permission.ReadCases) { OfEverybody = true });
        files.MapGet("/cases/{number}/answers/{round:int}",
            async (
                    string number, int round, Caller caller, OperationContext context, PhotoFolder photos, HttpResponse response, CancellationToken stop) =>
            {
                response.Headers.CacheControl = "private, no-store";
                // Never shown in the page: a PDF may hold whatever its sender has put into it.
                return File(
                    await ReadAnswerFile.HandleAsync(number, round, new(caller.Current!.Name), context, photos, stop),
                    file => Results.Stream(file.Content, file.Type, file.Name));
            })
            .WithMetadata(new RequirePermissionAttribute(Permission.ReadCases) { OfEverybody = true });
        files.MapGet("/cases/{number}/objection",
            async (string number, Caller caller, OperationContext context, PhotoFolder photos, HttpResponse response, CancellationToken stop) =>
            {
                response.Headers.CacheControl = "private, no-store";
                return File(
                    await ReadObjectionFile.HandleAsync(number, new(caller.Current!.Name), context, photos, stop),
                    file => Results.Stream(file.Content, file.Type, file.Name));
            })
            .WithMetadata(new RequirePermissionAttribute(Permission.ReadCases) { OfEverybody = true });
        files.MapGet("/next", async (string? after, Caller caller, OperationContext context, CancellationToken stop) =>
            {
                var work = await DeskWork.OfAsync(caller.Current!.Name, context, stop);
                return Results.Redirect(work.Next(after) is { } next ? $"/bureau/cases/{next.Number}" : "/bureau");
            })
            .WithMetadata(new RequirePermissionAttribute(Permission.DecideCase) { OfEverybody = true });
        files.MapGet("/stickers",
            async (
                string? team, Caller caller, IOptions<PassengerSettings> settings, HttpRequest request, OperationContext context, PdfFonts fonts,
                Reachability reach, CancellationToken stop) =>
                File(
                    await PrintStickers.HandleAsync(
                        new(caller.Current!.Name, string.IsNullOrEmpty(team) ? null : team), settings.Value.AddressFor(request), context, fonts, reach,
                        stop),
                    pdf => Results.File(pdf, "application/pdf", "stickers.pdf")))
            .WithMetadata(new RequirePermissionAttribute(Permission.EditRoster) { OfEverybody = true });
    }

    /// <summary>Kept by no cache: who looks again is asked again, and noted again.</summary>
    private static IResult Photo(Outcome<Stream> photo, HttpResponse response)
    {
        response.Headers.CacheControl = "private, no-store";
        return File(photo, jpeg => Results.Stream(jpeg, "image/jpeg"));
    }

    private static IResult File<T>(Outcome<T> file, Func<T, IResult> whenThere) => file.Refusal switch
    {
        null => whenThere(file.Value),
        var refusal => new RefusedPage(refusal),
    };
}
