using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Verification;

/// <summary>
/// What windscreens were told follows from shifts and publications as they were when it was signed. A server that is stopped, or busy, may not yet
/// have told them what is true since.
/// </summary>
internal sealed class DisplaysCheck(DispatchContext db, Findings findings)
{
    private const string Table = "DesiredRatings";

    /// <summary>Seconds that a pass over all windscreens of a large city may take after it has looked at the clock.</summary>
    private const long PassTakes = 60;

    private List<Close> _closes = [];
    private ILookup<int, PastPlacement> _before = null!;

    public async Task RunAsync(CancellationToken stop)
    {
        _closes = await db.Closes.AsNoTracking().Where(c => c.Status == CloseStatus.Published).ToListAsync(stop);
        _before = (await db.PastPlacements.AsNoTracking().ToListAsync(stop)).ToLookup(past => past.DisplayId);
        var displays = await db.Displays.AsNoTracking().OrderBy(d => d.Code).ToListAsync(stop);
        var desired = await db.DesiredRatings.AsNoTracking().ToDictionaryAsync(d => d.DisplayId, stop);
        var configured = await db.DesiredConfigs.AsNoTracking().Select(c => c.DisplayId).ToHashSetAsync(stop);
        foreach (var display in displays)
        {
            if (!desired.Remove(display.Id, out var told))
            {
                if (configured.Contains(display.Id))
                    findings.Differs(Table, display.Code, "rating that it ought to show", "one, as there is a configuration", "none");
                continue;
            }

            CheckMessage(display, told);
            await CheckTruthAsync(display, told, stop);
        }

        foreach (var id in desired.Keys)
            findings.Differs(Table, $"{id}", "display", "one", "none");
    }

    /// <summary>What was signed says what the columns say. That it was signed by the server the cab checks, which alone has the key besides.</summary>
    private void CheckMessage(Display display, DesiredRating told)
    {
        var json = DownMessages.Rating(display.Code, told.Rev, told.Now, told.Content);
        if (told.Payload.Length <= Envelope.HeadBytes || !told.Payload.AsSpan(Envelope.HeadBytes).SequenceEqual(json))
            findings.Differs(Table, display.Code, "message", System.Text.Encoding.UTF8.GetString(json), System.Text.Encoding.UTF8.GetString(told.Payload));
        if (told.Hold != told.Content.HoldAt(told.Now) || told.IsSole && told.Kind != RatingKind.Rated)
            findings.Differs(Table, display.Code, "hold", told.Content.HoldAt(told.Now), told.Hold);
        if (told.SignedEpoch < 1 || told.SignedEpoch > display.Epoch)
            findings.Differs(Table, display.Code, "key epoch", $"1 to {display.Epoch}", told.SignedEpoch);
        if (told.Rev < 1)
            findings.Differs(Table, display.Code, "revision", "1 or more", told.Rev);
    }

    private async Task CheckTruthAsync(Display display, DesiredRating told, CancellationToken stop)
    {
        var (from, to) = (DateTimeOffset.FromUnixTimeSeconds(told.Now), DateTimeOffset.FromUnixTimeSeconds(told.Now + PassTakes));
        // Of a unit that was moved, the cab that it was in then; around the move, either.
        List<int> cabs =
        [
            .. _before[display.Id].Where(past => past.FromAt <= to && past.UntilAt >= from).Select(past => past.CabId),
            .. display.InCabSince <= to ? [display.CabId] : Array.Empty<int>(),
        ];
        var shifts = await db.Shifts.AsNoTracking().Include(s => s.Driver)
            .Where(s => cabs.Contains(s.CabId) && s.OnAt <= to && (s.OffAt == null || s.OffAt >= from)).ToListAsync(stop);
        var possible = new List<RatingContent>();
        if (cabs.Exists(cab => !shifts.Exists(s => s.CabId == cab && s.OnAt <= from && (s.OffAt is null || s.OffAt > to))))
            possible.Add(RatingContent.Vacant);
        foreach (var shift in shifts)
        {
            foreach (var close in NewestBetween(from, to))
            {
                var stars = close is null ? null : await db.Ratings.Where(r => r.CloseId == close.Id && r.DriverId == shift.DriverId)
                    .Select(r => r.Stars).SingleOrDefaultAsync(stop);
                possible.Add(stars is { } n
                    ? RatingContent.Rated(n, close!.Period, shift.Driver.Code, told.IsSole, close.PublishedAt!.Value, from)
                    : RatingContent.Unrated(shift.Driver.Code, shift.OnAt, from));
            }
        }

        if (!possible.Exists(content => Same(content, told.Content)))
        {
            findings.Differs(
                Table, display.Code, $"rating that it ought to show since {from:u}", string.Join(" or ", possible.Select(Words)), Words(told.Content));
        }
    }

    /// <summary>The window is renewed by the calendar: the instant within the second decides which week it is.</summary>
    private static bool Same(RatingContent expected, RatingContent told) =>
        expected with { Until = null } == told with { Until = null }
        && (expected.Until == told.Until || expected.Until + (long)RatingContent.RenewalEvery.TotalSeconds == told.Until);

    /// <summary>What was the newest publication at some instant in between; null before the first.</summary>
    private IEnumerable<Close?> NewestBetween(DateTimeOffset from, DateTimeOffset to) =>
        _closes.Where(c => c.PublishedAt > from && c.PublishedAt <= to).Select(c => c.PublishedAt!.Value).Append(from).Distinct()
            .Select(at => _closes.Where(c => c.PublishedAt <= at).MaxBy(c => (c.Period, c.Revision)));

    private static string Words(RatingContent content) => content.Kind == RatingKind.Vacant
        ? content.Kind.OnWire
        : $"{content.Kind.OnWire} {content.Stars} {content.Period} {content.Driver} from {content.From} until {content.Until}";
}
