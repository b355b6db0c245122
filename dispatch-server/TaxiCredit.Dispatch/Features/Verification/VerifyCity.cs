using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>
/// Proves from the database alone what published stars rest on: recomputes every chain and every published rating, and compares each row that is a
/// fact with the chronicle. Writes nothing, and reads what was committed at one moment. <c>docs/verify.md</c> says of each column what protects it.
/// </summary>
internal static class VerifyCity
{
    /// <param name="say">Takes each line: what holds, and each difference as <c>DIFFERS table key: what, expected, found</c>.</param>
    /// <returns>Up to where everything holds; null if there is a difference.</returns>
    public static async Task<Proven?> RunAsync(DispatchContext db, Action<string> say, CancellationToken stop)
    {
        await using var reading = db.Database.CurrentTransaction is null ? await db.BeginReadAsync(stop) : null;
        var findings = new Findings(db, say);
        await findings.RunAsync("schema", "-", () => SchemaCheck.RunAsync(db, findings, stop), stop);
        var chronicle = new ChronicleCheck(db, findings);
        await findings.RunAsync("Chronicle", "-", () => chronicle.RunAsync(stop), stop);
        var audit = new AuditCheck(db, chronicle.AdoptedAudit, findings);
        await findings.RunAsync("Audit", "-", () => audit.RunAsync(stop), stop);
        var ledger = new LedgerCheck(db, chronicle.ErasedDetails, findings);
        await findings.RunAsync("Ledger", "-", () => ledger.RunAsync(stop), stop);
        await new RowsCheck(db, chronicle.InForce, findings).RunAsync(new CasesSeen(ledger).Take, stop);
        ledger.CheckUnclaimed();
        await findings.RunAsync("ChainHeads", "-", () => CheckEnd.CheckNamesAsync(db, findings, stop), stop);
        var months = new MonthsCheck(db, chronicle.Roles, ledger.Last, findings);
        await findings.RunAsync("Closes", "-", () => months.RunAsync(stop), stop);
        await findings.RunAsync("DesiredRatings", "-", () => new DisplaysCheck(db, findings).RunAsync(stop), stop);
        var logs = new LogsCheck(db, findings);
        await logs.RunAsync(stop);
        findings.End();
        return findings.Differences == 0 ? new(ledger.Last, chronicle.Last, logs.Size) : null;
    }
}

/// <summary>Numbers of the last entries of ledger and chronicle, and of the leaves of the city's log, that were there.</summary>
internal sealed record Proven(long Entry, long Fact, long Leaves)
{
    public override string ToString() =>
        $"verified up to ledger entry {Entry}, chronicle entry {Fact}, log size {Leaves}: everything published follows from the ledger";
}
