using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Components.Access;

/// <summary>Refuses a file that a page links to: no body, so that the page of that status is drawn in its place and tells why.</summary>
internal sealed class RefusedPage(Refusal refusal) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Items[typeof(RefusedPage)] = refusal;
        httpContext.Response.StatusCode = refusal.Status;
        return Task.CompletedTask;
    }

    public static Refusal? In(HttpContext context) => context.Items[typeof(RefusedPage)] as Refusal;
}
