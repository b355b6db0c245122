namespace TaxiCredit.Dispatch.CommandLine;

/// <summary>Who is at the command line, for the audit log: the system's user. No actor and no driver can be called that: their names have no colon.</summary>
internal static class SystemUser
{
    public static string Name => $"system:{Environment.UserName}";
}
