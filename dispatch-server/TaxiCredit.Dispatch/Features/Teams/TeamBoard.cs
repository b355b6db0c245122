using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Displays.Twins;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Teams;

/// <param name="Stars">Of the newest published month, 0 to 4; null for unrated.</param>
/// <param name="OnCab">Plate of the cab that the driver is signed on to; null off duty.</param>
/// <param name="MayBeReported">By whoever looks: neither oneself nor the other driver of one's own cab.</param>
internal sealed record TeamMember(string Code, string Name, bool IsLeader, int? Stars, string? OnCab, bool MayBeReported, IReadOnlyList<OpenMatter> Open);

/// <param name="Twin">What the cab's windscreen last said; null without a display.</param>
/// <param name="Drivers">Whose home cab it is.</param>
internal sealed record TeamCab(string Code, string Plate, TwinSnapshot? Twin, IReadOnlyList<TeamMember> Drivers);

/// <summary>A team as its leader sees it. A member sees of it the leader alone, whom members may report.</summary>
/// <param name="Period">The month that the members' stars are of; null before the first.</param>
internal sealed record TeamBoard(string Code, string Name, string? Leader, string? Period, IReadOnlyList<TeamCab> Cabs)
{
    public IEnumerable<TeamMember> Members => Cabs.SelectMany(cab => cab.Drivers);

    public static async Task<Outcome<TeamBoard>> OfAsync(string actor, OperationContext context, TwinBoard windscreens, CancellationToken stop)
    {
        // Who may report a peer belongs to a team; of the rest of it the table says who sees it.
        var allowed = await context.MayAsync(actor, Permission.ReportPeer, actor, stop);
        if (allowed.Refusal is not null)
            return allowed.Refusal;
        if (allowed.Value is not { TeamId: { } teamId, DriverId: { } self } person)
            return Refusal.Forbidden("no-team", $"'{actor}' belongs to no team.");

        var db = context.Db;
        var team = await db.Teams.AsNoTracking().SingleAsync(t => t.Id == teamId, stop);
        var leader = await db.Leaderships.Where(l => l.TeamId == teamId && l.RemovedOn == null)
            .Select(l => new { l.DriverId, l.Driver.Code }).SingleOrDefaultAsync(stop);
        var close = await PublishedRatings.NewestRevisions(db).OrderByDescending(c => c.Period).Select(c => new { c.Id, c.Period }).FirstOrDefaultAsync(stop);
        var closeId = close?.Id;
        var (seen, members) = (person.Among(db, context.Today, Permission.ReadFile), db.Memberships.HoldingOn(context.Today));
        var open = await OpenMatter.OfAsync(person.Among(db, context.Today, Permission.ReadCases), context, stop);
        var drivers = await seen.AsNoTracking().Join(members.Where(m => m.TeamId == teamId), d => d.Id, m => m.DriverId, (d, m) => new
        {
            d.Id, d.Code, d.Name, HomeCabId = m.CabId,
            Stars = db.Set<Rating>().Where(r => r.CloseId == closeId && r.DriverId == d.Id).Select(r => r.Stars).SingleOrDefault(),
            OnCab = db.Set<Shift>().Where(s => s.DriverId == d.Id && s.OffAt == null).Select(s => s.Cab.Plate).SingleOrDefault(),
        }).OrderBy(d => d.Code).ToListAsync(stop);
        var home = await members.Where(m => m.DriverId == self).Select(m => m.CabId).SingleAsync(stop);
        var cabs = await db.Cabs.AsNoTracking().Where(c => c.TeamId == teamId).OrderBy(c => c.Code).ToListAsync(stop);
        var twins = windscreens.All.ToDictionary(twin => twin.CabId);
        return new TeamBoard(team.Code, team.Name, leader?.Code, close?.Period, [.. cabs
            .Where(cab => drivers.Exists(d => d.HomeCabId == cab.Id) || person.Role == Role.Leader)
            .Select(cab => new TeamCab(cab.Code, cab.Plate, twins.GetValueOrDefault(cab.Id), [.. drivers
                .Where(d => d.HomeCabId == cab.Id).Select(d => new TeamMember(
                d.Code, d.Name, d.Id == leader?.DriverId, d.Stars, d.OnCab, d.HomeCabId != home, [.. open.Where(matter => matter.Driver == d.Code)]))]))]);
    }
}
