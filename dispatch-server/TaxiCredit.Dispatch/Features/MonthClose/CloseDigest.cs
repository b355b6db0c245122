using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring.Ledger;
using static System.FormattableString;

namespace TaxiCredit.Dispatch.Features.MonthClose;

/// <summary>
/// What two people sign: SHA-256 over lines of UTF-8, each ended by LF, in the order
/// <list type="number">
/// <item><c>taxicredit-close-2</c></item>
/// <item><c>period|revision|SHA-256 of the reason</c></item>
/// <item><c>ledger sequence|hash of that entry</c>, the city's own hash for an empty ledger</item>
/// <item><c>rulebook|effective from|SHA-256 of its text|SHA-256 of its rules</c></item>
/// <item>for each driver of the close, by code, <c>driver|hundredths|stars or -|days on shift|previous stars or -</c>: roster and shifts</item>
/// <item>for each close that it takes along, by month, <c>follows|period|revision|digest</c></item>
/// </list>
/// The first format was the lines of drivers alone. ADR 0033.
/// </summary>
internal static class CloseDigest
{
    /// <summary>What closes of before have, the first format: their ratings alone. A 0, so that no commitment to their rows changes.</summary>
    public const int OfRatings = 0;

    public const int Newest = 2;

    /// <summary>64 lower-case hex digits, from what is stored.</summary>
    /// <param name="following">Digests that are computed and not stored yet, by the id of their close.</param>
    public static async Task<string> OfAsync(DispatchContext db, Close close, CancellationToken stop, IReadOnlyDictionary<int, string>? following = null)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (close.DigestFormat != OfRatings)
            await AddInputsAsync(digest, db, close, stop);
        var ratings = from rating in db.Ratings
                      where rating.CloseId == close.Id
                      join driver in db.Drivers on rating.DriverId equals driver.Id
                      orderby driver.Code
                      select new { driver.Code, rating.Points, rating.Stars, rating.DaysOnShift, rating.PreviousStars };
        await db.ReadAsync(
            ratings, r => Add(digest, Invariant($"{r.GetString(0)}|{r.GetInt32(1)}|{Stars(r.IntOrNull(2))}|{r.GetInt32(3)}|{Stars(r.IntOrNull(4))}")), stop);
        if (close.DigestFormat != OfRatings)
        {
            foreach (var follower in await db.Closes.AsNoTracking().Where(c => c.LedById == close.Id).OrderBy(c => c.Period).ToListAsync(stop))
                Add(digest, Invariant($"follows|{follower.Period}|{follower.Revision}|{following?.GetValueOrDefault(follower.Id) ?? follower.Digest}"));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static async Task AddInputsAsync(IncrementalHash digest, DispatchContext db, Close close, CancellationToken stop)
    {
        var head = close.LedgerSequence == 0
            ? LedgerChain.Genesis(await db.CityAsync(stop))
            : await db.Ledger.Where(e => e.Sequence == close.LedgerSequence).Select(e => e.Hash).SingleOrDefaultAsync(stop);
        var rules = await db.Rulebooks.Where(r => r.Sha256 == close.RulebookHash).Select(r => r.RulesSha256).SingleOrDefaultAsync(stop);
        Add(digest, "taxicredit-close-2");
        Add(digest, Invariant($"{close.Period}|{close.Revision}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(close.Reason)))}"));
        Add(digest, Invariant($"{close.LedgerSequence}|{head}"));
        Add(digest, Invariant($"{close.RulebookId}|{close.RulebookFrom:yyyy-MM-dd}|{close.RulebookHash}|{rules}"));
    }

    private static void Add(IncrementalHash digest, string line) => digest.AppendData(Encoding.UTF8.GetBytes(line + "\n"));

    private static string Stars(int? stars) => stars?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
