using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>A team is added, without cabs and without a leader.</summary>
internal sealed record AddTeam(Acting Actor, string Code, string Name)
{
    public string Code { get; init; } = Spelling.Code(Code);

    private static readonly OperationRule Rule = new("add-team", Permission.EditRoster);

    public static Task<Outcome<Team>> HandleAsync(AddTeam command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Team>(Rule, command.Actor, null, () => RosterRules.Check(command.Code, command.Name), async _ =>
        {
            if (await context.Db.Teams.AnyAsync(t => t.Code == command.Code, stop))
                return RosterRules.Taken("team", command.Code);

            var team = new Team { Code = command.Code, Name = command.Name.Trim() };
            context.Db.Teams.Add(team);
            return Done.With(team, team.Code);
        }, stop);
}

/// <summary>A cab is added to a team that has room.</summary>
internal sealed record AddCab(Acting Actor, string Code, string Plate, string Team)
{
    public string Code { get; init; } = Spelling.Code(Code);

    public string Team { get; init; } = Spelling.Code(Team);

    private static readonly OperationRule Rule = new("add-cab", Permission.EditRoster);

    public static Task<Outcome<Cab>> HandleAsync(AddCab command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Cab>(Rule, command.Actor, null, () => RosterRules.CheckCode(command.Code) ?? Plates.FindFault(command.Plate), async _ =>
        {
            var team = await context.Db.Teams.SingleOrDefaultAsync(t => t.Code == command.Team, stop);
            if (team is null)
                return RosterRules.NoTeam(command.Team);
            if (await context.Db.Cabs.AnyAsync(c => c.Code == command.Code, stop))
                return RosterRules.Taken("cab", command.Code);
            if (await FindCab.HavingAsync(command.Plate, context.Db, stop) is [{ } other, ..])
                return RosterRules.Taken("cab", $"{other.Code} with the plate {other.Plate}");
            if (await context.Db.Cabs.CountAsync(c => c.TeamId == team.Id, stop) >= Roster.Team.MaxCabs)
                return Refusal.AgainstRule("team-full", $"Team {team.Code} has {Roster.Team.MaxCabs} cabs, the maximum; choose another team.");

            var cab = new Cab { Code = command.Code, Plate = command.Plate.Trim(), TeamId = team.Id };
            context.Db.Cabs.Add(cab);
            return Done.With(cab, cab.Code, $"{cab.Plate} in {team.Code}");
        }, stop);
}

/// <summary>A driver is added with the home cab, and so to its team.</summary>
internal sealed record AddDriver(Acting Actor, string Code, string Name, string HomeCab)
{
    public string Code { get; init; } = Spelling.Code(Code);

    public string HomeCab { get; init; } = Spelling.Code(HomeCab);

    private static readonly OperationRule Rule = new("add-driver", Permission.EditRoster);

    public static Task<Outcome<Driver>> HandleAsync(AddDriver command, OperationContext context, CancellationToken stop) =>
        context.RunAsync<Driver>(Rule, command.Actor, null, () => RosterRules.Check(command.Code, command.Name), async _ =>
        {
            var cab = await context.Db.Cabs.SingleOrDefaultAsync(c => c.Code == command.HomeCab, stop);
            if (cab is null)
                return RosterRules.NoCab(command.HomeCab);
            if (await context.Db.Drivers.AnyAsync(d => d.Code == command.Code, stop) || await context.People.IsActorAsync(command.Code, context.Db, stop))
                return RosterRules.Taken("driver", command.Code);

            var driver = new Driver { Code = command.Code, Name = command.Name.Trim(), HomeCabId = cab.Id };
            context.Db.Drivers.Add(driver);
            // The driver has a number once it is saved.
            await context.Db.SaveChangesAsync(stop);
            context.Db.Memberships.Add(new() { DriverId = driver.Id, TeamId = cab.TeamId, CabId = cab.Id, JoinedOn = context.Today });
            return Done.With(driver, driver.Code, $"home cab {cab.Code}");
        }, stop);
}

internal static partial class RosterRules
{
    /// <summary>The form that every addition to the roster shares.</summary>
    public static Refusal? Check(string? code, string? name) =>
        CheckCode(code) ?? CheckName(name);

    public static Refusal? CheckName(string? name) =>
        string.IsNullOrWhiteSpace(name) || name.Length > 64 ? Length(name) : Spelling.Refuse("a name", name);

    public static Refusal? CheckCode(string? code) => code is null || !Code().IsMatch(code)
        ? Spelling.Refuse("a code", code) ?? Refusal.Malformed("code-form", $"'{code}' is not a code: 1 to 32 characters of a-z, 0-9 and '-'.")
        : null;

    public static Refusal Length(string? name) =>
        Refusal.Malformed("name-length", $"A name or plate takes 1 to 64 characters; this has {name?.Length ?? 0}.");

    public static Refusal Taken(string what, string code) => Refusal.Conflict($"{what}-exists", $"There is a {what} {code} already.");

    public static Refusal NoTeam(string code) =>
        Spelling.Refuse("a code", code) ?? Refusal.Missing("team-unknown", $"No team has the code '{code}'; see GET /api/v1/teams.");

    public static Refusal NoCab(string code) =>
        Spelling.Refuse("a code or plate", code) ?? Refusal.Missing("cab-unknown", $"No cab has the code '{code}'; see GET /api/v1/cabs.");

    public static Refusal NoDriver(string code) =>
        Spelling.Refuse("a code", code) ?? Refusal.Missing("driver-unknown", $"No driver has the code '{code}'; see GET /api/v1/drivers.");

    public static Refusal Left(string code) =>
        Refusal.Conflict("driver-left", $"{code} is off the register today; see GET /api/v1/drivers/{code}/memberships.");

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex Code();
}
