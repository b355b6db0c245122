using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Sheets;

namespace TaxiCredit.Dispatch.Features.Registers;

/// <summary>A register as it was understood, and what it would change.</summary>
/// <param name="Form">How the file was read, see <see cref="Workbook"/>.</param>
internal sealed record RegisterPreview(SentRegister Sent, string Form, RegisterTable Table, RegisterPlan Plan);

/// <summary>Sends a register: it is read and kept for a day. Nothing of the city is changed.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="IsWhole">As of <see cref="RegisterChoice"/>.</param>
internal sealed record SendRegister(Acting Actor, byte[] Content, string Name, bool IsWhole)
{
    internal static readonly OperationRule Rule = new("send-register", Permission.EditRoster);

    public static Task<Outcome<SentRegister>> HandleAsync(SendRegister command, OperationContext context, RegisterFolder folder, CancellationToken stop) =>
        context.ReadAsync<SentRegister>(Rule, command.Actor, null, async person =>
        {
            if (WorkbookReader.Read(command.Content).Refusal is { } refusal)
                return refusal;
            var sent = await folder.KeepAsync(command.Content, command.Name, command.IsWhole, person.Name, context.Now, stop);
            return Done.With(sent, sent.Id, sent.Name);
        }, stop);
}

/// <summary>Reads a register that was sent, beside the city as it is now. It shows no more than whoever may edit the roster sees anyway.</summary>
internal sealed record ReadRegister(Acting Actor, string Id, RegisterChoice Choice)
{
    public static Task<Outcome<RegisterPreview>> HandleAsync(ReadRegister query, OperationContext context, RegisterFolder folder, CancellationToken stop) =>
        context.ReadAsync<RegisterPreview>(SendRegister.Rule, query.Actor, null, async _ =>
        {
            var read = await ReadAsync(query.Id, query.Choice, context, folder, stop);
            return read.Refusal is null ? Done.Repeated(read.Value) : read.Refusal;
        }, stop);

    internal static async Task<Outcome<RegisterPreview>> ReadAsync(
        string id, RegisterChoice choice, OperationContext context, RegisterFolder folder, CancellationToken stop)
    {
        var opened = await folder.OpenAsync(id, stop);
        if (opened.Refusal is not null)
            return opened.Refusal;
        var (sent, book) = opened.Value;
        var table = RegisterTable.Read(book, choice);
        if (table.Refusal is not null)
            return table.Refusal;
        var city = await RegisterCity.ReadAsync(context.Db, context.Today, stop);
        return new RegisterPreview(sent, book.Form, table.Value, RegisterComparison.Of(table.Value, choice.IsWhole, city));
    }
}
