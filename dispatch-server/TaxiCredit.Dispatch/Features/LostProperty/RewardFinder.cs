using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>
/// An officer has verified who the owner is and that the owner is not close to the driver: the return becomes a merit on the desk, which somebody else decides
/// like any other, within the cap of the rulebook. The same contact earns the same driver a merit once, as long as contacts are kept.
/// </summary>
/// <param name="Code">Merit of the rulebook that is in force on the day of the return.</param>
/// <param name="Verified">How the owner was verified, 1 to 200 characters; the driver reads it, so it names nobody.</param>
/// <param name="PropertyFen">What it is worth, in fen; null where it is not known.</param>
/// <param name="Version">Version of the found thing that was read; refused if it has changed since.</param>
internal sealed record RewardFinder(Acting Actor, string Code, string Verified, long? PropertyFen = null, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("reward-finder", Permission.ReviewReports);

    public static Task<Outcome<FoundItem>> HandleAsync(string number, RewardFinder command, OperationContext context, LostDesk tools, CancellationToken stop) =>
        FoundRules.ChangeAsync(number, command.Actor, command.Version, Rule, context, async found =>
        {
            if (found is not { Status: FoundStatus.Returned, Loss: { } loss, SettledOn: { } on })
                return Refusal.Conflict("found-not-returned", $"{number} is {found.Status}; a merit follows when the owner has it.");
            if (found.Case is { } before)
                return Refusal.Conflict("found-rewarded", $"{number} became the merit {before.Number}.");
            if (LostRules.Text(command.Verified, FoundItem.MaxPlace, "verified") is { } unfit)
                return unfit;

            var merit = new RecordCase(
                command.Actor, CaseKind.Merit, found.Driver.Code, command.Code, on, found.Cab.Plate, AccountOf(found, loss), null, null, command.PropertyFen,
                command.Verified);
            if ((merit.FindFault(context.Today, context.Rulebooks) ?? await OwnerAgainAsync(found, loss, context, tools, stop)) is { } fault)
                return fault;
            var content = new CaseContent(
                merit.Kind, found.Driver, merit.Code, on, null, merit.Place, merit.Account, null, command.PropertyFen, command.Verified.Trim());
            var made = await content.SubmitAsync(command.Actor.Name, context, stop);
            found.Earned(made);
            context.Record(command.Actor.Name, "record-case", made.Number, $"{made.Kind} {made.Code} {found.Driver.Code} of {found.Number}");
            return null;
        }, stop);

    private static string AccountOf(FoundItem found, Loss loss) =>
        $"{found.Description}\n失主凭交接码确认收到（{loss.Number}）。The owner confirmed the return by code ({loss.Number}).";

    private static async Task<Refusal?> OwnerAgainAsync(FoundItem found, Loss loss, OperationContext context, LostDesk tools, CancellationToken stop)
    {
        if (await context.Db.LossContacts.AsNoTracking().SingleOrDefaultAsync(c => c.LossId == loss.Id, stop) is not { } own)
            return null;
        var earlier = context.Db.FoundItems.Where(f => f.DriverId == found.DriverId && f.CaseId != null && f.LossId != loss.Id).Select(f => f.LossId);
        var contacts = await context.Db.LossContacts.AsNoTracking().Where(c => earlier.Contains(c.LossId)).ToListAsync(stop);
        return contacts.Exists(contact => KeyOf(tools.Open(contact)) == KeyOf(tools.Open(own)))
            ? Refusal.AgainstRule("owner-again", $"The owner of {found.Number} got another thing back from {found.Driver.Code} of late; that was rewarded.")
            : null;
    }

    /// <summary>What a contact is compared by, however its parts are kept apart.</summary>
    private static string KeyOf(string contact) => string.Concat(Spelling.NameKey(contact).Where(char.IsLetterOrDigit));
}
