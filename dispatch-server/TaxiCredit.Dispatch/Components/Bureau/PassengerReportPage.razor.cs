using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>What an officer fills in about a passenger's report.</summary>
public sealed class ReviewInput
{
    /// <summary>Code of the driver whom it is about.</summary>
    public string? Driver { get; set; }

    /// <summary>Conduct code.</summary>
    public string? Code { get; set; }

    public string? Reason { get; set; }

    /// <summary>What the contact is needed for.</summary>
    public string? Purpose { get; set; }

    /// <summary>Version of the report that the form was drawn for.</summary>
    public Guid Version { get; set; }
}

/// <summary>A passenger's report with what came with it, and what may be done with it as it stands.</summary>
public sealed partial class PassengerReportPage
{
    private PassengerReport? _report;
    private ConductCode? _chosen;
    private List<ConductCode> _codes = [];
    private List<Shift> _shifts = [];
    private string? _suggested;
    private bool _hasPhoto;
    private bool _hasContact;
    private bool _hasCase;
    private string? _contact;
    private bool _isStale;

    /// <summary>What was to be done: key of its name.</summary>
    private string _step = "";

    [Parameter]
    public string Number { get; set; } = "";

    [SupplyParameterFromForm]
    private ReviewInput? Input { get; set; }

    [Inject]
    private ReportDesk Tools { get; init; } = null!;

    private string? DriverFault => Wrong("driver-unknown") is null ? null : T["Driver.Unknown"].Value;

    private string? CodeFault => Wrong("code-unknown", "code-unfit") is null ? null : T["Code.Choose"].Value;

    protected override async Task OnInitializedAsync()
    {
        Input ??= new();
        await LoadAsync();
        if (_report is null)
            Navigation.NotFound();
    }

    private async Task LoadAsync()
    {
        Operations.Db.ChangeTracker.Clear();
        if (await ReviewRules.FindAsync(Number, Operations.Db.PassengerReports.AsNoTracking(), Stop) is not { } found)
            return;

        _hasPhoto = await Operations.Db.ReportPhotos.AnyAsync(p => p.ReportId == found.Id, Stop);
        _hasContact = await Operations.Db.ReportContacts.AnyAsync(c => c.ReportId == found.Id, Stop);
        _hasCase = Person.May(Permission.ReadContact) && await ReadContact.HasCaseAsync(Person.Name, found, Operations, Stop);
        _shifts = await WhoDrove.ShiftsAsync(found, Operations, Stop);
        await Context.LookAsync([.. _shifts.Select(s => s.Driver.Code)]);
        _report = found;
        _suggested = _shifts.DistinctBy(s => s.DriverId).Count() == 1 ? _shifts[0].Driver.Code : null;
        if (Operations.Rulebooks.InForceOn(_report.ConductOn) is { Refusal: null, Value: { } rules })
        {
            _chosen = _report.Code is { } code ? rules.Find(code) : null;
            _codes = [.. rules.Codes.Where(code => code.Category == ConductCategory.Merit == (_report.Kind == CaseKind.Merit))];
        }
    }

    private async Task ReadContactAsync()
    {
        var read = await ReadContact.HandleAsync(Number, new(Person.Name, Input!.Purpose), Operations, Tools, Stop);
        if (read.Refusal is { } refusal)
            Refuse(refusal);
        else
            _contact = read.Value;
    }

    private async Task ReleaseAsync() =>
        await FinishAsync("Release", await ReleaseReport.HandleAsync(Number, new(Person.Name, Input!.Version), Operations, Stop));

    private async Task AssignAsync() =>
        await FinishAsync(
            "Assign",
            await AssignReport.HandleAsync(Number, new(Person.Name, Input!.Driver?.Trim() ?? "", Input.Code ?? "", Input.Version), Operations, Stop));

    private async Task RejectAsync() =>
        await FinishAsync("Reject", await RejectReport.HandleAsync(Number, new(Person.Name, Input!.Reason ?? "", Input.Version), Operations, Stop));

    /// <summary>Shows the report as it is now: afresh if it was done, next to what was typed if it was not.</summary>
    private async Task FinishAsync(string done, Outcome<PassengerReport> outcome)
    {
        if (outcome.Refusal is not { } refusal)
        {
            Navigation.NavigateTo($"/bureau/reports/{Number}");
            return;
        }

        // A driver who is not there is a fault of the field; the page is.
        Refuse(refusal.Code == "driver-unknown" ? refusal with { Status = StatusCodes.Status422UnprocessableEntity } : refusal);
        await LoadAsync();
        _step = done;
        _isStale = refusal.Code is "changed-meanwhile" or "report-out-of-step";
    }

    /// <summary>What was filled in, by the names of the fields.</summary>
    private IEnumerable<(string Name, string Value)> Typed() =>
        new (string Name, string? Value)[] { (D["Driver"].Value, Input!.Driver), (D["Conduct"].Value, Input.Code), (D["Reason"].Value, Input.Reason) }
            .Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => (field.Name, field.Value!));

    /// <summary>By the days alone where instants do not belong to the bureau's date.</summary>
    private string From(Shift shift) => Operations.IsCalendar
        ? FromTo(Words.Instant(shift.OnAt), shift.OffAt is { } off ? Words.Instant(off) : null)
        : FromTo(Words.Day(shift.OnDay), shift.OffDay is { } last ? Words.Day(last) : null);

    private string FromTo(string on, string? off) => off is null ? T["SignedOn.Since", on] : T["SignedOn.FromTo", on, off];
}
