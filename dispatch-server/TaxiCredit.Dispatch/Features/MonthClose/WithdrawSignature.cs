using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>A person takes their own signature back, until the month is published. The preview stays as it is, and the same person may sign it again.</summary>
internal sealed record WithdrawSignature(Acting Actor)
{
    // No proof: it takes none to stop something.
    private static readonly OperationRule Rule = new("withdraw-signature", Permission.SignMonth);

    public static Task<Outcome<Close>> HandleAsync(string period, WithdrawSignature command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Close>(Rule, command.Actor, null, person => WithdrawAsync(period, person, context, stop), stop);

    private static async Task<Outcome<Done<Close>>> WithdrawAsync(string period, Person person, OperationContext context, CancellationToken stop)
    {
        var found = await OpenCloses.NewestAsync(period, context.Db, stop);
        if (found.Refusal is not null)
            return found.Refusal;

        var close = found.Value;
        var signature = close.Signatures.Find(s => s.Actor == person.Name);
        if (signature is null && CloseStates.TryNext(close.Status, CloseSignal.Withdraw, out _))
            return Refusal.Conflict("not-signed", $"'{person.Name}' has not signed {period}; each takes back their own signature.");
        if (close.Move(CloseSignal.Withdraw) is { } moved)
            return moved;

        close.Signatures.Remove(signature!);
        return Done.With(close, period, $"revision {close.Revision} digest {close.Digest}");
    }
}
