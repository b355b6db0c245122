using System.Globalization;
using Microsoft.AspNetCore.Components;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Bureau;

/// <summary>What the bureau's pages share: who works at which context, and what was refused.</summary>
public abstract class BureauPage : ComponentBase
{
    /// <summary>Far beyond any list, and small enough to count its lines.</summary>
    private const int MaxPage = 1_000_000;

    [Inject]
    private protected OperationContext Operations { get; init; } = null!;

    [Inject]
    private protected Caller Caller { get; init; } = null!;

    [Inject]
    private protected NavigationManager Navigation { get; init; } = null!;

    [CascadingParameter]
    private protected HttpContext Context { get; set; } = null!;

    private protected CancellationToken Stop => Context.RequestAborted;

    /// <summary>Whom the page was drawn for; the page admits nobody else.</summary>
    private protected Person Person => Caller.Current!;

    private protected Refusal? Refused { get; private set; }

    /// <summary>Name of the form that was posted and is not answered yet.</summary>
    private string? Posted { get; set; }

    [Inject]
    private Words Language { get; init; } = null!;

    protected override void OnInitialized() =>
        Posted = HttpMethods.IsPost(Context.Request.Method) && Context.Request.HasFormContentType ? (string?)Context.Request.Form["_handler"] : null;

    /// <summary>
    /// Whether a form is drawn: as long as its time is, and until it is answered when it comes too late. A form that is not drawn has no handler to
    /// say what has changed in the meantime.
    /// </summary>
    private protected bool Offers(string form, bool isItsTime) => isItsTime || Posted == form;

    /// <summary>Page of a list that an address asks for; the first where it is no page.</summary>
    private protected static int PageOf(string? asked) =>
        int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, MaxPage) : 1;

    /// <summary>A day as a field for days gives it. What is no day lies before every other, and is refused as that.</summary>
    private protected static DateOnly DayOf(string? typed) =>
        DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : default;

    /// <summary>Today, as a field for days takes it.</summary>
    private protected string TypedToday => Operations.Today.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Keeps why something was not done. What is wrong with a field is told on the same page; a right or a state tells its status.</summary>
    private protected void Refuse(Refusal refusal)
    {
        (Refused, Posted) = (refusal, null);
        if (refusal.Status is StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound or StatusCodes.Status409Conflict)
            Context.Response.StatusCode = HttpMethods.IsPost(Context.Request.Method) ? StatusOf(refusal) : refusal.Status;
    }

    /// <summary>What a form names and is not there is no missing page: one would be drawn in the place of this, without what was typed.</summary>
    private static int StatusOf(Refusal refusal) =>
        refusal.Status == StatusCodes.Status404NotFound ? StatusCodes.Status422UnprocessableEntity : refusal.Status;

    /// <summary>What was refused, in the reader's language, if by one of these rules: to be shown next to the field that it is about.</summary>
    private protected string? Wrong(params string[] rules) => Refused is { } refusal && rules.Contains(refusal.Code) ? Language.Of(refusal) : null;
}
