using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Exchange.Csv;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Exchange;

/// <summary>A line of <c>cases.csv</c>. See docs/import.md.</summary>
/// <param name="Conduct">What was upheld; null for a case that was not.</param>
/// <param name="ReversedOn">Day on which the upheld decision was taken back.</param>
internal sealed record ImportedCase(
    Case Case, ConductCode? Conduct, string? Corroboration, DateOnly? ReversedOn, string? ReversalReason, ImportedObjection? Objection = null);

/// <summary>
/// Reads <c>cases.csv</c> one case at a time; each stands by itself, with its objection and its repairs, and obeys the rules of recording and deciding.
/// </summary>
internal sealed class CasesFile(
    CsvFile file, RosterFile roster, ObjectionsFile objections, RepairsFile repairs, InstalledRulebooks rulebooks, DateOnly today, Faults faults)
{
    public static readonly string[] Columns =
    [
        "number", "kind", "driver", "code", "conduct_on", "conduct_hour", "place", "account", "reporter", "property_yuan", "submitted_on", "submitted_by",
        "status", "decided_on", "decided_by", "decided_code", "reason", "corroboration", "reversed_on", "reversal_reason",
    ];

    /// <summary>Columns that a file may lack.</summary>
    public static readonly string[] Optional = ["complex_on", "complex_by", "complex_reason", "authority", "merged_into"];

    /// <summary>In the place of a driver whom the roster does not have; the line has a fault and is not stored.</summary>
    private static readonly Driver Nobody = new() { Code = "", Name = "", HomeCabId = 0 };

    private readonly CaseNumbers _numbers = new(file);

    /// <summary>Lines with faults follow on no case; that would be told of the case as well.</summary>
    private readonly bool _knowsWhatFollowed = !faults.Any;

    /// <summary>The present line's case; null if the line has faults.</summary>
    public ImportedCase? Take()
    {
        var before = faults.Found.Count;
        var report = Reported();
        DeclareComplex(report);
        var decided = Decide(report, file.OneOf<CaseStatus>("status"));
        return faults.Found.Count == before ? decided : null;
    }

    private Case Reported()
    {
        var (id, number) = _numbers.Take();
        var kind = file.OneOf<CaseKind>("kind");
        var (conductOn, submittedOn) = (file.Day("conduct_on"), file.Day("submitted_on"));
        var fen = file.Fen("property_yuan");
        if (conductOn > submittedOn)
            file.Fault("conduct_on", $"a day up to that of submission, {submittedOn:yyyy-MM-dd}");
        if (submittedOn > today)
            file.Fault("submitted_on", $"a day up to today, {today:yyyy-MM-dd}");
        if (fen is not null && kind != CaseKind.Merit)
            file.Fault("property_yuan", "nothing; only a merit has a value of returned property");
        var driver = roster.Find(Spelling.Code(file.Text("driver")));
        if (driver is null)
            file.Fault("driver", "a driver of the roster");
        var content = new CaseContent(
            kind, driver ?? Nobody, Conduct("code", conductOn, kind)?.Id ?? "", conductOn, file.Hour("conduct_hour"),
            file.Required("place", 200), file.Required("account", 2000), Reporter(kind), fen, Authority(kind));
        return Case.Submit(id, number, content, submittedOn, file.Person("submitted_by"));
    }

    /// <summary>As at the desk: by a person, within the time of an ordinary case.</summary>
    private void DeclareComplex(Case report)
    {
        if (file.OptionalDay("complex_on") is not { } on)
        {
            file.RequireEmpty("complex_by", "nothing; complex_on names no day");
            file.RequireEmpty("complex_reason", "nothing; complex_on names no day");
            return;
        }

        var (by, reason) = (file.Person("complex_by"), file.Required("complex_reason", 2000));
        if (on < report.SubmittedOn || on > today)
            file.Fault("complex_on", $"a day from {report.SubmittedOn:yyyy-MM-dd}, when it was submitted, to today, {today:yyyy-MM-dd}");
        else if (rulebooks.InForceOn(on) is { Refusal: null } inForce && report.DeclareComplex(new(on, by, reason), inForce.Value.Deadlines) is { } late)
            file.Fault("complex_on", $"a day within the time of an ordinary case: {late.Detail}");
    }

    private string? Authority(CaseKind kind)
    {
        if (kind is not (CaseKind.Infringement or CaseKind.Merit))
            file.RequireEmpty("authority", "nothing; only an infringement names the decision of an authority, and a merit what certifies it");
        return file.Text("authority").Length == 0 ? null : file.Optional("authority", 200);
    }

    private string? Reporter(CaseKind kind)
    {
        var code = Spelling.Code(file.Text("reporter"));
        if (kind != CaseKind.PeerReport)
        {
            if (code.Length > 0)
                file.Fault("reporter", "nothing; only a peer report names who reported");
            return null;
        }

        if (roster.Find(code) is null || code == Spelling.Code(file.Text("driver")))
            file.Fault("reporter", "another driver of the roster");
        return code;
    }

    private ImportedCase Decide(Case report, CaseStatus status)
    {
        var merged = file.Text("merged_into");
        if (status == CaseStatus.Merged != merged.Length > 0)
            file.Fault("merged_into", "the number of another case if, and only if, the status is merged");
        if (!status.IsOpen() && !CaseLife.Undecided.Contains(status))
            return Decided(report, status);
        if (status == CaseStatus.Reassigned)
            file.Fault("status", "merged, with the case of the driver who drove in merged_into; see docs/import.md");

        foreach (var column in new[] { "decided_code", "corroboration", "reversed_on", "reversal_reason" })
            file.RequireEmpty(column, $"nothing; a case with status {file.Text("status")} is not decided");
        if (status.IsOpen())
        {
            // A hearing that ran is not in the file, so that it begins anew.
            foreach (var column in new[] { "decided_on", "decided_by", "reason" })
                file.RequireEmpty(column, $"nothing; a case with status {file.Text("status")} is not decided");
            return NotUpheld(report);
        }

        report.Move(status == CaseStatus.Merged ? CaseSignal.Merge : CaseSignal.Withdraw);
        if (merged.Length > 0)
            report.MergeInto(merged);
        if (file.OptionalDay("decided_on") is { } on)
            report.Record(new CaseDecided(InTime(on, report), file.Person("decided_by"), null, file.Required("reason", 2000)));
        return NotUpheld(report);
    }

    private DateOnly InTime(DateOnly on, Case report)
    {
        var (first, then) = report.ComplexOn is { } complexOn ? (complexOn, "declared complex") : (report.SubmittedOn, "submitted");
        if (on < first || on > today)
            file.Fault("decided_on", $"a day from {first:yyyy-MM-dd}, when it was {then}, to today, {today:yyyy-MM-dd}");
        return on;
    }

    private ImportedCase Decided(Case report, CaseStatus status)
    {
        var (on, by, reason) = (InTime(file.Day("decided_on"), report), file.Person("decided_by"), file.Required("reason", 2000));
        var upheld = status != CaseStatus.Dismissed;
        if (!upheld)
        {
            foreach (var column in new[] { "decided_code", "corroboration", "reversed_on", "reversal_reason" })
                file.RequireEmpty(column, "nothing; the case was dismissed");
        }

        var conduct = upheld ? Conduct(file.Text("decided_code").Length > 0 ? "decided_code" : "code", report.ConductOn, report.Kind) : null;
        // It was decided as it was decided then.
        report.Move(CaseSignal.PassHearing);
        report.Move(upheld ? CaseSignal.Uphold : CaseSignal.Dismiss);
        report.Record(new CaseDecided(on, by, conduct?.Id, reason));
        if (!upheld)
            return NotUpheld(report);
        var corroboration = file.Optional("corroboration", 2000);
        if (report.Kind == CaseKind.PeerReport && corroboration is null)
            file.Fault("corroboration", "what else bears the report out; a peer report alone never deducts");
        return Afterwards(report, status, new(report, conduct, corroboration, Reversed(on, status), file.Optional("reversal_reason", 2000)));
    }

    /// <summary>Objection, repairs and reversal, in this order; the status must be where they lead.</summary>
    private ImportedCase Afterwards(Case report, CaseStatus status, ImportedCase decided)
    {
        if (decided.Conduct is not { } conduct)
        {
            objections.Pass(report.Number);
            repairs.Pass(report.Number);
            return decided;
        }

        var objection = objections.Take(new(report, conduct, decided.ReversedOn));
        repairs.Take(new(report, objection?.Stands ?? conduct, decided.ReversedOn), objection?.Objection.RuledOn ?? report.DecidedOn!.Value);
        if (decided.ReversedOn is not null && report.Move(CaseSignal.Reverse) is not null)
            file.Fault("reversed_on", $"nothing; {report.Number} is {report.Status.InFile()}, and the ruling on its objection alone says what counts");
        // A ruling that was reversed and put in force again: the file tells the last of it.
        if (status == CaseStatus.Upheld && report.Status is CaseStatus.Confirmed or CaseStatus.Amended)
            _ = (report.Move(CaseSignal.Reverse), report.Move(CaseSignal.Reinstate));

        // Files of earlier versions say upheld of what was reversed.
        var told = decided.ReversedOn is null ? status : CaseStatus.Reversed;
        if (_knowsWhatFollowed && report.Status != told)
        {
            file.Fault(
                "status", $"{report.Status.InFile()}, which is where the lines of {report.Number} in the files of objections and repairs lead");
        }

        // Old to whom it is about.
        report.Told();
        return decided with { Objection = objection };
    }

    private ImportedCase NotUpheld(Case report)
    {
        objections.Refuse(report);
        repairs.Refuse(report);
        report.Told();
        return new(report, null, null, null, null);
    }

    private DateOnly? Reversed(DateOnly decidedOn, CaseStatus status)
    {
        if (status is not (CaseStatus.Upheld or CaseStatus.Reversed))
        {
            foreach (var column in new[] { "reversed_on", "reversal_reason" })
                file.RequireEmpty(column, $"nothing; a case with status {file.Text("status")} is not reversed");
            return null;
        }

        var on = file.OptionalDay("reversed_on");
        if (on is null && status == CaseStatus.Reversed)
            file.Fault("reversed_on", "the day of the reversal");
        if (on < decidedOn || on > today)
            file.Fault("reversed_on", $"a day from {decidedOn:yyyy-MM-dd}, when it was decided, to today, {today:yyyy-MM-dd}");
        if (on is null != (file.Text("reversal_reason").Length == 0))
            file.Fault("reversal_reason", "a reason if, and only if, the decision was reversed");
        return on;
    }

    /// <summary>The line of the rulebook; a code that stands for <c>decided_code</c> has been judged as <c>code</c> before.</summary>
    private ConductCode? Conduct(string column, DateOnly conductOn, CaseKind kind)
    {
        var found = ConductRules.Find(file.Text(column), conductOn, kind, rulebooks);
        if (found.Refusal is null)
            return found.Value;
        if (conductOn != default)
            file.Fault(column, $"a conduct code that fits: {found.Refusal.Detail}");
        return null;
    }
}
