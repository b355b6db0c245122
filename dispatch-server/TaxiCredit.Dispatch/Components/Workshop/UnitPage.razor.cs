using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Workshop;

/// <summary>What can be done with a unit; each form has fields of its own, so that labels find theirs.</summary>
public sealed partial class UnitPage
{
    /// <summary>Refusals that are shown next to a field.</summary>
    private static readonly string[] AtFields =
    [
        "display-id-malformed", "display-taken", "display-not-in-stock", "epochs-used-up", "rest-unknown", "unit-reason-length", "cab-unknown",
        "cab-has-display",
    ];

    private UnitLine? _unit;
    private List<PlacementLine> _before = [];
    private UnitConfig? _issued;
    private string? _posted;

    [Parameter]
    public string Code { get; set; } = "";

    [SupplyParameterFromForm(FormName = "replace")]
    private string? NewId { get; set; }

    [SupplyParameterFromForm(FormName = "replace")]
    private string? OldTo { get; set; }

    [SupplyParameterFromForm(FormName = "replace")]
    private string? OldReason { get; set; }

    [SupplyParameterFromForm(FormName = "out")]
    private string? To { get; set; }

    [SupplyParameterFromForm(FormName = "out")]
    private string? Reason { get; set; }

    [SupplyParameterFromForm(FormName = "move")]
    private string? ToCab { get; set; }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _unit = await UnitLine.Query(Operations.Db, Code).SingleOrDefaultAsync(Stop);
        _before = await PlacementLine.Query(Operations.Db, Code).ToListAsync(Stop);
        if (_unit is null)
            Refuse(DisplayRules.Unknown(Code));
    }

    /// <summary>What is wrong with a field of a form, if that form was posted.</summary>
    private string? At(string form, params string[] rules) => _posted == form ? Wrong(rules) : null;

    private async Task ReplaceAsync()
    {
        var command = new ReplaceDisplay(Caller.Acting!, NewId?.Trim(), OldTo, OldReason);
        await ShowFileAsync("replace", await ReplaceDisplay.HandleAsync(Code, command, Operations, Displays, Stop));
    }

    private async Task RenewAsync() => await ShowFileAsync("renew", await RekeyDisplay.HandleAsync(Code, new(Caller.Acting!), Operations, Displays, Stop));

    private async Task TakeOutAsync() =>
        await ShowAsync("out", (await TakeOutDisplay.HandleAsync(Code, new(Caller.Acting!, To, Reason), Operations, Stop)).Refusal);

    private async Task MoveAsync() =>
        await ShowAsync("move", (await MoveDisplay.HandleAsync(Code, new(Caller.Acting!, ToCab?.Trim()), Operations, Stop)).Refusal);

    private async Task RotateAsync() =>
        await ShowAsync("rotate", (await RotateKeys.HandleAsync(Code, new(Caller.Acting!), Operations, Displays, Stop)).Refusal);

    /// <summary>The file is in this answer and nowhere else.</summary>
    private async Task ShowFileAsync(string form, Outcome<UnitConfig> issued)
    {
        if (issued.Refusal is null)
            _issued = issued.Value;
        else
            await ShowAsync(form, issued.Refusal);
        await LoadAsync();
    }

    private async Task ShowAsync(string form, Refusal? refusal)
    {
        _posted = form;
        if (refusal is null)
        {
            Navigation.NavigateTo($"/bureau/units/{Code}");
            return;
        }

        Refuse(UnitsPage.AsOfAField(refusal));
        await LoadAsync();
    }
}
