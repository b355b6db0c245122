using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>
/// A person signs in at this browser, in place of the person who was signed in there. No permission covers it: the caller has checked what
/// the person has shown.
/// </summary>
/// <param name="IsProven">As <see cref="Session.IsProven"/>.</param>
/// <param name="Means">What was shown, for the audit log: <c>password</c>, <c>passkey</c>, <c>directory</c>.</param>
internal sealed record BeginSession(string Name, bool IsProven, string Means)
{
    public static async Task HandleAsync(BeginSession command, HttpContext http, OperationContext context, Sessions sessions, CancellationToken stop)
    {
        var begun = await context.RunWithoutPermissionAsync<Session>("sign-in", command.Name, async () =>
            Done.With(await sessions.AddAsync(http, command.Name, command.IsProven, stop), command.Name, command.Means), stop);
        await Sessions.SendCookieAsync(http, begun.Value);
    }
}

/// <summary>A person ends the session at this browser. No permission covers it: anyone who is signed in may sign out.</summary>
internal sealed record SignOut(string Name, Guid Session)
{
    public static Task HandleAsync(SignOut command, OperationContext context, Sessions sessions, CancellationToken stop) =>
        context.RunWithoutPermissionAsync<string>("sign-out", command.Name, async () =>
        {
            await sessions.EndAsync(command.Session, stop);
            return Done.With(command.Name, command.Name);
        }, stop);
}
