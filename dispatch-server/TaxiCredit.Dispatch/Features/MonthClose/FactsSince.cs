using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>
/// Whose shifts have changed since a close was begun, by the chronicle, which has an entry for each change of a fact. A tally reads four things: ledger,
/// rulebook, stars of the month before, and the days on shift of whoever is on the roster. The first three are compared whatever the chronicle says
/// (<see cref="PreviewChanges"/>); the last is what would cost a pass over all shifts, and is decided here. ADR 0047.
/// </summary>
internal static class FactsSince
{
    /// <summary>Entries that are looked at one by one; with more, all shifts are.</summary>
    public const int Most = 20_000;

    private const int Chunk = 500;

    /// <summary>
    /// Tables of facts that no query of a tally reads (<see cref="FactsOfDrivers"/>, <see cref="MonthTally"/>), or that are compared directly. A table that
    /// is not named here bears on every close: the list is of what was looked at, and not of what came to mind.
    /// </summary>
    internal static readonly string[] WithoutBearing =
    [
        // Points are in the ledger, and each entry since is looked at by its number; what led to it is not read.
        "Cases", "CasePhotos", "Recusals", "PassengerReports", "ReportContacts", "ReportPhotos", "Referrals", "LedgerDetails",
        "Triages", "HearingNotices", "DriverAnswers", "PendingDecisions", "DecisionDocuments",
        "DecisionServices", "Objections", "RulingDocuments", "Repairs",
        // Compared directly: revision, what a close builds on, who signed, the rules in force, whether publishing is held.
        "Closes", "Signature", "Rulebooks", "PublishingHolds",
        // Who may act, and what shows the stars.
        "Actors", "Accounts", "AccountSecrets", "Passkeys", "Invitations", "ApiTokens", "Displays", "PastPlacements",
        // A tally reads of the roster who is on it. Cab, team and leader of a driver move no point.
        "Cabs", "Teams", "Leaderships",
        // Who had left before a month is not in its close; of a month that has one no membership changes, see MembershipRules.
        "Memberships",
    ];

    /// <summary>Those that do bear: who is on the roster, who was signed on, and which day it is at the bureau.</summary>
    internal static readonly string[] WithBearing = ["Drivers", "Shifts", "Settings"];

    /// <summary>Name under which <see cref="Beginnings"/> knows when a close was begun.</summary>
    public static string NameOf(int closeId) => string.Create(CultureInfo.InvariantCulture, $"close-{closeId}");

    /// <summary>Ids of the drivers whose days on shift up to a day may be others than when the close was begun.</summary>
    /// <returns>Null if everybody's may be.</returns>
    public static async Task<SortedSet<int>?> DriversAsync(Close close, DateOnly last, OperationContext context, CancellationToken stop)
    {
        if (await context.Beginnings.FindAsync(NameOf(close.LedById ?? close.Id), context.Db, stop) is not { } begun)
            return null;
        var entries = await context.Db.Set<ChronicleEntry>().Where(e => e.Sequence > begun && !WithoutBearing.Contains(e.Table))
            .OrderBy(e => e.Sequence).Take(Most + 1).Select(e => new { e.Table, e.Key, e.Change, e.Replaces }).ToListAsync(stop);
        if (entries.Count > Most)
            return null;

        // A driver who is new bears on a close by entries or shifts alone, which are seen as such. One that was changed may have another name.
        if (entries.Exists(e => e is not ({ Table: "Shifts", Change: RowChange.Stored } or { Table: "Drivers", Change: RowChange.Stored, Replaces: null })))
            return null;
        var shifts = entries.Where(e => e.Table == "Shifts").ToLookup(e => long.Parse(e.Key, CultureInfo.InvariantCulture), e => e.Replaces is null);
        return await DriversAsync(context.Db, shifts.ToDictionary(s => s.Key, s => s.First()), last, stop);
    }

    /// <param name="shifts">Ids of those that were stored, and whether they are new.</param>
    private static async Task<SortedSet<int>?> DriversAsync(DispatchContext db, Dictionary<long, bool> shifts, DateOnly last, CancellationToken stop)
    {
        var drivers = new SortedSet<int>();
        foreach (var ids in shifts.Keys.Chunk(Chunk))
        {
            var found = await db.Shifts.Where(s => ids.Contains(s.Id)).Select(s => new { s.Id, s.DriverId, s.OnDay }).ToListAsync(stop);
            if (found.Count != ids.Length)
                return null;
            // Of a shift that was there already it is not known what it was: its driver is looked at whatever it is now.
            drivers.UnionWith(found.Where(s => s.OnDay <= last || !shifts[s.Id]).Select(s => s.DriverId));
        }

        return drivers;
    }
}
