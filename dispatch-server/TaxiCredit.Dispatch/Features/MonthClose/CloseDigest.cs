using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
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
        Steps.Tell(Steps.DigestTaken);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var lines = new Lines(hash);
        if (close.DigestFormat != OfRatings)
            await AddInputsAsync(lines, db, close, stop);
        var ratings = from rating in db.Ratings
                      where rating.CloseId == close.Id
                      join driver in db.Drivers on rating.DriverId equals driver.Id
                      orderby driver.Code
                      select new { driver.Code, rating.Points, rating.Stars, rating.DaysOnShift, rating.PreviousStars };
        await db.ReadAsync(ratings, r => lines.Add(r.GetString(0), r.GetInt32(1), r.IntOrNull(2), r.GetInt32(3), r.IntOrNull(4)), stop);
        if (close.DigestFormat != OfRatings)
        {
            foreach (var follower in await db.Closes.AsNoTracking().Where(c => c.LedById == close.Id).OrderBy(c => c.Period).ToListAsync(stop))
                lines.Add(Invariant($"follows|{follower.Period}|{follower.Revision}|{following?.GetValueOrDefault(follower.Id) ?? follower.Digest}"));
        }

        lines.Flush();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static async Task AddInputsAsync(Lines lines, DispatchContext db, Close close, CancellationToken stop)
    {
        var head = close.LedgerSequence == 0
            ? LedgerChain.Genesis(await db.CityAsync(stop))
            : await db.Ledger.Where(e => e.Sequence == close.LedgerSequence).Select(e => e.Hash).SingleOrDefaultAsync(stop);
        var rules = await db.Rulebooks.Where(r => r.Sha256 == close.RulebookHash).Select(r => r.RulesSha256).SingleOrDefaultAsync(stop);
        lines.Add("taxicredit-close-2");
        lines.Add(Invariant($"{close.Period}|{close.Revision}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(close.Reason)))}"));
        lines.Add(Invariant($"{close.LedgerSequence}|{head}"));
        lines.Add(Invariant($"{close.RulebookId}|{close.RulebookFrom:yyyy-MM-dd}|{close.RulebookHash}|{rules}"));
    }

    /// <summary>Collects lines, so that the hash is not called for each of hundreds of thousands.</summary>
    private sealed class Lines(IncrementalHash hash)
    {
        private readonly byte[] _buffer = new byte[32 * 1024];
        private int _used;

        public void Add(string line)
        {
            Flush();
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        }

        public void Add(string driver, int points, int? stars, int days, int? before)
        {
            if (TryAdd(driver, points, stars, days, before))
                return;
            Flush();
            if (!TryAdd(driver, points, stars, days, before))
                Add(Invariant($"{driver}|{points}|{Stars(stars)}|{days}|{Stars(before)}"));
        }

        public void Flush()
        {
            hash.AppendData(_buffer.AsSpan(0, _used));
            _used = 0;
        }

        private bool TryAdd(string driver, int points, int? stars, int days, int? before)
        {
            var fits = Utf8.TryWrite(
                _buffer.AsSpan(_used), CultureInfo.InvariantCulture, $"{driver}|{points}|{Stars(stars)}|{days}|{Stars(before)}\n", out var written);
            _used += fits ? written : 0;
            return fits;
        }
    }

    private static string Stars(int? stars) => stars switch
    {
        null => "-",
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4 => "4",
        { } other => other.ToString(CultureInfo.InvariantCulture),
    };
}
