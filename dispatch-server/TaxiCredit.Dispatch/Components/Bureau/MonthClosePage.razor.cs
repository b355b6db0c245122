using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Closing a month: the preview, two signatures by two people, publication, and what came of it.</summary>
public sealed partial class MonthClosePage
{
    /// <summary>Drivers that are named where a list of them is only pointed at.</summary>
    private const int MaxNamed = 12;

    private bool isKnown;
    private Month next;
    private bool isInForce;
    private Close? close;
    private string? leader;
    private IReadOnlyDictionary<string, int> rated = null!;
    private IReadOnlyDictionary<string, int>? before;
    private readonly List<(Movement Movement, List<RatedLine> Lines, int Total)> movers = [];
    private List<string> teams = [];
    private RatedFilter filter = new();
    private List<RatedLine> lines = [];
    private int total;

    /// <summary>The month, <c>2017-12</c>; without one, the month that waits.</summary>
    [Parameter]
    public string? Period { get; set; }

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

    /// <summary>The close stands for itself; one that a revision takes along is signed and published with that one.</summary>
    private bool IsHere => leader is null;

    private List<string> Signed => close is null ? [] : [.. close.Signatures.OrderBy(s => s.At).Select(s => s.Actor)];

    protected override async Task OnInitializedAsync()
    {
        next = await CloseOverview.NextAsync(Operations, Stop);
        if (Period is null)
        {
            var waiting = await CloseOverview.WaitingAsync(Operations.Db, Stop);
            Navigation.NavigateTo($"/bureau/months/{(waiting.Count > 0 ? waiting[0].Period : next)}");
            return;
        }

        isKnown = Month.TryParse(Period, out var month) && await LoadAsync(month);
        if (!isKnown)
            Navigation.NotFound();
    }

    private async Task<bool> LoadAsync(Month month)
    {
        var db = Operations.Db;
        close = await CloseOverview.NewestAsync(Period!, db, Stop);
        if (close is null)
            return month == next;

        leader = close.Status == CloseStatus.Published ? null : await db.Closes.Where(c => c.Id == close.LedById).Select(c => c.Period).SingleOrDefaultAsync(Stop);
        isInForce = close.Status == CloseStatus.Published && next == month.Next;
        rated = await RatedCounts.OfAsync(close, db, Stop);
        var previous = await CloseOverview.BeforeAsync(Period!, db, Stop);
        before = previous is null ? null : await RatedCounts.OfAsync(previous, db, Stop);
        movers.Clear();
        foreach (var movement in Enum.GetValues<Movement>())
        {
            var (named, all) = await CloseOverview.RatingsAsync(close.Id, new(Movement: movement), 1, db, Stop, MaxNamed);
            movers.Add((movement, named, all));
        }

        teams = await db.Teams.OrderBy(t => t.Code).Select(t => t.Code).ToListAsync(Stop);
        filter = new(Empty(Stars), Empty(Team), Enum.TryParse<Movement>(Moved, out var moved) && Enum.IsDefined(moved) ? moved : null);
        (lines, total) = await CloseOverview.RatingsAsync(close.Id, filter, Number, db, Stop);
        return true;
    }

    private async Task PreviewAsync() => await FinishAsync((await PreviewMonth.HandleAsync(Period!, new(Person.Name), Operations, Settings, Stop)).Refusal);

    private async Task SignAsync() => await FinishAsync((await SignMonth.HandleAsync(Period!, new(Person.Name, Digest ?? ""), Operations, Stop)).Refusal);

    private async Task PublishAsync() => await FinishAsync((await PublishMonth.HandleAsync(Period!, new(Person.Name), Operations, Stop)).Refusal);

    private async Task ReviseAsync() => await FinishAsync((await ReviseMonth.HandleAsync(Period!, new(Person.Name, Reason ?? ""), Operations, Settings, Stop)).Refusal);

    private async Task FinishAsync(Refusal? refusal)
    {
        if (refusal is null)
        {
            Navigation.NavigateTo($"/bureau/months/{Period}");
            return;
        }

        Refuse(refusal);
        Operations.Db.ChangeTracker.Clear();
        await LoadAsync(MonthOf);
    }

    private string Standing() => close is null ? T["Open"] : T[$"Status.{close.Status}"];

    private string ToTally(string driver) => $"/drivers/{driver}/{Period}?revision={close!.Revision}";

    private static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
