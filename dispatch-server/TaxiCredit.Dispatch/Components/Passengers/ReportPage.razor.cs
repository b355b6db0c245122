using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using TaxiCredit.Dispatch.Features.Passengers;
using TaxiCredit.Dispatch.Features.Passengers.Checks;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Photos;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Passengers;

/// <summary>
/// Two screens of one form: what is to be told, and the answers to check. Each screen has an address of its own and is drawn from a
/// <see cref="ReportDraft"/>; what is posted holds everything by itself, so that a form whose draft is gone can still be sent.
/// </summary>
public sealed partial class ReportPage
{
    private const int Steps = 2;
    private const string Onward = "on";
    private const string Backward = "back";

    /// <summary>In the address of the first screen: it is shown again because of its faults.</summary>
    private const string WrongFields = "fields";

    private static readonly ReportField[][] Fields =
    [
        [ReportField.Kind, ReportField.Conduct, ReportField.Account, ReportField.Day, ReportField.Hour, ReportField.Place],
        [ReportField.Photo, ReportField.Contact],
    ];

    private CabLight? _cab;
    private FormReader _reader = null!;
    private int _step = 1;
    private Guid _submission = Guid.NewGuid();
    private bool _hasLostPhoto;
    private string? _notice;
    private string? _sentAs;
    private List<(ReportField Field, string Told)> _shown = [];

    [Parameter]
    public string Code { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "step")]
    public string? Screen { get; set; }

    /// <summary><see cref="WrongFields"/>, or what is wrong with the photo.</summary>
    [SupplyParameterFromQuery]
    public string? Wrong { get; set; }

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
    private ReportDrafts Drafts { get; set; } = null!;

    [Inject]
    private FormLimit Limit { get; set; } = null!;

    [Inject]
    private IAntiforgery Antiforgery { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        // What was typed is nobody's who gets the phone next.
        Context.Response.Headers.CacheControl = "no-store";
        _reader = FormReader.At(Operations, Tools.Settings);
        _cab = await Cabs.FindAsync(Code, Operations.Db, Context.RequestAborted);
        if (_cab is null)
        {
            Navigation.NotFound();
            return;
        }

        _step = (Step ?? Screen) == "2" ? 2 : 1;
        if (Form is null)
        {
            Resume(Drafts.Find(Context, _cab.Code));
            return;
        }

        FormReader.Tidy(Form);
        if (Guid.TryParse(Submission, out var sent))
            _submission = sent;
        // Until it is known what comes of it; only a whole form is there to be checked.
        if (_step > 1 && FaultsOf(1).Count > 0)
            _step = 1;
    }

    /// <summary>Goes on with what is kept. By default it is about this ride: today, at this hour.</summary>
    private void Resume(ReportDraft? draft)
    {
        Form = draft?.Form ?? new ReportForm
        {
            Day = $"{Operations.Today:yyyy-MM-dd}",
            Hour = BureauTime.InCity(Operations.Now).Hour.ToString(CultureInfo.InvariantCulture),
        };
        Form.Kind = Kind;
        _submission = draft?.Submission ?? _submission;
        if (Kind is not ("complaint" or "praise"))
            return;
        if (_step > 1 && FaultsOf(1).Count > 0)
            Navigation.NavigateTo(AddressOf(1, draft is null ? null : WrongFields));
        else if (_step == 1 && Wrong == WrongFields)
            _shown = FaultsOf(1);
        else if (_step > 1 && Enum.TryParse<PhotoFault>(Wrong, out var fault) && Enum.IsDefined(fault))
            _shown = [(ReportField.Photo, Words.Of(fault))];
    }

    private async Task SendAsync()
    {
        if (_cab is null)
            return;
        if (Limit.Take(CallerAddress.Of(Context)) is { } wait)
        {
            Context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            ShowAgain(StatusCodes.Status429TooManyRequests, T["NotSent.TooMany"]);
        }
        else if (!await Antiforgery.IsRequestValidAsync(Context))
            ShowAgain(StatusCodes.Status400BadRequest, T["NotSent.Stale"]);
        else if (Go == Backward)
            Turn(1);
        // Later screens cannot be wrong yet; a wrong value of an earlier screen was tampered with, so that screen is shown again.
        else if (FaultsOf(1) is { Count: > 0 } wrong)
            Turn(1, wrong, WrongFields);
        else if (_step < Steps)
            Turn(_step + 1);
        else if (FaultsOf(Steps) is { Count: > 0 } last)
            Turn(Steps, last);
        else
            await SubmitAsync(_reader.Read(Form));
    }

    private async Task SubmitAsync(ReportContent content)
    {
        var (jpeg, fault) = await Photos.ReadAsync(Photo, Context.RequestAborted);
        if (fault is { } wrong)
        {
            Turn(Steps, [(ReportField.Photo, Words.Of(wrong))], $"{wrong}");
            return;
        }

        var sent = await SubmitReport.HandleAsync(
            new(_cab!.Code, _submission, content, jpeg, CallerAddress.Of(Context)), Operations, Tools, Context.RequestAborted);
        if (sent.Refusal is { } refused)
        {
            // What differs from what was sent is a report of its own, if it is sent once more.
            _submission = Guid.NewGuid();
            _sentAs = refused.Facts?.GetValueOrDefault(SubmitReport.SentAs) as string;
            ShowAgain(refused.Status, Words.Of(refused));
            return;
        }

        ReportDrafts.Drop(Context, _cab.Code);
        Navigation.NavigateTo($"/receipt/{Features.Roster.ShortCode.Grouped(sent.Value.Receipt)}?sent=1");
    }
}
