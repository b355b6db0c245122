using Microsoft.EntityFrameworkCore;
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
        {
            var session = await sessions.AddAsync(http, command, await NewsAfterAsync(command, context, stop), stop);
            if (command.IsProven)
                await ForgetFailuresAsync(command.Name, context, stop);
            session.HasNews = (await SignInNews.OfAsync(command.Name, session.NewsAfter, context.Now, context.Db, stop)).Count > 0;
            return Done.With(session, command.Name, command.Means);
        }, stop);
        await Sessions.SendCookieAsync(http, begun.Value);
    }

    private static async Task<long> NewsAfterAsync(BeginSession command, OperationContext context, CancellationToken stop) =>
        await context.People.FindAsync(command.Name, context.Db, stop) is { } person
            ? await SignInNews.LastSignInAsync(person, context.Db, stop)
            : 0;

    /// <summary>More than the password was shown: the sign-in is finished.</summary>
    private static Task<int> ForgetFailuresAsync(string name, OperationContext context, CancellationToken stop) =>
        context.Db.Set<Account>().Where(a => a.UserName == name).ExecuteUpdateAsync(
            row => row.SetProperty(a => a.CodeFailures, 0).SetProperty(a => a.CodeNotBefore, (DateTimeOffset?)null), stop);
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
