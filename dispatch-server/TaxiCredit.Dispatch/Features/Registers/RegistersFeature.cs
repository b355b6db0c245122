using Microsoft.AspNetCore.Mvc;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Sheets;

namespace TaxiCredit.Dispatch.Features.Registers;

/// <param name="Changes">In the order in which they are carried out.</param>
/// <param name="Differs">What is told and left as it is.</param>
/// <param name="Skipped">Lines that are no driver's.</param>
/// <param name="LeftOut">Drivers on the city's register who are not in the file.</param>
/// <param name="Held">So many leave that a person must say their number.</param>
internal sealed record RegisterView(
    string Id, string Name, string Form, string Sheet, bool Whole, int Drivers, int Unchanged, IReadOnlyList<RegisterChange> Changes,
    IReadOnlyList<RegisterDiffers> Differs, IReadOnlyList<RegisterFault> Faults, IReadOnlyList<int> Skipped, IReadOnlyList<string> LeftOut, int Leavers,
    bool Held, string Digest)
{
    public static RegisterView Of(RegisterPreview preview, bool isWhole) => new(
        preview.Sent.Id, preview.Sent.Name, preview.Form, preview.Table.Sheet.Name, isWhole, preview.Table.Lines.Count, preview.Plan.Unchanged,
        preview.Plan.Changes, preview.Plan.Differs, preview.Plan.Faults, preview.Table.Skipped, preview.Plan.LeftOut, preview.Plan.Leavers,
        preview.Plan.IsHeld, preview.Plan.Digest);
}

internal sealed record RegisterApplied(int Changes, int Leavers);

/// <param name="Digest">Of the changes, as the register showed them.</param>
/// <param name="Reason">1 to 200 characters.</param>
/// <param name="Leavers">How many leave, where the register is held for it.</param>
internal sealed record RegisterApplication(string Digest, string Reason, int? Leavers = null);

/// <summary>Registers of other offices: sent, compared with the city, carried out.</summary>
internal static class RegistersFeature
{
    /// <summary>What goes with a file in a form.</summary>
    public const long LargestRequest = Workbook.MaxBytes + 64 * 1024;

    public static void AddRegisters(this IServiceCollection services) => services.AddSingleton<RegisterFolder>();

    public static void MapRegisters(this RouteGroupBuilder api)
    {
        var registers = api.MapGroup("/registers").WithTags("Roster");
        registers.MapPost("", SendAsync).WithName("SendRegister").WithSummary("Send a register of drivers, and see what it would change")
            .WithDescription($"Body: a spreadsheet (.xlsx, .xls) or a text with separators, up to {Workbook.MaxBytes / 1024 / 1024} MB. Nothing is changed; "
                + "the file is kept for a day. See docs/registers.md.")
            .Accepts<byte[]>("application/octet-stream").Produces<RegisterView>(201).ProducesProblem(400).ProducesProblem(409)
            .WithMetadata(new RequestSizeLimitAttribute(LargestRequest)).Takes(Permission.EditRoster);
        registers.MapGet("/{id}", async (
                    string id, bool? whole, string? sheet, Acting actor, OperationContext context, RegisterFolder folder, CancellationToken stop) =>
                (await ReadRegister.HandleAsync(new(actor, id, Chosen(whole, sheet)), context, folder, stop))
                    .ToHttp(preview => Results.Ok(RegisterView.Of(preview, whole == true))))
            .WithName("ReadRegister").WithSummary("What a register would change now").Produces<RegisterView>().ProducesProblem(400).ProducesProblem(404)
            .ProducesProblem(409).Reads(Permission.EditRoster);
        registers.MapPost("/{id}/application", async (
                    string id, bool? whole, string? sheet, RegisterApplication body, Acting actor, OperationContext context, IClosedMonths months,
                    RegisterFolder folder, CancellationToken stop) =>
                (await ApplyRegister.HandleAsync(
                    new(actor, id, Chosen(whole, sheet), body.Digest, body.Reason, body.Leavers), context, months, folder, stop))
                    .ToHttp(plan => Results.Ok(new RegisterApplied(plan.Changes.Count, plan.Leavers))))
            .WithName("ApplyRegister").WithSummary("Carry out a register as it was shown, all of it or nothing").Produces<RegisterApplied>()
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).Takes(Permission.EditRoster);
    }

    /// <summary>One byte more than may be, at most.</summary>
    public static async Task<byte[]> ReadAsync(Stream body, CancellationToken stop)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; content.Length <= Workbook.MaxBytes && (read = await body.ReadAsync(buffer, stop)) > 0;)
            content.Write(buffer, 0, read);
        return content.ToArray();
    }

    private static RegisterChoice Chosen(bool? whole, string? sheet) => RegisterChoice.Usual(whole == true) with { Sheet = sheet };

    private static async Task<IResult> SendAsync(
        string? name, bool? whole, HttpRequest request, Acting actor, OperationContext context, RegisterFolder folder, CancellationToken stop)
    {
        var content = await ReadAsync(request.Body, stop);
        var sent = await SendRegister.HandleAsync(new(actor, content, name ?? "register", whole == true), context, folder, stop);
        if (sent.Refusal is { } refusal)
            return refusal.ToProblem();
        var preview = await ReadRegister.HandleAsync(new(actor, sent.Value.Id, Chosen(whole, null)), context, folder, stop);
        return preview.ToHttp(shown => Results.Created($"/api/v1/registers/{sent.Value.Id}", RegisterView.Of(shown, whole == true)));
    }
}
