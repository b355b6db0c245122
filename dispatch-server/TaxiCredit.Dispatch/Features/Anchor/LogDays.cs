using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
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
    private const string EventsInOrder = """
        FROM (SELECT "OnAt" AS "At", "Id", 'on' AS "Word", "DriverId", "CabId" FROM "Shifts"
            UNION ALL SELECT "OffAt", "Id", 'off', "DriverId", "CabId" FROM "Shifts" WHERE "OffAt" IS NOT NULL) s
        JOIN "Drivers" d ON d."Id" = s."DriverId" JOIN "Cabs" c ON c."Id" = s."CabId" ORDER BY s."At", s."Id", s."Word"
        """;

    private static readonly RawColumn[] EventColumns =
        [RawColumn.Number("s.\"At\""), RawColumn.Number("s.\"Id\""), RawColumn.Text("s.\"Word\""), RawColumn.Text("d.\"Code\""), RawColumn.Text("c.\"Code\"")];

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

    /// <summary>All days that have a leaf, and of each whether its shifts and its end of the chronicle are still what it says.</summary>
    public static async Task<List<(LogDay Day, bool IsTrue)>> LookAsync(DispatchContext db, CancellationToken stop)
    {
        var days = await db.LogDays.AsNoTracking().OrderBy(d => d.Through).ToListAsync(stop);
        if (days.Count == 0)
            return [];
        // One pass over all shifts: no index knows by the day who signed on.
        var (trees, at) = (days.ConvertAll(_ => new CompactRange()), 0);
        await db.ReadRawAsync(EventColumns, EventsInOrder, row =>
        {
            var (instant, id) = (row.Number(0) ?? 0, row.Number(1) ?? 0);
            while (at < days.Count && instant >= InstantOf(days[at].Through + 1).ToUnixTimeMilliseconds())
                at++;
            if (at < days.Count && instant >= InstantOf(days[at].From).ToUnixTimeMilliseconds())
                trees[at].Append(MerkleHash.OfLeaf(LineOf(row.Text(2)!, instant, id, row.Text(3) ?? "", row.Text(4) ?? "")));
        }, stop);
        var looked = new List<(LogDay, bool)>();
        foreach (var (day, tree) in days.Zip(trees))
        {
            var isThere = day.Chronicle == 0
                || await db.Set<ChronicleEntry>().AnyAsync(e => e.Sequence == day.Chronicle && e.Hash == day.ChronicleHash, stop);
            looked.Add((day, isThere && tree.Size == day.ShiftEvents && tree.Root().AsSpan().SequenceEqual(day.Shifts)));
        }

        return looked;
    }

    /// <summary>Root over beginnings and ends of shifts in these days, each by its instant, and their number.</summary>
    private static async Task<(byte[] Root, long Events)> ShiftsAsync(DispatchContext db, long from, long through, CancellationToken stop)
    {
        var (begin, end) = (InstantOf(from), InstantOf(through + 1));
        var shifts = await db.Shifts.AsNoTracking()
            .Where(s => (s.OnAt >= begin && s.OnAt < end) || (s.OffAt >= begin && s.OffAt < end))
            .Select(s => new { s.Id, Driver = s.Driver.Code, Cab = s.Cab.Code, s.OnAt, s.OffAt }).ToListAsync(stop);
        var events = shifts.Where(s => s.OnAt >= begin && s.OnAt < end).Select(s => (At: s.OnAt, s.Id, Word: "on", s.Driver, s.Cab))
            .Concat(shifts.Where(s => s.OffAt >= begin && s.OffAt < end).Select(s => (At: s.OffAt!.Value, s.Id, Word: "off", s.Driver, s.Cab)))
            .OrderBy(e => e.At).ThenBy(e => e.Id).ThenBy(e => e.Word, StringComparer.Ordinal);
        return RootOf(events.Select(e => LineOf(e.Word, e.At.ToUnixTimeMilliseconds(), e.Id, e.Driver, e.Cab)));
    }

    private static byte[] LineOf(string word, long at, long shift, string driver, string cab) =>
        LogForms.Lines(word, at, shift, LogForms.Text(driver), LogForms.Text(cab));

    private static (byte[] Root, long Lines) RootOf(IEnumerable<byte[]> lines)
    {
        var range = new CompactRange();
        foreach (var line in lines)
            range.Append(MerkleHash.OfLeaf(line));
        return (range.Root(), range.Size);
    }

    private static DateTimeOffset InstantOf(long day) => BureauTime.BeginOf(DateOnly.FromDayNumber((int)day));
}
