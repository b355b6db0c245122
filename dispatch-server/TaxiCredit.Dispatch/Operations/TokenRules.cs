namespace TaxiCredit.Dispatch.Operations;

/// <summary>What holds for whoever comes with an API token, before it is asked who that is.</summary>
internal static class TokenRules
{
    /// <summary>Header that names the person for whom a token records.</summary>
    public const string Header = "Act-For";

    /// <summary>Detail of an audit line, with the token where it is not the actor itself: both names are on record.</summary>
    public static string Through(Person person, string detail) =>
        person.Token is { } token && token.Actor != person.Name ? $"{detail} by {token.Actor}".TrimStart() : detail;

    /// <summary>Why the token that was shown does not do for this; null for a person who came without one.</summary>
    public static Refusal? FindFault(Acting acting, Permission permission)
    {
        if (acting.Token is not { } token)
            return null;
        if (Permissions.ScopeOf(permission) is not { } scope)
        {
            return Refusal.Forbidden(
                "person-needed", "No token does this; a person does, with the session of their browser.");
        }

        if (!token.Scopes.Contains(scope))
            return Refusal.Forbidden("scope-lacking", $"The token '{token.Name}' lacks the scope '{scope.NameOf()}'; an admin can make one that has it.");
        if (acting.Name == token.Actor)
            return null;
        if (!token.Scopes.Contains(Scope.ActFor))
        {
            return Refusal.Forbidden(
                "act-for-lacking", $"The token '{token.Name}' names '{acting.Name}', but it lacks the scope '{Scope.ActFor.NameOf()}'; it acts as itself.");
        }

        return Permissions.IsRecording(permission)
            ? null
            : Refusal.Forbidden("act-for-recording-only", $"A token names a person for what that person recorded, and for nothing else; leave out {Header}.");
    }

}
