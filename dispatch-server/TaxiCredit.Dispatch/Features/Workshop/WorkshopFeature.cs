using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Features.Workshop;

/// <summary>A workshop that fits out a fleet.</summary>
internal static class WorkshopFeature
{
    public static RouteGroupBuilder MapWorkshop(this RouteGroupBuilder api)
    {
        var workshop = api.MapGroup("/workshop").WithTags("Displays");
        workshop.MapPost("/units", RegisterAsync).WithName("RegisterUnits").WithSummary("Put many units into their cabs, from a CSV")
            .WithDescription($"Body: CSV of the columns unit and cab, optionally ssid and psk, up to {UnitsFile.MaxUnits} lines. All or none. "
                + "Returns a ZIP with a config.json for each unit, labels, the lines for nanoff and what is still missing. "
                + "The root keys are in it and nowhere else.")
            .Accepts<string>("text/csv").Produces(200, contentType: "application/zip").ProducesProblem(400).ProducesProblem(409).ProducesProblem(422)
            .ProducesProblem(503).WithMetadata(new RequestSizeLimitAttribute(UnitsFile.LargestRequest)).Takes(Permission.ProvisionDisplay);
        workshop.MapGet("/missing", (DispatchContext db, CancellationToken stop) => StillMissing.ReadAsync(db, stop)).WithName("ListMissingUnits")
            .WithSummary("Cabs without a unit, and units that were never heard from their cab").Reads(Permission.ReadDisplays);
        return api;
    }

    private static async Task<IResult> RegisterAsync(
        HttpRequest request, Acting actor, OperationContext context, DisplayServices displays, PdfFonts fonts, IOptions<PassengerSettings> settings,
        CancellationToken stop)
    {
        var content = await ReadAsync(request.Body, stop);
        var made = await RegisterUnits.HandleAsync(new(actor, content), settings.Value.AddressFor(request), context, displays, fonts, stop);
        return made.ToHttp(files => Results.File(files.Zip, "application/zip", "units.zip"));
    }

    /// <summary>One byte more than may be, at most.</summary>
    internal static async Task<byte[]> ReadAsync(Stream body, CancellationToken stop)
    {
        var content = new byte[UnitsFile.MaxBytes + 1];
        var read = await body.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, stop);
        return content[..read];
    }
}
