using System.Globalization;
using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Access;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Registers;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Sheets;

namespace TaxiCredit.Dispatch.Components.Registers;

/// <summary>How a register is to be read, as the page's address says it: <c>?whole=true&amp;sheet=名册&amp;c-Driver=3</c>.</summary>
internal static class RegisterQuery
{
    public static RegisterChoice Of(IQueryCollection query) => new(
        query["whole"] == "true", query["sheet"].FirstOrDefault(), Enum.GetValues<RegisterColumn>()
            .Select(column => (column, Chosen: query[$"c-{column}"].FirstOrDefault()))
            .Select(asked => (asked.column, Place: int.TryParse(asked.Chosen, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var place)
                && place is >= -1 and < Workbook.MaxColumns ? place : (int?)null))
            .Where(asked => asked.Place is not null).ToDictionary(asked => asked.column, asked => asked.Place!.Value));
}

/// <summary>Faults of a register in the reader's language.</summary>
internal static class FaultWords
{
    /// <summary>What is wrong and how to mend it; the same for all faults of the kind.</summary>
    public static string Of(IStringLocalizer<RegisterTexts> texts, RegisterFault fault) =>
        fault.Column is { } column ? texts[$"Fault.{fault.Kind}", texts[$"Column.{column}"].Value] : texts[$"Fault.{fault.Kind}"];

    /// <summary>Where it stands and what stands there.</summary>
    public static string Place(IStringLocalizer<RegisterTexts> texts, RegisterFault fault) => string.Join(
        ' ', new[] { fault.Line > 0 ? texts["Line", fault.Line].Value : "", fault.Value, Beside(texts, fault) }.Where(told => told.Length > 0));

    /// <summary>Both, for the line on which it stands.</summary>
    public static string Remark(IStringLocalizer<RegisterTexts> texts, RegisterFault fault) =>
        $"{Of(texts, fault)} {Place(texts, fault with { Line = 0 })}".Trim();

    private static string Beside(IStringLocalizer<RegisterTexts> texts, RegisterFault fault) =>
        fault.Other.Length > 0 ? texts[$"Beside.{fault.Kind}", fault.Other] : "";
}

/// <summary>Files of these pages.</summary>
internal static class RegisterDownloads
{
    private const string Csv = "text/csv; charset=utf-8";

    public static void MapRegisterFiles(this WebApplication app)
    {
        var files = app.MapGroup("/bureau/registers").ExcludeFromDescription()
            .WithMetadata(new RequirePermissionAttribute(Permission.EditRoster) { OfEverybody = true });
        files.MapGet("/template.csv", (IStringLocalizer<RegisterTexts> texts) => Results.File(RegisterFiles.Template(Columns(texts)), Csv, "drivers.csv"));
        files.MapGet("/drivers.csv", async (HttpContext http, IStringLocalizer<RegisterTexts> texts, OperationContext context, CancellationToken stop) =>
        {
            http.Response.Headers.CacheControl = "private, no-store";
            var city = await RegisterCity.ReadAsync(context.Db, context.Today, stop);
            return Results.File(RegisterFiles.Current(city, Columns(texts)), Csv, "drivers.csv");
        });
        files.MapGet("/{id}/remarks.csv", async (
            string id, Caller caller, HttpContext http, IStringLocalizer<RegisterTexts> texts, OperationContext context, RegisterFolder folder,
            CancellationToken stop) =>
        {
            http.Response.Headers.CacheControl = "private, no-store";
            var read = await ReadRegister.HandleAsync(new(new(caller.Current!.Name), id, RegisterQuery.Of(http.Request.Query)), context, folder, stop);
            return read.Refusal is { } refusal
                ? new RefusedPage(refusal)
                : Results.File(
                    RegisterFiles.WithRemarks(read.Value.Table, read.Value.Plan.Faults, texts["Remark"], fault => FaultWords.Remark(texts, fault)), Csv,
                    "remarks.csv");
        });
    }

    private static IEnumerable<string> Columns(IStringLocalizer<RegisterTexts> texts) =>
        Enum.GetValues<RegisterColumn>().Select(column => texts[$"Column.{column}"].Value);
}
