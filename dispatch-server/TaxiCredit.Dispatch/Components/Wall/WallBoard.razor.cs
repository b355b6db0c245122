using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Mqtt;

namespace TaxiCredit.Dispatch.Components.Wall;

/// <summary>The city's windscreens, live: drawn again at most every 100 ms, and only what has changed.</summary>
public sealed partial class WallBoard
{
    private const int MaxAlarmsNamed = 5;

    private static readonly TimeSpan DrawEvery = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _gone = new();
    private readonly SortedDictionary<string, WallTile> _tiles = new(StringComparer.Ordinal);
    private ILookup<string, WallTile> _byTeam = Array.Empty<WallTile>().ToLookup(t => t.Team);
    private WallFacts _facts = null!;
    private DisplayAlarms _alarms = new([], []);
    private BrokerLink? _link;
    private bool _isLoaded;
    private WallFilter _filter = new();
    private string? _opened;
    private IDisposable? _subscription;
    private volatile bool _changed;

    /// <summary>What the address asks for, see <see cref="WallFilter"/>.</summary>
    [Parameter]
    public string? Team { get; set; }

    /// <inheritdoc cref="Team"/>
    [Parameter]
    public string? State { get; set; }

    /// <inheritdoc cref="Team"/>
    [Parameter]
    public string? Stars { get; set; }

    /// <summary>The cab whose drawer is open when the page loads.</summary>
    [Parameter]
    public string? Cab { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TwinBoard Board { get; set; } = null!;

    [Inject]
    private DisplayStandings Standings { get; set; } = null!;

    [Inject]
    private IServiceScopeFactory Scopes { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private Dictionary<string, object> SlotParameters => new()
    {
        ["Tiles"] = _tiles.Values,
        ["NextPeriod"] = _facts.NextPeriod ?? "",
        ["OnPublished"] = EventCallback.Factory.Create(this, ReloadAsync),
    };

    public void Dispose()
    {
        _subscription?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        (_filter, _opened) = (new(Team ?? "", State ?? "", Stars ?? ""), Cab);
        _facts = await WallFacts.LoadAsync(Scopes, _gone.Token);
        TakeUp();
        _isLoaded = true;
    }

    protected override void OnAfterRender(bool firstRender)
    {
        // Not while prerendering: nothing would ever take the subscription back.
        if (!firstRender)
            return;
        _subscription = Board.Subscribe(_ => _changed = true);
        _changed = true;
        _ = DrawAsync(_gone.Token);
    }

    private async Task DrawAsync(CancellationToken gone)
    {
        using var timer = new PeriodicTimer(DrawEvery, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(gone))
            {
                if (_changed || Standings.Link != _link || Time.GetUtcNow() is var now && _tiles.Values.Any(t => t.Standing.LookAgainAt <= now))
                    await InvokeAsync(DrawOnceAsync);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    private async Task DrawOnceAsync()
    {
        _changed = false;
        if (!TakeUp())
            return;
        // A month was published elsewhere: the wall still shows the previous month's facts.
        if (_tiles.Values.Max(t => t.Period) is { } newest && string.CompareOrdinal(newest, _facts.Period) > 0)
            _facts = await WallFacts.LoadAsync(Scopes, _gone.Token);
        StateHasChanged();
    }

    /// <returns>Whether any tile has changed.</returns>
    private bool TakeUp()
    {
        var (all, link) = (Standings.All, Standings.Link);
        var any = link != _link;
        _link = link;
        foreach (var one in all)
        {
            if (_tiles.TryGetValue(one.Twin.Cab, out var last) && ReferenceEquals(last.Twin, one.Twin) && last.Standing == one.Standing)
                continue;
            _tiles[one.Twin.Cab] = WallTile.Of(one);
            any = true;
        }

        if (!any)
            return false;
        _byTeam = _tiles.Values.ToLookup(t => t.Team);
        _alarms = DisplayAlarms.Of(all, link);
        return true;
    }

    private Task FilterAsync((string Team, string State, string Stars) chosen)
    {
        _filter = new(chosen.Team, chosen.State, chosen.Stars);
        return KeepAsync();
    }

    private Task OpenAsync(string? cab)
    {
        var left = _opened;
        _opened = cab;
        return KeepAsync(cab is null ? left : null);
    }

    /// <summary>Keeps filter and drawer in the address, so that it can be passed on and survives loading again.</summary>
    /// <param name="left">The cab whose drawer was closed: the keyboard goes back to its tile.</param>
    private async Task KeepAsync(string? left = null)
    {
        await Js.CallAsync(Assets["wall.js"], "keep", _filter.ToAddress(_opened));
        if (left is not null)
            await Js.CallAsync(Assets["wall.js"], "focus", $"[data-cab='{left}'] a");
    }

    private async Task ReloadAsync() => _facts = await WallFacts.LoadAsync(Scopes, _gone.Token);
}
