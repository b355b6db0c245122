using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Displays.Life;

/// <summary>A unit and where it is, whether in a cab or not.</summary>
/// <param name="Cab">Code of the cab that it is in, or was last in.</param>
/// <param name="Rest">Null while it is in a cab.</param>
/// <param name="Since">When it came where it is.</param>
/// <param name="Reason">Why it is in no cab; null while it is in one.</param>
internal sealed record UnitLine(
    string Id, string Cab, string Plate, DisplayRest? Rest, DateTimeOffset Since, string? Reason, DateTimeOffset ProvisionedAt, int Epoch, int? PendingEpoch)
{
    /// <param name="typed">Part of the unit's id, of the cab's code or of its plate, as people type it. Null for all.</param>
    /// <param name="where"><c>cab</c>, or the word of a <see cref="DisplayRest"/>; anything else for all.</param>
    /// <param name="program">Version of the firmware that it last said it runs, from a cab; null for all.</param>
    public static IQueryable<Display> Find(DispatchContext db, string? typed, string? where, string? program = null)
    {
        var (all, rest) = (db.Displays.AsQueryable(), DisplayRests.Find(where));
        if (where == "cab")
            all = db.DisplaysInCabs;
        else if (rest is not null)
            all = all.Where(d => d.Rest == rest);
        if (!string.IsNullOrEmpty(program))
        {
            var said = db.ReportedTwins;
            all = all.Where(d => d.Rest == null && said.Any(twin => twin.DisplayId == d.Id && twin.Firmware == program));
        }
        if (string.IsNullOrWhiteSpace(typed))
            return all;
        var (code, cabs) = (Spelling.Code(typed), FindCab.Among(db.Cabs, typed));
        return all.Where(d => d.Code.Contains(code) || cabs.Any(c => c.Id == d.CabId));
    }

    /// <summary>One unit; none where there is no such id.</summary>
    public static IQueryable<UnitLine> Query(DispatchContext db, string code) => Query(db.Displays.Where(d => d.Code == code), db);

    /// <summary>By their ids.</summary>
    public static IQueryable<UnitLine> Query(IQueryable<Display> displays, DispatchContext db) =>
        from display in displays
        join cab in db.Cabs on display.CabId equals cab.Id
        orderby display.Code
        select new UnitLine(
            display.Code, cab.Code, cab.Plate, display.Rest, display.RestingSince ?? display.PlacedAt ?? display.ProvisionedAt, display.RestReason,
            display.ProvisionedAt, display.Epoch, display.PendingEpoch);
}

/// <summary>A cab that a unit was in before.</summary>
/// <param name="Because"><c>moved</c>, <c>stock</c>, <c>revoked</c> or <c>scrapped</c>.</param>
internal sealed record PlacementLine(string Cab, string Plate, DateTimeOffset From, DateTimeOffset Until, string Because)
{
    public static IQueryable<PlacementLine> Query(DispatchContext db, string code) =>
        from past in db.PastPlacements
        join display in db.Displays on past.DisplayId equals display.Id
        where display.Code == code
        join cab in db.Cabs on past.CabId equals cab.Id
        orderby past.Id descending
        select new PlacementLine(cab.Code, cab.Plate, past.FromAt, past.UntilAt, past.Because);
}

/// <summary>A unit with the cabs that it was in, the newest first.</summary>
internal sealed record UnitView(UnitLine Unit, IReadOnlyList<PlacementLine> Before);
