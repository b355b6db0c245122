using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>Where a driver belonged when, and the forms that change it.</summary>
public partial class DriverLifePage
{
    private static readonly string[] AtCab = ["cab-missing", "cab-unknown", "character-unfit", "plate-ambiguous", "membership-same"];

    private static readonly string[] AtDay = ["membership-day", "membership-closed", "membership-shifts"];

    private static readonly string[] AtReason = ["membership-reason"];

    private static readonly string[] AtName = ["name-length", "character-unfit", "name-same"];

    private static readonly string[] AtFields = [.. AtCab, .. AtDay, .. AtReason, .. AtName];

    private Driver? _driver;
    private List<MembershipLine> _times = [];
    private List<MembershipChange> _changes = [];
    private LastChange? _change;

    /// <summary>The form that was answered, and refused or not.</summary>
    private string? _answered;

    private string? _done;

    /// <summary><c>on</c> or <c>off</c> the register; <c>ahead</c> for a driver who is on it and will move or leave.</summary>
    private string _state = "on";

    [Parameter]
    public string Code { get; set; } = "";

    [SupplyParameterFromForm(FormName = "move")]
    private string? Cab { get; set; }

    [SupplyParameterFromForm(FormName = "move")]
    private string? On { get; set; }

    [SupplyParameterFromForm(FormName = "move")]
    private string? Reason { get; set; }

    [SupplyParameterFromForm(FormName = "rename")]
    private string? NewName { get; set; }

    [SupplyParameterFromForm(FormName = "rename")]
    private string? RenameReason { get; set; }

    [SupplyParameterFromForm(FormName = "leave")]
    private string? LeaveOn { get; set; }

    [SupplyParameterFromForm(FormName = "leave")]
    private string? LeaveReason { get; set; }

    [SupplyParameterFromForm(FormName = "return")]
    private string? ReturnCab { get; set; }

    [SupplyParameterFromForm(FormName = "return")]
    private string? ReturnOn { get; set; }

    [SupplyParameterFromForm(FormName = "return")]
    private string? ReturnReason { get; set; }

    [SupplyParameterFromForm(FormName = "undo")]
    private string? UndoReason { get; set; }

    private bool IsPlanned => _change?.On > Operations.Today;

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        Operations.Db.ChangeTracker.Clear();
        _driver = await Operations.Db.Drivers.AsNoTracking().SingleOrDefaultAsync(d => d.Code == Code, Stop);
        if (_driver is not { Id: var id })
        {
            Refuse(RosterRules.NoDriver(Code));
            return;
        }

        var rows = await Operations.Db.Memberships.AsNoTracking().Include(m => m.Team).Include(m => m.Cab).Where(m => m.DriverId == id)
            .OrderByDescending(m => m.JoinedOn).ToListAsync(Stop);
        _times = rows.ConvertAll(MembershipLine.Of);
        _change = LastChange.Of(rows[0], rows.ElementAtOrDefault(1));
        _state = !rows.Exists(m => m.JoinedOn <= Operations.Today && !(m.LeftOn <= Operations.Today)) ? "off" : IsPlanned ? "ahead" : "on";
        _changes = await MembershipChange.OfAsync(Code, Operations, Stop);
    }

    /// <summary>What was refused at a field of a form; two forms have fields for the same.</summary>
    private string? At(string form, string[] rules) => _answered == form ? Wrong(rules) : null;

    private async Task MoveAsync() =>
        await AnswerAsync("move", await MoveDriver.HandleAsync(Code, new(Caller.Acting!, Cab ?? "", Reason ?? "", DayOf(On)), Operations, Months, Stop));

    private async Task RenameAsync() =>
        await AnswerAsync("rename", await RenameDriver.HandleAsync(Code, new(Caller.Acting!, NewName ?? "", RenameReason ?? ""), Operations, Stop));

    private async Task LeaveAsync() =>
        await AnswerAsync("leave", await EndMembership.HandleAsync(Code, new(Caller.Acting!, LeaveReason ?? "", DayOf(LeaveOn)), Operations, Months, Stop));

    private async Task ReturnAsync() => await AnswerAsync(
        "return",
        await RenewMembership.HandleAsync(Code, new(Caller.Acting!, ReturnCab ?? "", ReturnReason ?? "", DayOf(ReturnOn)), Operations, Months, Stop));

    private async Task UndoAsync() =>
        await AnswerAsync("undo", await UndoMembership.HandleAsync(Code, new(Caller.Acting!, UndoReason ?? ""), Operations, Stop));

    private async Task AnswerAsync<T>(string form, Outcome<T> answer)
    {
        _answered = form;
        if (answer.Refusal is { } refusal)
            // A cab that is not there is a fault of the field; the page itself is there.
            Refuse(AtCab.Contains(refusal.Code) || AtName.Contains(refusal.Code)
                ? refusal with { Status = StatusCodes.Status422UnprocessableEntity }
                : refusal);
        else
            Clear(form);
        await LoadAsync();
    }

    private void Clear(string done)
    {
        (_done, Cab, On, Reason, LeaveOn, LeaveReason) = (done, null, null, null, null, null);
        (ReturnCab, ReturnOn, ReturnReason, UndoReason) = (null, null, null, null);
        (NewName, RenameReason) = (null, null);
    }
}
