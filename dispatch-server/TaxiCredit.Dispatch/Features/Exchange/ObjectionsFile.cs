using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Objections;
using TaxiCredit.Dispatch.Features.Exchange.Csv;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Exchange;

/// <summary>What <c>objections.csv</c> says: a line per objection. Read before the cases, as <see cref="RepairsFile"/> is. See docs/import.md.</summary>
internal sealed class ObjectionsFile(InstalledRulebooks rulebooks, DateOnly today, DateTimeOffset now)
{
    public static readonly string[] Columns =
    [
        "case", "objected_on", "on_paper_by", "statement", "rule_by", "stayed_on", "outcome", "ruled_on", "ruled_by", "ruled_code", "reason",
    ];

    private readonly Dictionary<string, ObjectionLine> _lines = [];

    /// <summary>Cases of the lines that have not gone by.</summary>
    private HashSet<string> _awaited = [];

    public string? Sha256 { get; private set; }

    /// <param name="path">Null for no file.</param>
    public void Read(string? path, Faults faults)
    {
        if (path is null)
            return;
        using var file = CsvFile.Open(path, Columns, [], faults);
        if (file is null)
            return;
        Sha256 = file.Sha256;
        foreach (var line in file.Sound(Line))
        {
            if (!_lines.TryAdd(line.Case, line))
                file.Fault("case", "each case once; there is one objection for each decision");
        }

        _awaited = [.. _lines.Keys];
    }

    /// <summary>A case goes by with faults of its own; what followed on it is not judged.</summary>
    public void Pass(string number) => _awaited.Remove(number);

    /// <summary>A case goes by whose decision is none that costs points: nobody objects to it.</summary>
    public void Refuse(Case report)
    {
        _awaited.Remove(report.Number);
        if (_lines.TryGetValue(report.Number, out var line))
            line.Line.Fault("case", $"a case that was upheld; {report.Number} is {report.Status.InFile()}");
    }

    /// <summary>A case goes by that was upheld, before anything is repaired of it.</summary>
    /// <returns>The objection to its decision; null if there was none.</returns>
    public ImportedObjection? Take(UpheldCase upheld)
    {
        var (report, conduct) = (upheld.Case, upheld.Conduct);
        _awaited.Remove(report.Number);
        if (!_lines.TryGetValue(report.Number, out var line))
            return null;
        if (line.On < report.DecidedOn)
            line.Line.Fault("objected_on", $"a day from {report.DecidedOn:yyyy-MM-dd}, when {report.Number} was decided");
        if (report.Kind == CaseKind.Merit)
            line.Line.Fault("case", "a case whose decision costs points or stars; nobody objects to a merit");
        CheckStay(line, conduct);
        if (line.RuledBy is { } by && (by == report.DecidedBy || by == report.SubmittedBy))
            line.Line.Fault("ruled_by", $"a second person, who neither recorded nor decided {report.Number}");

        report.Move(CaseSignal.Object);
        var stands = line.Outcome switch
        {
            Ruling.Confirmed => conduct,
            Ruling.Amended => Amended(line, report, conduct),
            _ => null,
        };
        if (line.Outcome is { } outcome)
            report.Move(outcome.Signal());
        if (upheld.ReversedOn < line.RuledOn)
            line.Line.Fault("ruled_on", $"a day up to {upheld.ReversedOn:yyyy-MM-dd}, when the decision was reversed");
        return new(line.ToObjection(report.Id, now), line.StayedOn, stands);
    }

    /// <summary>After the last case: lines whose case never came.</summary>
    public void CheckTogether()
    {
        foreach (var line in _lines.Values.Where(line => _awaited.Contains(line.Case)))
            line.Line.Fault("case", "the number of a case in the file of cases");
    }

    private static void CheckStay(ObjectionLine line, ConductCode conduct)
    {
        var isStayed = ObjectionRules.IsStayed(conduct, conduct.MaxStars);
        if (isStayed && line.StayedOn is null)
            line.Line.Fault("stayed_on", $"the day since which the points were stayed; {conduct.Id} is of service");
        else if (!isStayed && line.StayedOn is not null)
            line.Line.Fault("stayed_on", $"nothing; {conduct.Id} went on counting, for it is not of service or limits the stars");
        if (line.Outcome == Ruling.Lapsed && line.StayedOn is null)
            line.Line.Fault("outcome", "another outcome; only what was stayed lapses");
    }

    private ConductCode? Amended(ObjectionLine line, Case report, ConductCode decided)
    {
        var found = ConductRules.Find(line.Code, report.ConductOn, report.Kind, rulebooks);
        if (found.Refusal is not null)
            line.Line.Fault("ruled_code", $"a conduct code that fits: {found.Refusal.Detail}");
        else if (!ObjectionRules.CostsLess(found.Value, decided.Points, decided.MaxStars))
            line.Line.Fault("ruled_code", $"a conduct that costs less than {decided.Id}; nobody is worse off for having objected");
        return found.Refusal is null ? found.Value : null;
    }

    private ObjectionLine Line(CsvFile file)
    {
        var (of, on, paper) = (file.Required("case", 64), file.Day("objected_on"), file.OptionalPerson("on_paper_by"));
        if (on > today)
            file.Fault("objected_on", $"a day up to today, {today:yyyy-MM-dd}");
        var (statement, ruleBy, stayed) = (file.Required("statement", Objection.LongestStatement), file.Day("rule_by"), file.OptionalDay("stayed_on"));
        if (ruleBy < on)
            file.Fault("rule_by", $"a day from {on:yyyy-MM-dd}, when the objection was made");
        if (stayed < on || stayed > today)
            file.Fault("stayed_on", $"a day from {on:yyyy-MM-dd}, when the objection was made, to today, {today:yyyy-MM-dd}");
        var line = new ObjectionLine(file.Keep(), of, on, paper, statement, ruleBy, stayed, null, null, null, null, null);
        if (file.Text("outcome").Length == 0)
        {
            foreach (var column in new[] { "ruled_on", "ruled_by", "ruled_code", "reason" })
                file.RequireEmpty(column, "nothing; the objection waits for its ruling");
            return line;
        }

        var outcome = file.OneOf<Ruling>("outcome");
        return Ruled(file, line with { Outcome = outcome, RuledOn = RuledOn(file, line, outcome) });
    }

    private DateOnly RuledOn(CsvFile file, ObjectionLine line, Ruling outcome)
    {
        var on = file.Day("ruled_on");
        var from = outcome == Ruling.Lapsed ? line.RuleBy.AddDays(1) : line.StayedOn ?? line.On;
        // A stay ends with its last day, by a ruling or by itself.
        var to = outcome != Ruling.Lapsed && line.StayedOn is not null && line.RuleBy < today ? line.RuleBy : today;
        if (on < from || on > to)
            file.Fault("ruled_on", $"a day from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}");
        return on;
    }

    private static ObjectionLine Ruled(CsvFile file, ObjectionLine line)
    {
        if (line.Outcome != Ruling.Amended)
            file.RequireEmpty("ruled_code", "nothing; only an amendment finds another conduct");
        if (line.Outcome == Ruling.Lapsed)
        {
            file.RequireEmpty("ruled_by", "nothing; time ended the objection, and no person");
            file.RequireEmpty("reason", "nothing; time ended the objection, and no person");
            return line;
        }

        return line with
        {
            RuledBy = file.Person("ruled_by"),
            Reason = file.Required("reason", 2000),
            Code = line.Outcome == Ruling.Amended ? file.Required("ruled_code", 8) : null,
        };
    }
}
