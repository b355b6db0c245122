using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Cases.Decisions;
using TaxiCredit.Dispatch.Features.Cases.Hearing;
using TaxiCredit.Dispatch.Features.Cases.Repairs;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Erasure;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>What an officer fills in about a case.</summary>
public sealed class DecisionInput
{
    /// <summary><c>Upheld</c> or <c>Dismissed</c>.</summary>
    public string? Verdict { get; set; }

    public string? Code { get; set; }

    public string? Reason { get; set; }

    public string? Corroboration { get; set; }

    /// <summary>What makes the case complex.</summary>
    public string? Complexity { get; set; }

    /// <summary>Entry that is to be reversed: the last at the time the form was drawn.</summary>
    public long? Entry { get; set; }

    /// <summary>What the driver will read.</summary>
    public string? Place { get; set; }

    /// <inheritdoc cref="Place"/>
    public string? Account { get; set; }

    /// <inheritdoc cref="Place"/>
    public string? Evidence { get; set; }

    public string? FromHour { get; set; }

    public string? ToHour { get; set; }

    public string? ExactReason { get; set; }

    /// <summary>Of a paper: the day, what the driver says, and in which words.</summary>
    public string? HandedInOn { get; set; }

    public string? Stance { get; set; }

    public string? Answer { get; set; }

    /// <summary>Why it ends without a decision.</summary>
    public string? Closing { get; set; }

    /// <summary>Number of the case into which it is merged.</summary>
    public string? Into { get; set; }

    /// <summary>Version of the case that the form was drawn for.</summary>
    public Guid Version { get; set; }

    /// <summary>What the decision was shown to do; see <see cref="CasePage"/>. Null before anything was shown.</summary>
    public string? Shown { get; set; }

    /// <summary><c>weigh</c> shows what the decision does, <c>confirm</c> takes it; <c>withdraw</c> and <c>merge</c> end the case without one.</summary>
    public string? Step { get; set; }
}

/// <summary>A case with its evidence, and its decision: nothing is decided before its effect was shown, and only what was shown is decided.</summary>
public sealed partial class CasePage
{
    private Case? _report;
    private Team? _team;

    /// <summary>The last that is loaded: before it is there, nothing is drawn.</summary>
    private Enclosure? _enclosure;

    private string? _takenUpBy;

    /// <summary>Why this person neither decides nor reverses, whatever their role.</summary>
    private Refusal? _keepsOut;
    private ReversalChain? _reversals;
    private Triage? _told;
    private HearingNotice? _notice;
    private List<DriverAnswer> _answers = [];
    private bool _hasDocument;
    private ObjectionCase? _objection;
    private List<AskedRepair> _repairs = [];
    private ConductCode? _alleged;
    private LeftData _left = new(null, null);
    private List<ConductCode> _codes = [];
    private Prospect? _prospect;
    private bool _isWeighed;
    private bool _isStale;
    private bool _isVerdictMissing;

    [Parameter]
    public string Number { get; set; } = "";

    [SupplyParameterFromForm]
    private DecisionInput? Input { get; set; }

    private Verdict? Chosen => Enum.TryParse<Verdict>(Input!.Verdict, out var verdict) ? verdict : null;

    [Inject]
    private IOptions<PassengerSettings> Passengers { get; init; } = null!;

    [Inject]
    private IOptions<HearingSettings> Hearing { get; init; } = null!;

    [Inject]
    private PhotoFolder Files { get; init; } = null!;

    private HearingView HearingOf => new() { Report = _report!, Told = _told, Notice = _notice, Answers = _answers, Settings = Hearing.Value };

    /// <summary>The driver was heard, or need not be; or a dismissal spares the driver the hearing.</summary>
    private bool MayDecide => _report is { ConfirmedAt: null, IsDecided: false, Status: not CaseStatus.AwaitingAnswer }
        || _notice?.AnswerBy < Operations.Today && _report is { ConfirmedAt: null, IsDecided: false };

    private bool MayBecomeComplex =>
        _report is { IsDecided: false, ComplexOn: null } && Operations.Today <= _report.Deadline(CaseQueue.DeadlinesOf(Operations));

    protected override async Task OnInitializedAsync()
    {
        // Before anything is waited for: the page is drawn once meanwhile.
        Input ??= new();
        await LoadAsync();
        if (_report is null)
        {
            Navigation.NotFound();
            return;
        }

        Input.Code ??= _report.Code;
        if (_reversals is not null && Person.May(Permission.ReverseEntry))
            _prospect = (await Prospect.OfReversalAsync(_report, Operations, Stop)).Value;
    }

    private async Task LoadAsync()
    {
        Operations.Db.ChangeTracker.Clear();
        _report = await Operations.Db.Cases.AsNoTracking().Include(c => c.Driver).SingleOrDefaultAsync(c => c.Number == Number, Stop);
        if (_report is null)
            return;

        await Context.LookAsync(_report.Driver.Code);
        // Of the day that the case is about.
        _team = await MembershipQueries.AsOf(Operations.Db, _report.ConductOn).Where(m => m.DriverId == _report.DriverId).Select(m => m.Team)
            .AsNoTracking().SingleOrDefaultAsync(Stop);
        _left = await EraseLeft.OfCaseAsync(_report.Id, Operations.Db, Passengers.Value, Stop);
        _keepsOut = await Duties.FindFaultAsync(_report, Person.Name, Operations, Stop);
        _takenUpBy = await CaseHolders.OfAsync(Number, Operations.Db, Stop);
        _reversals = _report.CountsBy is { } booked ? await Operations.Db.ReversalsOfAsync(booked, Stop) : null;
        if (Operations.Rulebooks.InForceOn(_report.ConductOn) is { Refusal: null, Value: { } rules })
        {
            _alleged = rules.Find(_report.Code);
            _codes = [.. rules.Codes.Where(code => code.Category == ConductCategory.Merit == (_report.Kind == CaseKind.Merit))];
        }

        var db = Operations.Db;
        _told = await db.Triages.AsNoTracking().SingleOrDefaultAsync(t => t.CaseId == _report.Id, Stop);
        _notice = await db.Notices.AsNoTracking().SingleOrDefaultAsync(n => n.CaseId == _report.Id, Stop);
        _answers = await db.Answers.AsNoTracking().Where(a => a.CaseId == _report.Id).OrderByDescending(a => a.Round).ToListAsync(Stop);
        _hasDocument = await db.Decisions.AnyAsync(d => d.CaseId == _report.Id, Stop);
        _objection = await ObjectionCase.OfAsync(_report, _keepsOut, _hasDocument, _codes, Operations, Stop);
        _repairs = await RepairFile.AskedAsync(db.Repairs.Where(r => r.CaseId == _report.Id).OrderBy(r => r.Id), Operations, Stop);
        _enclosure = await Enclosure.OfAsync(_report, Operations.Db, Stop);
    }

    /// <summary>What a passenger left with the report, and for how many days after the decision it is kept.</summary>
    private IEnumerable<(string What, int Days)> Left()
    {
        if (_left.ContactDays is { } contact)
            yield return ("Contact", contact);
        if (_left.PhotoDays is { } photo)
            yield return ("Photo", photo);
    }

    private async Task TakeUpAsync() => await FinishAsync((await TakeUpCase.HandleAsync(Number, new(Person.Name, Input!.Version), Operations, Stop)).Refusal);

    private async Task GiveBackAsync() =>
        await FinishAsync((await GiveBackCase.HandleAsync(Number, new(Person.Name, Input!.Version), Operations, Stop)).Refusal);

    private async Task RecuseAsync() => await FinishAsync((await DeclareRecusal.HandleAsync(Number, new(Person.Name), Operations, Stop)).Refusal);

    private async Task DeclareComplexAsync() =>
        await FinishAsync((await DeclareComplex.HandleAsync(Number, new(Person.Name, Input!.Complexity ?? "", Input.Version), Operations, Stop)).Refusal);

    private async Task TriageAsync()
    {
        var command = new TriageCase(
            Person.Name, Input!.Place ?? "", Input.Account ?? "", Input.Evidence ?? "", HourOf(Input.FromHour), HourOf(Input.ToHour), Input.ExactReason,
            Input.Version);
        await FinishAsync((await TriageCase.HandleAsync(Number, command, Operations, Hearing.Value, Stop)).Refusal);
    }

    private async Task RecordPaperAsync()
    {
        var (stance, cause) = StanceChoice.Read(Input!.Stance);
        var command = new AnswerNotice(Person.Name, stance, cause, Input.Answer, null, DayOf(Input.HandedInOn));
        await FinishAsync((await AnswerNotice.HandleAsync(Number, command, Operations, Files, Stop)).Refusal);
    }

    private async Task TakeBackAsync() => await FinishAsync((await TakeBackDecision.HandleAsync(Number, new(Person.Name), Operations, Stop)).Refusal);

    /// <summary>Null where none was given; what is no number is no hour either, and is refused as one.</summary>
    private static int? HourOf(string? typed) => string.IsNullOrEmpty(typed) ? null
        : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) ? hour : -1;

    private async Task CloseAsync() => await FinishAsync(Input!.Step == "merge"
        ? (await MergeCase.HandleAsync(Number, new(Person.Name, Input.Into?.Trim() ?? "", Input.Closing ?? "", Input.Version), Operations, Stop)).Refusal
        : (await WithdrawCase.HandleAsync(Number, new(Person.Name, Input.Closing ?? "", Input.Version), Operations, Stop)).Refusal);

    private async Task DecideAsync()
    {
        if (_report!.Unless(Input!.Version) is { } changed)
        {
            await FinishAsync(changed);
            return;
        }

        _isVerdictMissing = Chosen is null;
        if (Chosen is not { } verdict)
            return;

        var command = new DecideCase(Person.Name, verdict, Input.Reason ?? "", Input.Code, null, Input.Corroboration, Input.Version);
        var found = DecideCase.Find(_report, command, Operations.Rulebooks);
        if (found.Refusal is not null)
        {
            Refuse(found.Refusal);
            return;
        }

        if (found.Value is { } conduct)
        {
            var weighed = await Prospect.OfDecisionAsync(_report, conduct, Operations, Stop);
            if (weighed.Refusal is not null)
            {
                Refuse(weighed.Refusal);
                return;
            }

            _prospect = weighed.Value;
        }

        _isWeighed = true;
        if (Input.Step == "confirm" && Input.Shown == Weighed())
            await FinishAsync((await DecideCase.HandleAsync(Number, command with { Points = found.Value?.Points.ToDecimal() }, Operations, Stop)).Refusal);
    }

    private async Task ReverseAsync() =>
        await FinishAsync((await ReverseEntry.HandleAsync(Input!.Entry ?? 0, new(Person.Name, Input.Reason ?? ""), Operations, Stop)).Refusal);

    /// <summary>What was shown: another verdict, another code or a file that has grown since is shown again before it is confirmed.</summary>
    private string Weighed() =>
        string.Create(CultureInfo.InvariantCulture, $"{Input!.Verdict}|{_prospect?.Entry.Code}|{_prospect?.Through}|{_prospect?.With.Month}");

    /// <summary>Shows the case as it is now: afresh if it was done, next to what was typed if it was not.</summary>
    private async Task FinishAsync(Refusal? refusal)
    {
        if (refusal is null)
        {
            Navigation.NavigateTo($"/bureau/cases/{Number}");
            return;
        }

        Refuse(refusal);
        await LoadAsync();
        _isStale = refusal.Code is "changed-meanwhile" or "case-already-decided" or "case-taken-up" or "case-out-of-step" or "decision-pending";
    }
}
