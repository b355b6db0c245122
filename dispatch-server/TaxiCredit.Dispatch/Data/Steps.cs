using System.Diagnostics;

namespace TaxiCredit.Dispatch.Data;

/// <summary>
/// Tells listeners in this process how far its work has come, by <see cref="DiagnosticListener"/> <c>TaxiCredit.Dispatch</c>: a trace, or
/// a test that ends the process at just this place. Nobody listens unless something was loaded into the process to do so.
/// </summary>
internal static class Steps
{
    /// <summary>Everything is written, and the commit is next.</summary>
    public const string Committing = "committing";

    public const string Committed = "committed";

    /// <summary>A driver's entries were read and tallied, and nothing of it is stored yet.</summary>
    public const string DriverTallied = "driver-tallied";

    /// <summary>The shifts of a whole city are about to be counted again.</summary>
    public const string ShiftsCounted = "shifts-counted";

    /// <summary>A digest over the ratings of a close is about to be computed.</summary>
    public const string DigestTaken = "digest-taken";

    /// <summary>Messages of the outbox are about to be sent.</summary>
    public const string Sending = "sending";

    private static readonly DiagnosticListener Listener = new("TaxiCredit.Dispatch");

    public static void Tell(string step)
    {
        if (Listener.IsEnabled(step))
            Listener.Write(step, null);
    }
}
