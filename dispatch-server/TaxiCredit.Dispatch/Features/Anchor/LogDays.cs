using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Chronicle;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.TransparencyLog;

namespace TaxiCredit.Dispatch.Features.Anchor;

/// <summary>
/// Once a day shifts and roster get a leaf. Beginnings and ends of shifts are never moved, so that each day can be recomputed for ever; the chronicle,
/// whose end the leaf commits to, has the roster as it was.
/// </summary>
internal static class LogDays
{
    public static byte[] FormOf(LogDay day) => LogForms.Lines(
        "taxicredit-days-1", day.From, day.Through, day.ShiftEvents, Convert.ToHexStringLower(day.Shifts), day.Chronicle,
        day.ChronicleHash);

    /// <summary>Appends a leaf for the days that are over and have none. Call inside a write transaction, after saving.</summary>
    /// <param name="now">System time: shifts are dated by it.</param>
    public static async Task AppendAsync(DispatchContext db, DateTimeOffset now, CancellationToken stop)
    {
        var through = BureauTime.DayOf(now).DayNumber - 1L;
        var last = await db.LogDays.MaxAsync(d => (long?)d.Through, stop);
        if (last >= through)
            return;
        var from = last + 1 ?? through;
        var (shifts, events) = await ShiftsAsync(db, from, through, stop);
        var (sequence, hash) = await db.EndAsync(ChainHead.Chronicle, stop) ?? (0, "");
        var day = new LogDay { Through = through, From = from, Shifts = shifts, ShiftEvents = events, Chronicle = sequence, ChronicleHash = hash };
        db.LogDays.Add(day);
        await db.AppendLeafAsync(LeafKind.Day, through, FormOf(day), stop);
    }

    /// <summary>Root over beginnings and ends of shifts in these days, each by its instant, and their number.</summary>
    public static async Task<(byte[] Root, long Events)> ShiftsAsync(DispatchContext db, long from, long through, CancellationToken stop)
    {
        var (begin, end) = (InstantOf(from), InstantOf(through + 1));
        var shifts = await db.Shifts.AsNoTracking()
            .Where(s => (s.OnAt >= begin && s.OnAt < end) || (s.OffAt >= begin && s.OffAt < end))
            .Select(s => new { s.Id, Driver = s.Driver.Code, Cab = s.Cab.Code, s.OnAt, s.OffAt }).ToListAsync(stop);
        var events = shifts.Where(s => s.OnAt >= begin && s.OnAt < end).Select(s => (At: s.OnAt, s.Id, Word: "on", s.Driver, s.Cab))
            .Concat(shifts.Where(s => s.OffAt >= begin && s.OffAt < end).Select(s => (At: s.OffAt!.Value, s.Id, Word: "off", s.Driver, s.Cab)))
            .OrderBy(e => e.At).ThenBy(e => e.Id).ThenBy(e => e.Word, StringComparer.Ordinal);
        return RootOf(events.Select(e => LogForms.Lines(e.Word, e.At.ToUnixTimeMilliseconds(), e.Id, LogForms.Text(e.Driver), LogForms.Text(e.Cab))));
    }

    private static (byte[] Root, long Lines) RootOf(IEnumerable<byte[]> lines)
    {
        var range = new CompactRange();
        foreach (var line in lines)
            range.Append(MerkleHash.OfLeaf(line));
        return (range.Root(), range.Size);
    }

    private static DateTimeOffset InstantOf(long day) => BureauTime.BeginOf(DateOnly.FromDayNumber((int)day));
}
