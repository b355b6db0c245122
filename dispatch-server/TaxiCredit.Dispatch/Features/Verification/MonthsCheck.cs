using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>Looks at the published closes: none is missing, their order, what they build on, who signed them.</summary>
/// <param name="lastEntry">Number of the ledger's last entry.</param>
internal sealed class MonthsCheck(DispatchContext db, RoleHistory roles, long lastEntry, Findings findings)
{
    public async Task RunAsync(CancellationToken stop)
    {
        var closes = await db.Closes.AsNoTracking().Include(c => c.Signatures).Where(c => c.Status == CloseStatus.Published)
            .OrderBy(c => c.Period).ThenBy(c => c.Revision).ToListAsync(stop);
        CheckOrder(closes);
        foreach (var close in closes)
        {
            var key = KeyOf(close);
            await findings.RunAsync("Closes", key, async () =>
            {
                CheckInputs(close, closes);
                CheckSignatures(close, closes);
                await new RatingsCheck(db, close, findings).RunAsync(closes, stop);
                if (await CloseDigest.OfAsync(db, close, stop) is var digest && digest != close.Digest)
                    findings.Differs("Closes", key, "digest over its ratings and what they rest on", digest, close.Digest);
            }, stop);
            findings.Holds($"month   {close.Period} revision {close.Revision} through entry {close.LedgerSequence}, digest {close.Digest}");
        }

        await db.RowsAsync(
            """SELECT DISTINCT r."CloseId" FROM "Ratings" r WHERE NOT EXISTS (SELECT 1 FROM "Closes" c WHERE c."Id" = r."CloseId")""",
            row => findings.Differs("Ratings", $"close id {row.GetValue(0)}", "close", "one", "none"), stop);
    }

    public static string KeyOf(Close close) => $"{close.Period}/{close.Revision}";

    private void CheckOrder(List<Close> closes)
    {
        for (var n = 1; n < closes.Count; n++)
        {
            var (before, close) = (closes[n - 1], closes[n]);
            if (close.Period == before.Period)
            {
                if (close.Revision != before.Revision + 1)
                    findings.Differs("Closes", KeyOf(close), "revision", before.Revision + 1, close.Revision);
                if (close.LedgerSequence < before.LedgerSequence)
                    findings.Differs("Closes", KeyOf(close), "last entry that it read", $"{before.LedgerSequence} or more", close.LedgerSequence);
            }
            else if (Month.Parse(before.Period).Next != Month.Parse(close.Period))
            {
                findings.Differs("Closes", KeyOf(close), "month", $"{Month.Parse(before.Period).Next}, the next that is published", close.Period);
            }
        }

        var firsts = closes.Where(c => c.Revision == 1).ToList();
        foreach (var period in closes.Select(c => c.Period).Distinct().Except(firsts.Select(c => c.Period)))
            findings.Differs("Closes", period, "first revision", "published", "none");
        for (var n = 1; n < firsts.Count; n++)
        {
            if (firsts[n].LedgerSequence < firsts[n - 1].LedgerSequence)
                findings.Differs("Closes", KeyOf(firsts[n]), "last entry that it read", $"{firsts[n - 1].LedgerSequence} or more", firsts[n].LedgerSequence);
        }
    }

    private void CheckInputs(Close close, List<Close> closes)
    {
        var key = KeyOf(close);
        if (close.LedgerSequence > lastEntry)
            findings.Differs("Ledger", $"{close.LedgerSequence}", "entry", $"there, for {key} read through it", $"the last is {lastEntry}");
        if (close.TalliedThrough != close.DriversThrough)
            findings.Differs("Closes", key, "last driver that was tallied", close.DriversThrough, close.TalliedThrough);
        var before = closes.Where(c => c.Period == $"{Month.Parse(close.Period).Previous}").ToList();
        if (close.BuildsOnId is { } id ? !before.Exists(c => c.Id == id) : close.Revision == 1 && before.Count > 0)
            findings.Differs("Closes", key, "close that it builds on", before.Count == 0 ? "none" : "a published one of the month before", close.BuildsOnId);
        var leader = close.LedById is { } led ? closes.Find(c => c.Id == led) : close;
        if (leader is null || string.CompareOrdinal(leader.Period, close.Period) > 0 || leader.PublishedAt != close.PublishedAt)
            findings.Differs("Closes", key, "close that takes it along", "a published one of an earlier month", close.LedById);
    }

    private void CheckSignatures(Close close, List<Close> closes)
    {
        var (key, signatures) = (KeyOf(close), (closes.Find(c => c.Id == close.LedById) ?? close).Signatures);
        if (close.PublishedAt is not { } publishedAt)
        {
            findings.Differs("Closes", key, "instant of publication", "one", null);
            return;
        }

        if (signatures.Count < CloseStates.SignaturesNeeded)
            findings.Differs("Signature", key, "signatures", CloseStates.SignaturesNeeded, signatures.Count);
        CheckDuties(key, signatures);
        foreach (var signature in signatures)
        {
            CheckRole("Signature", key, signature.Actor, signature.At, Permission.SignMonth);
            if (signature.At > publishedAt)
                findings.Differs("Signature", $"{key} {signature.Actor}", "instant", $"before the publication at {publishedAt:u}", $"{signature.At:u}");
        }

        CheckRole("Closes", key, close.PublishedBy, publishedAt, Permission.PublishMonth);
    }

    /// <summary>
    /// One officer and one supervisor: the rule since signatures store the role of who signed (2026-11-30). Of two that have none, given before, the rule
    /// was two people, and where only one has it the other's is taken from the chronicle, as it was when the second was given.
    /// </summary>
    private void CheckDuties(string key, List<Signature> signatures)
    {
        if (signatures.TrueForAll(s => s.Role is null))
            return;
        foreach (var signature in signatures.Where(s => s.Role is not null && s.Role != roles.Of(s.Actor, s.At)))
            findings.Differs("Signature", $"{key} {signature.Actor}", "role that it was given in", roles.Of(signature.Actor, signature.At), signature.Role);
        var second = signatures.Max(s => s.At);
        List<Role?> given = [.. signatures.Select(s => s.Role ?? roles.Of(s.Actor, second))];
        if (given is not ([Role.Officer, Role.Supervisor] or [Role.Supervisor, Role.Officer]))
            findings.Differs("Signature", key, "roles of who signed", $"{Role.Officer} and {Role.Supervisor}", string.Join(" and ", given));
    }

    private void CheckRole(string table, string key, string actor, DateTimeOffset at, Permission permission)
    {
        var role = roles.Of(actor, at);
        if (role is null || Permissions.Of(role.Value, permission) == Whose.None)
            findings.Differs(table, $"{key} {actor}", $"role on {at:u}", string.Join(" or ", Permissions.Of(permission)), role?.ToString() ?? "none");
    }
}
