using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Exchange.Csv;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Features.Exchange;

/// <summary>
/// What <c>repairs.csv</c> says: a line per repair that was asked for. It is read before the cases, which go by one at a time; each takes its repairs with it.
/// What a repair gave back is told by the file, for it followed from the ledger as that was then; the rule bounds it. See docs/import.md.
/// </summary>
internal sealed class RepairsFile(InstalledRulebooks rulebooks, DateOnly today, DateTimeOffset now)
{
    public static readonly string[] Columns =
    [
        "number", "case", "rule", "proof", "asked_on", "on_paper_by", "outcome", "decided_on", "decided_by", "reason", "points", "read",
    ];

    private readonly List<RepairLine> _lines = [];
    private ILookup<string, RepairLine> _byCase = Array.Empty<RepairLine>().ToLookup(_ => "");

    /// <summary>Cases of the lines that have not gone by.</summary>
    private HashSet<string> _awaited = [];

    public string? Sha256 { get; private set; }

    /// <summary>That a case took, in the order of the file.</summary>
    public IEnumerable<RepairLine> Taken => _lines.Where(line => line.Stored is not null);

    /// <param name="path">Null for no file.</param>
    public void Read(string? path, Faults faults)
    {
        if (path is null)
            return;
        using var file = CsvFile.Open(path, Columns, [], faults);
        if (file is null)
            return;
        Sha256 = file.Sha256;
        foreach (var line in file.Sound(Line).OfType<RepairLine>())
            _lines.Add(line);
        _byCase = _lines.ToLookup(line => line.Case);
        _awaited = [.. _lines.Select(line => line.Case)];
    }

    /// <summary>A case goes by with faults of its own; what followed on it is not judged.</summary>
    public void Pass(string number) => _awaited.Remove(number);

    /// <summary>A case goes by whose decision is none that costs points: nothing of it is repaired.</summary>
    public void Refuse(Case report)
    {
        _awaited.Remove(report.Number);
        foreach (var line in _byCase[report.Number])
            line.Line.Fault("case", $"a case that was upheld; {report.Number} is {report.Status.InFile()}");
    }

    /// <summary>A case goes by that was upheld, after the ruling on an objection if there was one.</summary>
    /// <param name="upheld">With the conduct that counts.</param>
    /// <param name="countsSince">Day of the decision, or of the ruling.</param>
    public void Take(UpheldCase upheld, DateOnly countsSince)
    {
        var (report, left) = (upheld.Case, -upheld.Conduct.Points);
        _awaited.Remove(report.Number);
        foreach (var line in _byCase[report.Number])
        {
            line.Stored = line.ToRepair(report, now);
            if (line.Outcome == RepairOutcome.Granted)
                left = Grant(line, upheld, countsSince, left);
            else if (line.DecidedOn < report.DecidedOn)
                line.Line.Fault("decided_on", $"a day from {report.DecidedOn:yyyy-MM-dd}, when {report.Number} was decided");
        }
    }

    /// <summary>After the last case: lines whose case never came, and what two lines of a driver say against each other.</summary>
    public void CheckTogether()
    {
        foreach (var line in _lines.Where(line => _awaited.Contains(line.Case)))
            line.Line.Fault("case", "the number of a case in the file of cases");
        foreach (var same in Taken.GroupBy(line => (line.Stored!.DriverId, line.Rule.Id)))
        {
            foreach (var second in same.Where(line => line.Outcome is null).Skip(1))
                second.Line.Fault("outcome", $"granted or refused; one repair by {second.Rule.Id} waits for its decision already");
            DateOnly? last = null;
            foreach (var granted in same.Where(line => line.Outcome == RepairOutcome.Granted))
            {
                if (last?.AddMonths(granted.Rule.EveryMonths) is { } again && granted.On < again)
                {
                    granted.Line.Fault(
                        "asked_on", $"a day from {again:yyyy-MM-dd}; {granted.Rule.Id} was granted to this driver before, and is booked once in "
                            + $"{granted.Rule.EveryMonths} months");
                }

                last = granted.On;
            }
        }
    }

    /// <returns>What the decision still costs.</returns>
    private static Points Grant(RepairLine line, UpheldCase upheld, DateOnly countsSince, Points left)
    {
        var report = upheld.Case;
        if (line.DecidedOn < countsSince || line.DecidedOn > upheld.ReversedOn)
        {
            var until = upheld.ReversedOn is { } reversed ? $" to {reversed:yyyy-MM-dd}, when it was reversed" : "";
            line.Line.Fault("decided_on", $"a day from {countsSince:yyyy-MM-dd}, since when {report.Number} counts{until}");
        }

        if (line.Points > left)
            line.Line.Fault("points", $"at most {left}, which is what {report.Number} still costs");
        // Conduct after the day of asking breaks no clean months before it.
        if (report.ConductOn <= line.On && report.ConductOn.AddMonths(line.Rule.CleanMonths) is var clean && line.On < clean)
        {
            line.Line.Fault(
                "asked_on", $"a day from {clean:yyyy-MM-dd}; {line.Rule.Id} takes {line.Rule.CleanMonths} months after the conduct of {report.Number}");
        }

        if (report.Move(CaseSignal.Repair) is not null)
            line.Line.Fault("case", $"a case whose decision counts; {report.Number} is {report.Status.InFile()}");
        return left - line.Points;
    }

    private RepairLine? Line(CsvFile file)
    {
        var (number, of, id) = (file.Text("number"), file.Required("case", 64), _lines.Count == 0 ? 1 : _lines[^1].Id + 1);
        if (number.Length > 0 && (!Repair.TryRead(number, out var given) || given < id || number != $"r-{given:D6}"))
            file.Fault("number", $"nothing, or r-{id:D6} or a number above it; numbers rise from line to line");
        else if (number.Length > 0)
            _ = Repair.TryRead(number, out id);

        var (on, paper) = (file.Day("asked_on"), file.OptionalPerson("on_paper_by"));
        if (on > today)
            file.Fault("asked_on", $"a day up to today, {today:yyyy-MM-dd}");
        var rule = Rule(file, on);
        var proof = file.Optional("proof", Repair.LongestProof) ?? "";
        if (rule is { CleanMonths: 0 } && proof.Length == 0)
            file.Fault("proof", $"what shows that {rule.Id} was done, 1 to {Repair.LongestProof} characters");
        var line = rule is null ? null : new RepairLine(file.Keep(), id, of, rule, proof, on, paper);
        return Decided(file, line, on, paper);
    }

    private RepairRule? Rule(CsvFile file, DateOnly on)
    {
        if (on == default)
            return null;
        var rules = rulebooks.InForceOn(on) is { Refusal: null } inForce ? inForce.Value.Repair : [];
        var found = rules.FirstOrDefault(rule => rule.Id == file.Text("rule"));
        if (found is null)
            file.Fault("rule", $"a repair of the rulebook in force on {on:yyyy-MM-dd}: {string.Join(", ", rules.Select(rule => rule.Id))}");
        return found;
    }

    private RepairLine? Decided(CsvFile file, RepairLine? line, DateOnly asked, string? paper)
    {
        if (file.Text("outcome").Length == 0)
        {
            foreach (var column in new[] { "decided_on", "decided_by", "reason", "points", "read" })
                file.RequireEmpty(column, "nothing; the repair waits for its decision");
            return line;
        }

        var outcome = file.OneOf<RepairOutcome>("outcome");
        var (on, by, reason) = (file.Day("decided_on"), file.Person("decided_by"), file.Required("reason", 2000));
        if (on < asked || on > today)
            file.Fault("decided_on", $"a day from {asked:yyyy-MM-dd}, when it was asked for, to today, {today:yyyy-MM-dd}");
        if (by == paper)
            file.Fault("decided_by", "somebody else than who recorded the paper");
        if (file.Text("read") is not ("" or "yes"))
            file.Fault("read", "yes, or nothing where the driver has not read the decision");
        if (outcome == RepairOutcome.Refused)
            file.RequireEmpty("points", "nothing; the repair was refused");
        var points = outcome == RepairOutcome.Granted ? Given(file, line?.Rule) : Points.Zero;
        return line is null ? null : line with
        {
            Outcome = outcome,
            DecidedOn = on,
            DecidedBy = by,
            Reason = reason,
            Points = points,
            IsRead = file.Text("read") == "yes",
        };
    }

    private static Points Given(CsvFile file, RepairRule? rule)
    {
        if (file.Points("points") is not { } points)
            return Points.Zero;
        if (rule is not null && points > rule.Points)
            file.Fault("points", $"at most {rule.Points}, which is what {rule.Id} gives");
        return points;
    }
}
