namespace TaxiCredit.Dispatch.Operations.Reads;

/// <summary>Somebody was shown what the files of drivers hold.</summary>
/// <param name="At">System time, before anything was shown.</param>
/// <param name="Actor">As the audit log names who acts: a person, <c>token:NAME</c>, or <see cref="Looks.Visitor"/>.</param>
/// <param name="Subject">Code of the driver; <see cref="Looks.Several"/> for a list.</param>
/// <param name="Where">Pattern of the address, <c>/bureau/cases/{number}</c>; of a list also the codes of those in it. Nothing of what was shown.</param>
internal sealed record Look(DateTimeOffset At, string Actor, string Subject, string Where);

/// <summary>What was to be shown cannot be put on record, and is therefore not shown.</summary>
internal sealed class LookNotRecordedException() : Exception("A look at a file could not be put on record.");

/// <summary>Puts on record who is shown a named person's file, before they are; see <see cref="ReadSpool"/>.</summary>
internal static class Looks
{
    /// <summary>Name of the audit line.</summary>
    public const string Audited = "read-file";

    /// <summary>Subject of a list of several drivers.</summary>
    public const string Several = "drivers";

    /// <summary>Subject of a look at the audit log itself, which tells what was done to whom.</summary>
    public const string Log = "audit-log";

    /// <summary>Somebody who is not signed in, where that is enough: a demo.</summary>
    public const string Visitor = "visitor";

    /// <summary>
    /// Call with what was found, before it is shown. Own files too: what a session was used for is on record whoever used it.
    /// </summary>
    /// <param name="drivers">Codes of those whose files are shown; none is no look.</param>
    /// <exception cref="LookNotRecordedException">The spool cannot be written to; nothing may be shown.</exception>
    public static async Task LookAsync(this HttpContext http, params IReadOnlyCollection<string> drivers)
    {
        var codes = drivers.Distinct().Order(StringComparer.Ordinal).ToList();
        if (codes.Count == 0)
            return;

        var pattern = $"/{(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.Trim('/')}";
        var (time, spool) = (http.RequestServices.GetRequiredService<TimeProvider>(), http.RequestServices.GetRequiredService<ReadSpool>());
        var (subject, where) = codes.Count == 1 ? (codes[0], pattern) : (Several, $"{pattern} ({string.Join(' ', codes)})");
        if (!await spool.WriteAsync(new(time.GetUtcNow(), Acting.Of(http)?.Name ?? Visitor, subject, where)))
            throw new LookNotRecordedException();
    }

    /// <summary>Why it was not shown.</summary>
    public static Refusal NotRecorded() => new(StatusCodes.Status503ServiceUnavailable, "look-not-recorded",
        "This shows a named person's file, and the server cannot put on record that you looked: its data folder is full or cannot be written to. Nothing is "
        + "shown until it can. Tell whoever runs the server, and try again later.");
}
