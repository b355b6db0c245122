using Microsoft.AspNetCore.Components;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Passengers;

/// <summary>
/// Three screens of one form. What was typed travels with the form, in hidden fields, so that nothing is kept on either side until it is sent,
/// and a form that is sent twice is one report.
/// </summary>
public sealed partial class ReportPage
{
    private const int Steps = 3;
    private const string Onward = "on";
    private const string Backward = "back";

    private static readonly ReportField[][] Fields =
    [
        [ReportField.Kind, ReportField.Conduct, ReportField.Account],
        [ReportField.Day, ReportField.Hour, ReportField.Place],
        [ReportField.Photo, ReportField.Contact],
    ];

    private CabLight? _cab;
    private FormReader _reader = null!;
    private int _step = 1;
    private Guid _submission = Guid.NewGuid();
    private bool _isRepeated;
    private List<(ReportField Field, string Told)> _shown = [];

    [Parameter]
    public string Code { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromForm(FormName = "report")]
    public ReportForm Form { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "report")]
    public string? Step { get; set; }

    [SupplyParameterFromForm(FormName = "report")]
    public string? Submission { get; set; }

    [SupplyParameterFromForm(FormName = "report")]
    public string? Go { get; set; }

    [SupplyParameterFromForm(FormName = "report")]
    public IFormFile? Photo { get; set; }

    [Inject]
    private OperationContext Operations { get; set; } = null!;

    [Inject]
    private ReportDesk Tools { get; set; } = null!;

    [Inject]
    private PhotoReader Photos { get; set; } = null!;

    [Inject]
    private CabLights Cabs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _reader = FormReader.At(Operations, Tools.Settings);
        // By default it is about this ride: today, at this hour.
        Form ??= new ReportForm { Kind = Kind, Day = $"{Operations.Today:yyyy-MM-dd}", Hour = $"{BureauTime.InCity(Operations.Now).Hour}" };
        if (Guid.TryParse(Submission, out var sent))
            _submission = sent;
        _step = Step switch { "2" => 2, "3" => 3, _ => 1 };
        _cab = await Cabs.FindAsync(Code, Operations.Db, Context.RequestAborted);
        if (_cab is null)
            Navigation.NotFound();
    }

    private async Task SendAsync()
    {
        if (_cab is null)
            return;
        if (Go == Backward)
        {
            _step = Math.Max(1, _step - 1);
            return;
        }

        var faults = _reader.FaultsOf(Form);
        // Later screens cannot be wrong yet; a wrong value of an earlier screen was tampered with, so that screen is shown again.
        if (Enumerable.Range(1, _step).FirstOrDefault(number => Fields[number - 1].Any(faults.ContainsKey)) is > 0 and var wrong)
            Show(wrong, faults.Where(fault => Fields[wrong - 1].Contains(fault.Key)).OrderBy(fault => fault.Key)
                .Select(fault => (fault.Key, Told(fault.Key, fault.Value))));
        else if (_step < Steps)
            _step++;
        else
            await SubmitAsync(_reader.Read(Form));
    }

    private async Task SubmitAsync(ReportContent content)
    {
        var (jpeg, fault) = await Photos.ReadAsync(Photo, Context.RequestAborted);
        if (fault is { } wrong)
        {
            Show(Steps, [(ReportField.Photo, Words.Of(wrong))]);
            return;
        }

        var sent = await SubmitReport.HandleAsync(
            new(_cab!.Code, _submission, content, jpeg, CallerAddress.Of(Context)), Operations, Tools, Context.RequestAborted);
        Navigation.NavigateTo($"/receipt/{ShortCode.Grouped(sent.Value.Receipt)}?sent=1");
    }

    private void Show(int wrong, IEnumerable<(ReportField, string)> told)
    {
        _step = wrong;
        _isRepeated = true;
        _shown = [.. told];
    }

    /// <summary>Id of the field's control.</summary>
    private static string IdOf(ReportField field) => field.ToString().ToLowerInvariant();

    private string? FaultOf(ReportField field) => _shown.Where(fault => fault.Field == field).Select(fault => fault.Told).FirstOrDefault();

    private string Told(ReportField field, ReportFault fault) => (field, fault) switch
    {
        (ReportField.Kind or ReportField.Conduct, _) => T[$"Fault.{field}"],
        (ReportField.Account, ReportFault.TooLong) =>
            T[$"Fault.{field}.{fault}", Words.Count(Form.Account!.Length), Words.Count(PassengerReport.LongestAccount)],
        (ReportField.Place, ReportFault.TooLong) => T[$"Fault.{field}.{fault}", Words.Count(Form.Place!.Length), Words.Count(PassengerReport.LongestPlace)],
        (ReportField.Contact, ReportFault.TooLong) => T[$"Fault.{field}.{fault}", Words.Count(Form.Contact!.Length), Words.Count(ReportContact.Longest)],
        (ReportField.Day, ReportFault.TooLongAgo) => T[$"Fault.{field}.{fault}", _reader.LongestAgoDays],
        _ => T[$"Fault.{field}.{fault}"],
    };

    /// <summary>What the other screens ask for, as typed so far.</summary>
    private IEnumerable<(string Name, string? Value)> Carried() => new (ReportField Field, string? Value)[]
        {
            (ReportField.Conduct, Form.Conduct), (ReportField.Account, Form.Account), (ReportField.Day, Form.Day),
            (ReportField.Hour, Form.Hour), (ReportField.Place, Form.Place), (ReportField.Contact, Form.Contact),
        }
        .Where(field => field.Value is not null && !Fields[_step - 1].Contains(field.Field))
        .Select(field => (field.Field.ToString(), field.Value));
}
