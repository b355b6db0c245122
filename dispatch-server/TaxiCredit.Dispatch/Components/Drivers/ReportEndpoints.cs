using System.Text.Json;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Privacy;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Components.Drivers;

/// <summary>The credit report as a file: <c>/drivers/{code}/report.pdf</c> and <c>.json</c>, for those who may read the file.</summary>
internal static class ReportEndpoints
{
    private static readonly JsonSerializerOptions Json = new(LedgerAppend.DetailsJson) { WriteIndented = true };

    public static void AddReports(this IServiceCollection services)
    {
        services.AddSingleton<LineReasons>();
        services.AddSingleton<LastConfirmed>();
        services.AddSingleton<ReportWords>();
        services.AddSingleton<ReportFiles>();
        services.AddSingleton<ReportPdf>();
        services.AddSingleton<DecisionPdf>();
        services.AddSingleton<RulingPdf>();
        services.TryAddSingleton<PdfFonts>();
    }

    public static void MapReports(this WebApplication app)
    {
        var reports = app.MapGroup("/drivers/{code}").WithMetadata(new RequirePermissionAttribute(Permission.ReadFile)).ExcludeFromDescription();
        reports.MapGet("/report.json", async (string code, Maker maker, ReportSigning signing, CancellationToken stop) =>
        {
            var sign = await signing.PrepareAsync(stop);
            return await maker.AnswerAsync(code, "json", "application/json", file => sign(JsonSerializer.SerializeToUtf8Bytes(file, Json)), stop);
        });
        reports.MapGet("/report.pdf", (string code, Maker maker, ReportPdf pdf, PdfFonts fonts, CancellationToken stop) =>
            fonts.Missing is { } missing
                ? Task.FromResult<IResult>(new RefusedPage(missing))
                : maker.AnswerAsync(code, "pdf", "application/pdf", pdf.Print, stop));
    }

    /// <summary>What both forms of a report need of a request.</summary>
    internal readonly record struct Maker(
        Caller Caller, OperationContext Operations, ReportFiles Files, RatingChances Chances, ChainVerification Chain, CityTree Trees)
    {
        public static ValueTask<Maker> BindAsync(HttpContext http)
        {
            var services = http.RequestServices;
            return new(new Maker(
                services.GetRequiredService<Caller>(), services.GetRequiredService<OperationContext>(), services.GetRequiredService<ReportFiles>(),
                services.GetRequiredService<RatingChances>(), services.GetRequiredService<ChainVerification>(),
                services.GetRequiredService<CityTree>()));
        }

        public async Task<IResult> AnswerAsync(string code, string ending, string type, Func<ReportFile, byte[]> write, CancellationToken stop)
        {
            var name = Caller.Current!.Name;
            var files = Files;
            var taken = await TakeCreditReport.HandleAsync(
                new(name, code, ending), report => write(files.Of(report)), Operations, Chances, Chain, Trees, stop);
            return taken.Refusal is null
                ? Results.File(taken.Value, type, $"credit-report-{code}-{Operations.Today:yyyy-MM-dd}.{ending}")
                : new RefusedPage(taken.Refusal);
        }
    }
}
