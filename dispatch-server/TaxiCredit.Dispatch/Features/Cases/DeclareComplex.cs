using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Cases;

/// <summary>
/// A person declares a case complex, so that its decision may take the longer time of the rulebook (Ministry of Transport Order 2014-16, article
/// 45): once, while it is undecided, and not when the ordinary time is over already.
/// </summary>
/// <param name="Actor">Officer or supervisor.</param>
/// <param name="Reason">What makes it complex, 1 to 2,000 characters; for the bureau alone.</param>
/// <param name="Version">Version of the case that was read; refused if it has changed since.</param>
internal sealed record DeclareComplex(Acting Actor, string Reason, Guid? Version = null)
{
    private static readonly OperationRule Rule = new("declare-complex", Permission.DecideCase);

    public static Task<Outcome<Case>> HandleAsync(string number, DeclareComplex command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Case>(Rule, command.Actor, null, command.Check, async _ =>
        {
            if (await context.Db.FindCaseAsync(number, stop) is not { } report)
                return CaseQueue.Unknown(number);
            var days = CaseQueue.DeadlinesOf(context);
            if ((report.Unless(command.Version) ?? report.UnlessConfirmed()
                ?? report.DeclareComplex(new(context.Today, command.Actor.Name, command.Reason.Trim()), days)) is { } refused)
                return refused;

            return Done.With(report, report.Number, $"until {report.Deadline(days):yyyy-MM-dd}");
        }, stop);

    private Refusal? Check() => string.IsNullOrWhiteSpace(Reason) || Reason.Length > 2000
        ? Refusal.Malformed("complexity-length", "Say in 1 to 2,000 characters what makes the case complex.")
        : null;
}
