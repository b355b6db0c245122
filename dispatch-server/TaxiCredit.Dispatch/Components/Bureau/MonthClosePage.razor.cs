using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Components.Accounts;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Readiness;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Closing a month: the preview, two signatures by two people, publication, and what came of it.</summary>
public sealed partial class MonthClosePage
{
    /// <summary>Drivers that are named where a list of them is only pointed at.</summary>
    private const int MaxNamed = 12;

    private bool _isKnown;
    private Month _next;
    private List<Close> _waiting = [];
    private RevisionDue? _due;
    private bool _isInForce;
    private Close? _close;
    private MonthReadiness? _readiness;
    private string? _leader;
    private IReadOnlyDictionary<string, int> _rated = null!;
    private IReadOnlyDictionary<string, int>? _before;
    private readonly List<(Movement Movement, List<RatedLine> Lines, int Total)> _movers = [];
    private List<string> _teams = [];
    private RatedFilter _filter = new();
    private List<RatedLine> _lines = [];
    private int _total;
    private IReadOnlyList<RatingChange> _changes = [];
    private int _changed;

    /// <summary>The month, <c>2017-12</c>; without one, the month that waits.</summary>
    [Parameter]
    public string? Period { get; set; }

    [Inject]
    private RevisionsDue Due { get; init; } = null!;

    [Inject]
    private DisplayStandings Windscreens { get; init; } = null!;

    [Inject]
    private CloseSettings Settings { get; init; } = null!;

    [SupplyParameterFromForm(FormName = "sign")]
    private string? Digest { get; set; }

    [SupplyParameterFromForm(FormName = "revise")]
    private string? Reason { get; set; }

    [SupplyParameterFromQuery]
    private string? Stars { get; set; }

    [SupplyParameterFromQuery]
    private string? Team { get; set; }

    [SupplyParameterFromQuery(Name = "movement")]
    private string? Moved { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? Asked { get; set; }

    private int Number => PageOf(Asked);

    private Month MonthOf => Month.Parse(Period!);

    private bool IsOver => Operations.Today >= MonthOf.Next.FirstDay;

    /// <summary>The close stands for itself; one that a revision recomputes is signed and published with it.</summary>
    private bool IsHere => _leader is null;

    private List<string> Signed => _close is null ? [] : [.. _close.Signatures.OrderBy(s => s.At).Select(s => s.Actor)];

    /// <summary>By this person, or by another of the same role: an officer and a supervisor sign.</summary>
    private bool IsSigned => _close?.Signatures.Any(s => s.Actor == Person.Name || s.Role == Person.Role) == true;

    protected override async Task OnInitializedAsync()
    {
        _next = await CloseOverview.NextAsync(Operations, Stop);
        _waiting = await CloseOverview.WaitingAsync(Operations.Db, Stop);
        if (Period is null)
        {
            Navigation.NavigateTo($"/bureau/months/{(_waiting.Count > 0 ? _waiting[0].Period : _next)}");
            return;
        }

        _due = await Due.FindAsync(Operations, Stop);
        if (_due is not null)
            await Context.LookAsync([.. _due.OtherStars.Select(change => change.Driver)]);
        _isKnown = Month.TryParse(Period, out var month) && await LoadAsync(month);
        if (!_isKnown)
            Navigation.NotFound();
    }

    private async Task<bool> LoadAsync(Month month)
    {
        var db = Operations.Db;
        _close = await CloseOverview.NewestAsync(Period!, db, Stop);
        // A revision that follows an earlier one is signed there.
        _readiness = _close is { Status: CloseStatus.Published } or { LedById: not null }
            ? null
            : await MonthReadiness.OfAsync(month, _due, Windscreens.All, Operations, Stop);
        if (_close is null)
            return month == _next;

        _leader = _close.Status == CloseStatus.Published
            ? null
            : await db.Closes.Where(c => c.Id == _close.LedById).Select(c => c.Period).SingleOrDefaultAsync(Stop);
        _isInForce = _close.Status == CloseStatus.Published && _next == month.Next;
        _rated = await RatedCounts.OfAsync(_close, db, Stop);
        var previous = await CloseOverview.BeforeAsync(Period!, db, Stop);
        _before = previous is null ? null : await RatedCounts.OfAsync(previous, db, Stop);
        _movers.Clear();
        foreach (var movement in Enum.GetValues<Movement>())
        {
            var (named, all) = await CloseOverview.RatingsAsync(_close.Id, new(Movement: movement), 1, db, Stop, MaxNamed);
            _movers.Add((movement, named, all));
        }

        _teams = await db.Teams.OrderBy(t => t.Code).Select(t => t.Code).ToListAsync(Stop);
        _filter = new(Empty(Stars), Empty(Team), Enum.TryParse<Movement>(Moved, out var moved) && Enum.IsDefined(moved) ? moved : null);
        (_lines, _total) = await CloseOverview.RatingsAsync(_close.Id, _filter, Number, db, Stop);
        await Context.LookAsync(
            [.. _lines.Concat(_movers.SelectMany(m => m.Lines)).Select(line => line.Driver), .. _changes.Select(change => change.Driver)]);
        return true;
    }

    private async Task PreviewAsync() => await FinishAsync((await PreviewMonth.HandleAsync(Period!, new(Person.Name), Operations, Settings, Stop)).Refusal);

    private async Task SignAsync() => await FinishAsync((await SignMonth.HandleAsync(Period!, new(Caller.Acting!, Digest ?? ""), Operations, Stop)).Refusal);

    private async Task WithdrawAsync() => await FinishAsync((await WithdrawSignature.HandleAsync(Period!, new(Caller.Acting!), Operations, Stop)).Refusal);

    private async Task PublishAsync() => await FinishAsync((await PublishMonth.HandleAsync(Period!, new(Caller.Acting!), Operations, Stop)).Refusal);

    private async Task ReviseAsync() =>
        await FinishAsync((await ReviseMonth.HandleAsync(Period!, new(Person.Name, Reason ?? ""), Operations, Settings, Stop)).Refusal);

    private async Task FinishAsync(Refusal? refusal)
    {
        if (refusal is null)
        {
            Navigation.NavigateTo($"/bureau/months/{Period}");
            return;
        }

        if (refusal.Code == Proof.Stale)
        {
            Navigation.NavigateTo(AccountEndpoints.ToProveAgain($"/bureau/months/{Period}"));
            return;
        }

        Refuse(refusal);
        _changes = refusal.Facts?.GetValueOrDefault(PreviewChanges.Fact) as IReadOnlyList<RatingChange> ?? [];
        _changed = refusal.Facts?.GetValueOrDefault(PreviewChanges.FactTotal) as int? ?? 0;
        Operations.Db.ChangeTracker.Clear();
        await LoadAsync(MonthOf);
    }

    private string PreviewStep() => _close switch
    {
        null => T["Step.Preview"],
        { PreviewedBy: FirstPreview.Actor } => T["Step.PreviewedByItself"],
        { PreviewedBy: var person } => T["Step.PreviewedBy", person],
    };

    private string Standing() => _close is null ? T["Open"] : T[$"Status.{_close.Status}"];

    private string ToTally(string driver) => $"/drivers/{driver}/{Period}?revision={_close!.Revision}";

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
