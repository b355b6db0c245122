using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data.Ledger;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Erasure;
using TaxiCredit.Dispatch.Features.Prospects;
using TaxiCredit.Dispatch.Operations;
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

    /// <summary>Version of the case that the form was drawn for.</summary>
    public Guid Version { get; set; }

    /// <summary>What the decision was shown to do; see <see cref="CasePage"/>. Null before anything was shown.</summary>
    public string? Shown { get; set; }

    /// <summary><c>weigh</c> shows what the decision does, <c>confirm</c> takes it.</summary>
    public string? Step { get; set; }
}

/// <summary>A case with its evidence, and its decision: nothing is decided before its effect was shown, and only what was shown is decided.</summary>
public sealed partial class CasePage
{
    private Case? report;

    /// <summary>The last that is loaded: before it is there, nothing is drawn.</summary>
    private Enclosure? enclosure;

    private string? takenUpBy;
    private LedgerRow? reversedBy;
    private ConductCode? alleged;
    private LeftData left = new(null, null);
    private List<ConductCode> codes = [];
    private Prospect? prospect;
    private bool isWeighed;
    private bool isStale;
    private bool isVerdictMissing;

    [Parameter]
    public string Number { get; set; } = "";

    [SupplyParameterFromForm]
    private DecisionInput? Input { get; set; }

    private Verdict? Chosen => Enum.TryParse<Verdict>(Input!.Verdict, out var verdict) ? verdict : null;

    [Inject]
    private IOptions<PassengerSettings> Passengers { get; init; } = null!;

    private bool MayBecomeComplex => report is { IsDecided: false, ComplexOn: null } && Operations.Today <= report.Deadline(CaseQueue.DeadlinesOf(Operations));

    protected override async Task OnInitializedAsync()
    {
        // Before anything is waited for: the page is drawn once meanwhile.
        Input ??= new();
        await LoadAsync();
        if (report is null)
        {
            Navigation.NotFound();
            return;
        }

        Input.Code ??= report.Code;
        if (reversedBy is null && report.LedgerSequence is not null && Person.May(Permission.ReverseEntry))
            prospect = (await Prospect.OfReversalAsync(report, Operations, Stop)).Value;
    }

    private async Task LoadAsync()
    {
        Operations.Db.ChangeTracker.Clear();
        report = await Operations.Db.Cases.AsNoTracking().Include(c => c.Driver.HomeCab.Team).SingleOrDefaultAsync(c => c.Number == Number, Stop);
        if (report is null)
            return;

        left = await EraseLeft.OfCaseAsync(report.Id, Operations.Db, Passengers.Value, Stop);
        takenUpBy = await CaseQueue.TakenUpByAsync(Number, Operations.Db, Stop);
        reversedBy = report.LedgerSequence is null ? null : await Operations.Db.Ledger.AsNoTracking().SingleOrDefaultAsync(e => e.Reverses == report.LedgerSequence, Stop);
        if (Operations.Rulebooks.InForceOn(report.ConductOn) is { Refusal: null, Value: { } rules })
        {
            alleged = rules.Find(report.Code);
            codes = [.. rules.Codes.Where(code => code.Category == ConductCategory.Merit == (report.Kind == CaseKind.Merit))];
        }

        enclosure = await Enclosure.OfAsync(report, Operations.Db, Stop);
    }

    /// <summary>What a passenger left with the report, and for how many days after the decision it is kept.</summary>
    private IEnumerable<(string What, int Days)> Left()
    {
        if (left.ContactDays is { } contact)
            yield return ("Contact", contact);
        if (left.PhotoDays is { } photo)
            yield return ("Photo", photo);
    }

    private async Task TakeUpAsync() => await FinishAsync((await TakeUpCase.HandleAsync(Number, new(Person.Name, Input!.Version), Operations, Stop)).Refusal);

    private async Task DeclareComplexAsync() =>
        await FinishAsync((await DeclareComplex.HandleAsync(Number, new(Person.Name, Input!.Complexity ?? "", Input.Version), Operations, Stop)).Refusal);

    private async Task DecideAsync()
    {
        if (report!.Unless(Input!.Version) is { } changed)
        {
            await FinishAsync(changed);
            return;
        }

        isVerdictMissing = Chosen is null;
        if (Chosen is not { } verdict)
            return;

        var command = new DecideCase(Person.Name, verdict, Input.Reason ?? "", Input.Code, null, Input.Corroboration, Input.Version);
        var found = DecideCase.Find(report, command, Operations.Rulebooks);
        if (found.Refusal is not null)
        {
            Refuse(found.Refusal);
            return;
        }

        if (found.Value is { } conduct)
        {
            var weighed = await Prospect.OfDecisionAsync(report, conduct, Operations, Stop);
            if (weighed.Refusal is not null)
            {
                Refuse(weighed.Refusal);
                return;
            }

            prospect = weighed.Value;
        }

        isWeighed = true;
        if (Input.Step == "confirm" && Input.Shown == Weighed())
            await FinishAsync((await DecideCase.HandleAsync(Number, command with { Points = found.Value?.Points.ToDecimal() }, Operations, Stop)).Refusal);
    }

    private async Task ReverseAsync() =>
        await FinishAsync((await ReverseEntry.HandleAsync(report!.LedgerSequence ?? 0, new(Person.Name, Input!.Reason ?? ""), Operations, Stop)).Refusal);

    /// <summary>What was shown: another verdict, another code or a file that has grown since is shown anew before it is confirmed.</summary>
    private string Weighed() => string.Create(CultureInfo.InvariantCulture, $"{Input!.Verdict}|{prospect?.Entry.Code}|{prospect?.Through}|{prospect?.With.Month}");

    /// <summary>Shows the case as it is now: anew if it was done, beside what was meant if it was not.</summary>
    private async Task FinishAsync(Refusal? refusal)
    {
        if (refusal is null)
        {
            Navigation.NavigateTo($"/bureau/cases/{Number}");
            return;
        }

        Refuse(refusal);
        await LoadAsync();
        isStale = refusal.Code is "changed-meanwhile" or "case-already-decided" or "case-under-review";
    }
}
