using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.LostProperty;

/// <summary>
/// A passenger asks for a thing that stayed in a cab: everybody who has driven it since is asked. Many of one cab within a day wait for a person's look, and
/// the receipt works all the same.
/// </summary>
/// <param name="Cab">Plate in any spelling, the cab's number, or the code on its sticker.</param>
/// <param name="Submission">Of the form: sent twice, it is one loss; sent again with other content, it is refused.</param>
internal sealed record AskForLost(string? Cab, Guid Submission, LossForm Form)
{
    /// <summary>Who acts in the audit log.</summary>
    public const string Actor = "passenger";

    private static readonly AnonymousRule Rule = new("ask-for-lost", Actor);
    private static readonly TimeSpan ManyWithin = TimeSpan.FromDays(1);

    public static async Task<Outcome<Loss>> HandleAsync(AskForLost command, OperationContext context, LostDesk tools, CancellationToken stop)
    {
        if (command.Form.FindFault(context, tools.Settings) is { } fault)
            return fault;
        var cab = await FindCab.ByAsync(command.Cab, context, stop);
        return cab.Refusal ?? await context.RunAnonymousAsync<Loss>(Rule, () => command.SubmitAsync(cab.Value, context, tools, stop), stop);
    }

    private async Task<Outcome<Done<Loss>>> SubmitAsync(Cab cab, OperationContext context, LostDesk tools, CancellationToken stop)
    {
        if (await context.Db.Losses.SingleOrDefaultAsync(l => l.Submission == Submission, stop) is { } sent)
        {
            return await SaysAsync(sent, cab, context, tools, stop)
                ? Done.Repeated(sent)
                : Refusal.Conflict("loss-sent-otherwise", "This form was sent with other content; send what differs under a submission of its own.");
        }

        var loss = new Loss
        {
            Receipt = ShortCode.New(),
            Submission = Submission,
            CabId = cab.Id,
            Kind = Form.Kind!.Value,
            Description = Form.Description.Trim(),
            LostOn = Form.Day,
            LostHour = Form.Hour,
            ReceivedAt = context.Now,
            SubmittedOn = context.Today,
        };
        var since = context.Now - ManyWithin;
        if (await context.Db.Losses.CountAsync(l => l.CabId == cab.Id && l.ReceivedAt > since, stop) >= tools.Settings.LossesOfCab)
            loss.HoldBack();
        context.Db.Losses.Add(loss);
        await context.Db.SaveChangesAsync(stop);
        if (Form.Contact is { } contact)
            context.Db.LossContacts.Add(new LossContact { LossId = loss.Id, Sealed = tools.Seal(contact.Trim()) });
        if (loss.Status == LossStatus.Open)
            await AskDrivers.OfAsync(loss, context, stop);
        return Done.With(loss, loss.Number, cab.Code);
    }

    private async Task<bool> SaysAsync(Loss sent, Cab cab, OperationContext context, LostDesk tools, CancellationToken stop)
    {
        if ((sent.CabId, sent.Kind, sent.Description, sent.LostOn, sent.LostHour)
            != (cab.Id, Form.Kind!.Value, Form.Description.Trim(), Form.Day, Form.Hour))
            return false;
        var contact = await context.Db.LossContacts.AsNoTracking().SingleOrDefaultAsync(c => c.LossId == sent.Id, stop);
        return Form.Contact?.Trim() == (contact is null ? null : tools.Open(contact));
    }
}

/// <summary>Whoever has the receipt looks for the thing no more. What was found that may be it is kept.</summary>
/// <param name="Receipt">As typed.</param>
internal sealed record WithdrawLoss(string? Receipt)
{
    private static readonly AnonymousRule Rule = new("withdraw-loss", AskForLost.Actor);

    public static Task<Outcome<Loss>> HandleAsync(WithdrawLoss command, OperationContext context, CancellationToken stop) =>
        context.RunAnonymousAsync<Loss>(Rule, async () =>
        {
            if (!ShortCode.TryRead(command.Receipt, out var code) || await context.Db.Losses.SingleOrDefaultAsync(l => l.Receipt == code, stop) is not { } loss)
                return Refusal.Missing("receipt-unknown", "There is no receipt with this number.");
            if (loss.Status == LossStatus.Withdrawn)
                return Done.Repeated(loss);
            var found = await context.Db.FoundItems.SingleOrDefaultAsync(f => f.LossId == loss.Id && f.Status == FoundStatus.Claimed, stop);
            return (loss.Move(LossSignal.Withdraw, context.Today) ?? found?.Unclaim(context.Today)) is { } refused
                ? refused
                : Done.With(loss, loss.Number);
        }, stop);
}
