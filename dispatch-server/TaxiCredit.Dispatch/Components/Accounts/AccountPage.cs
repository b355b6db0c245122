using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using TaxiCredit.Dispatch.Components.Parts;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Accounts;

/// <summary>What the pages of accounts share: at whose context they work, and what was refused.</summary>
public abstract class AccountPage : ComponentBase
{
    [Inject]
    private protected OperationContext Operations { get; init; } = null!;

    [Inject]
    private protected Caller Caller { get; init; } = null!;

    [Inject]
    private protected Sessions Sessions { get; init; } = null!;

    [Inject]
    private protected UserManager<Account> Accounts { get; init; } = null!;

    [Inject]
    private protected SignInThrottle Throttle { get; init; } = null!;

    [Inject]
    private protected NavigationManager Navigation { get; init; } = null!;

    [CascadingParameter]
    private protected HttpContext Context { get; set; } = null!;

    private protected string Source => CallerAddress.Of(Context);

    private protected CancellationToken Stop => Context.RequestAborted;

    private protected Refusal? Refused { get; set; }

    [Inject]
    private Words Language { get; init; } = null!;

    /// <summary>What was refused, in the reader's language, if by one of these rules: to be shown next to the field that it is about.</summary>
    private protected string? Wrong(params string[] rules) => Refused is { } refusal && rules.Contains(refusal.Code) ? Language.Of(refusal) : null;

    /// <summary>Sends whoever must show the second factor again to the page for that, and from there back.</summary>
    private protected void AskAgain(string back) => Navigation.NavigateTo(AccountEndpoints.ToProveAgain(back));

    /// <summary>Signs in at this browser.</summary>
    private protected Task BeginAsync(string name, bool isProven, string means) =>
        BeginSession.HandleAsync(new(name, isProven, means), Context, Operations, Sessions, Stop);
}
