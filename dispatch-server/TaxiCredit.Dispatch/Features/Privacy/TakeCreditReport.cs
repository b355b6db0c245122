using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Privacy;

/// <summary>Somebody downloads a driver's credit report. The audit log says who did.</summary>
/// <param name="Format"><c>json</c> or <c>pdf</c>.</param>
internal sealed record TakeCreditReport(string Actor, string Driver, string Format)
{
    public string Driver { get; init; } = Spelling.Code(Driver);

    private static readonly OperationRule Rule = new("take-credit-report", Permission.ReadFile);

    /// <param name="write">Writes the file; a report that cannot be written was not taken.</param>
    public static Task<Outcome<byte[]>> HandleAsync(
        TakeCreditReport command, Func<CreditReport, byte[]> write, OperationContext context, RatingChances chances, ChainVerification chain,
        CityTree trees, CancellationToken stop) =>
        context.ReadAsync<byte[]>(Rule, command.Actor, command.Driver, async _ =>
        {
            var report = await CreditReport.ReadAsync(command.Driver, context, chances, chain, patience: null, stop);
            if (report.Refusal is not null)
                return report.Refusal;
            var entries = report.Value.SoFar.Lines.Select(line => line.Sequence).OfType<long>().ToList();
            var proven = report.Value with { Proofs = await EntryProofs.OfAsync(entries, context.Db, trees, stop) };
            return Done.With(write(proven), command.Driver, command.Format);
        }, stop);
}
