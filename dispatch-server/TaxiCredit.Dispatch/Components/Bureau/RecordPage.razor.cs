using System.Globalization;
using Microsoft.AspNetCore.Components;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Desk;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Operations.Reads;
using TaxiCredit.Scoring.Rulebooks;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>What an officer types about a call, a decision or a merit, as it was typed.</summary>
public sealed class RecordInput
{
    /// <summary>New with each form that is drawn, the same when it is sent again: a second press records nothing twice.</summary>
    public string? Key { get; set; }

    public string? Kind { get; set; }

    /// <summary>Plate, licence number, code or name.</summary>
    public string? Who { get; set; }

    public string? Day { get; set; }

    public string? Hour { get; set; }

    public string? Conduct { get; set; }

    public string? Merit { get; set; }

    /// <summary>Infringements: authority and number.</summary>
    public string? Decision { get; set; }

    /// <summary>Merits: what certifies it.</summary>
    public string? Certificate { get; set; }

    public string? Place { get; set; }

    public string? Account { get; set; }

    public string? Contact { get; set; }

    /// <summary>What was looked for when the drivers to choose from were shown.</summary>
    public string? For { get; set; }

    /// <summary>Code of driver and cab of the one who was chosen.</summary>
    public string? Choice { get; set; }
}

/// <summary>
/// Records what came by telephone, over the counter or from an authority. The first press looks the driver up, the second records: nobody is accused whom the
/// officer has not seen by name.
/// </summary>
public sealed partial class RecordPage
{
    private static readonly CaseKind[] Kinds = [CaseKind.Complaint, CaseKind.Infringement, CaseKind.Merit];

    /// <summary>The field next to which a refusal is shown; one that is not listed is shown above the form.</summary>
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["who-length"] = "Who", ["nobody-drove"] = "Who", ["nobody-found"] = "Who", ["many-drivers"] = "Who", ["plate-ambiguous"] = "Who",
        ["driver-unknown"] = "Who",
        ["conduct-in-future"] = "Day", ["no-rulebook"] = "Day", ["hour-out-of-range"] = "Hour", ["code-unknown"] = "Conduct", ["code-unfit"] = "Conduct",
        ["place-length"] = "Place", ["account-length"] = "Account", ["call-account-length"] = "Account", ["contact-length"] = "Contact",
        ["authority-unfit"] = "Authority",
    };

    private readonly Dictionary<string, string> _wrong = [];
    private List<IGrouping<ConductCategory, ConductCode>> _deductions = [];
    private List<ConductCode> _merits = [];
    private List<SoughtDriver> _found = [];

    [SupplyParameterFromForm]
    private RecordInput? Input { get; set; }

    /// <summary><c>/bureau/record?kind=merit</c>.</summary>
    [SupplyParameterFromQuery(Name = "kind")]
    private string? Asked { get; set; }

    [Inject]
    private ReportDesk Tools { get; init; } = null!;

    [Inject]
    private Parts.Words Told { get; init; } = null!;

    private CaseKind Kind => Kinds.FirstOrDefault(kind => $"{kind}".Equals(Input!.Kind ?? Asked, StringComparison.OrdinalIgnoreCase));

    private string? Code => Kind == CaseKind.Merit ? Input!.Merit : Input!.Conduct;

    private string? Authority => Kind switch { CaseKind.Infringement => Input!.Decision, CaseKind.Merit => Input!.Certificate, _ => null };

    protected override void OnInitialized()
    {
        base.OnInitialized();
        Input ??= new() { Day = TypedToday };
        Input.Key ??= $"{Guid.NewGuid():N}";
        var codes = Operations.Rulebooks.InForceOn(Operations.Today).Value.Codes;
        _merits = [.. codes.Where(code => code.Category == ConductCategory.Merit)];
        _deductions = [.. codes.Except(_merits).GroupBy(code => code.Category).OrderBy(group => group.Key)];
    }

    private static string ChoiceOf(SoughtDriver one) => $"{one.Driver} {one.Cab}";

    private async Task RecordAsync()
    {
        var day = DayOf(Input!.Day);
        // What is no number is no hour of the day either, and is refused as one.
        int? hour = string.IsNullOrEmpty(Input.Hour) ? null : int.TryParse(Input.Hour, CultureInfo.InvariantCulture, out var known) ? known : -1;
        Require("Day", day == default ? null : Input.Day, "Missing.Day");
        Require("Conduct", Code, "Missing.Conduct");
        Require("Place", Input.Place, "Missing.Place");
        Require("Account", Input.Account, "Missing.Account");
        if (Kind == CaseKind.Infringement)
            Require("Authority", Authority, "Missing.Decision");
        if (Kind == CaseKind.Merit)
            Require("Authority", Authority, "Missing.Certificate");
        var chosen = day == default ? null : await ChooseAsync(day, hour);
        if (chosen is not null && _wrong.Count == 0)
            await RecordAsync(chosen, day, hour);
    }

    private void Require(string field, string? typed, string missing)
    {
        if (string.IsNullOrWhiteSpace(typed))
            _wrong[field] = T[missing];
    }

    /// <summary>Who is meant, once the officer has seen them: found for what stands in the form now, and confirmed.</summary>
    private async Task<SoughtDriver?> ChooseAsync(DateOnly day, int? hour)
    {
        var found = await SeekDriver.FindAsync(new(Input!.Who, day, hour), Operations, Stop);
        if (found.Refusal is { } refusal)
        {
            _wrong[Fields.GetValueOrDefault(refusal.Code, "")] = Told.Of(refusal);
            return null;
        }

        await Context.LookAsync([.. found.Value.Select(one => one.Driver)]);
        _found = found.Value;
        var (asked, isShown) = ($"{Input.Who} {Input.Day} {Input.Hour}", Input.For == $"{Input.Who} {Input.Day} {Input.Hour}");
        Input.For = asked;
        var chosen = isShown ? _found.Find(one => ChoiceOf(one) == Input.Choice) : null;
        if (isShown && chosen is null)
            _wrong["Found"] = "";
        Input.Choice = (chosen ?? (_found.Count == 1 ? _found[0] : null)) is { } one ? ChoiceOf(one) : null;
        return chosen;
    }

    private async Task RecordAsync(SoughtDriver chosen, DateOnly day, int? hour)
    {
        Outcome<Case> recorded;
        if (Kind == CaseKind.Complaint)
        {
            var contact = string.IsNullOrWhiteSpace(Input!.Contact) ? null : Input.Contact;
            var taken = await TakeCall.HandleAsync(
                new(Person.Name, chosen.Driver, Code!, day, Input.Place!, Input.Account!, hour, chosen.Cab, contact), Operations, Tools, Stop, Input.Key);
            recorded = taken.Refusal is { } untaken ? untaken : taken.Value.Case!;
        }
        else
        {
            recorded = await RecordCase.HandleAsync(
                new(Person.Name, Kind, chosen.Driver, Code!, day, Input!.Place!, Input.Account!, hour, Authority: Authority), Operations, Stop, Input.Key);
        }

        if (recorded.Refusal is { } refusal)
            _wrong[Fields.GetValueOrDefault(refusal.Code, "")] = Told.Of(refusal);
        else
            Navigation.NavigateTo($"/bureau/record/{recorded.Value.Number}");
    }
}
