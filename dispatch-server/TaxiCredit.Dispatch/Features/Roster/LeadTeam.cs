using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>A member of a team is appointed its leader; who led before is removed the same day.</summary>
internal sealed record AppointLeader(Acting Actor, string Driver)
{
    public string Driver { get; init; } = Spelling.Code(Driver);

    private static readonly OperationRule Rule = new("appoint-leader", Permission.AppointLeader);

    public static Task<Outcome<Leadership>> HandleAsync(string teamCode, AppointLeader command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Leadership>(Rule, command.Actor, null, async _ =>
        {
            var team = await context.Db.Teams.SingleOrDefaultAsync(t => t.Code == teamCode, stop);
            if (team is null)
                return RosterRules.NoTeam(teamCode);
            var driver = await context.Db.Drivers.SingleOrDefaultAsync(d => d.Code == command.Driver, stop);
            if (driver is null)
                return RosterRules.NoDriver(command.Driver);
            var membership = await context.Db.Memberships.HoldingOn(context.Today).SingleOrDefaultAsync(m => m.DriverId == driver.Id, stop);
            if (membership?.TeamId != team.Id)
                return Refusal.AgainstRule("leader-outside-team", $"{driver.Code} does not belong to {team.Code}; a team is led by one of its members.");
            if (membership is { LeftOn: { } leaves })
                return Refusal.AgainstRule("leader-leaves", $"{driver.Code} belongs to {team.Code} until {leaves:yyyy-MM-dd} only; choose who stays.");

            if (await Leaders.OpenAsync(team.Id, context.Db, stop) is { } before)
            {
                if (before.DriverId == driver.Id)
                    return Refusal.Conflict("leads-already", $"{driver.Code} leads {team.Code} already.");
                before.RemovedOn = context.Today;
                // The database keeps one open leadership a team: the old one must be over before the new one is there.
                await context.Db.SaveChangesAsync(stop);
            }

            var leadership = new Leadership { TeamId = team.Id, DriverId = driver.Id, AppointedOn = context.Today };
            context.Db.Leaderships.Add(leadership);
            return Done.With(leadership, team.Code, driver.Code);
        }, stop);
}

/// <summary>A team's leader is removed; the team has none until another is appointed.</summary>
internal sealed record RemoveLeader(Acting Actor)
{
    private static readonly OperationRule Rule = new("remove-leader", Permission.AppointLeader);

    public static Task<Outcome<Leadership>> HandleAsync(string teamCode, RemoveLeader command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Leadership>(Rule, command.Actor, null, async _ =>
        {
            var team = await context.Db.Teams.SingleOrDefaultAsync(t => t.Code == teamCode, stop);
            if (team is null)
                return RosterRules.NoTeam(teamCode);
            if (await Leaders.OpenAsync(team.Id, context.Db, stop) is not { } leadership)
                return Refusal.Conflict("no-leader", $"{team.Code} has no leader to remove.");

            leadership.RemovedOn = context.Today;
            return Done.With(leadership, team.Code);
        }, stop);
}

internal static class Leaders
{
    public static Task<Leadership?> OpenAsync(int teamId, DispatchContext db, CancellationToken stop) =>
        db.Leaderships.SingleOrDefaultAsync(l => l.TeamId == teamId && l.RemovedOn == null, stop);
}
