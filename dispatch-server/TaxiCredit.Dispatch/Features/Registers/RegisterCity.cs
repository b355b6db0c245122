using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Registers;

/// <summary>A driver of the city.</summary>
/// <param name="Cab">Home cab of the last membership.</param>
/// <param name="IsOn">On the register, and not known to leave.</param>
/// <param name="IsAhead">A change is dated ahead; until it is undone there is no other.</param>
internal sealed record CityDriver(string Code, string Name, CityCab Cab, bool IsOn, bool IsAhead, bool Leads);

internal sealed record CityCab(string Code, string Plate, string Team);

/// <summary>The city as a register is compared with it. Memory grows with its drivers, as the register's does.</summary>
internal sealed class RegisterCity
{
    private readonly Dictionary<string, CityCab> _plates;

    private RegisterCity(
        IReadOnlyDictionary<string, CityDriver> drivers, IReadOnlyDictionary<string, CityCab> cabs, IReadOnlyDictionary<string, string> teams)
    {
        (Drivers, Cabs, Teams) = (drivers, cabs, teams);
        // Of two cabs with one plate, of which a person has yet to say which is right, neither is meant.
        _plates = cabs.Values.GroupBy(cab => Plates.KeyOf(cab.Plate)).Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.Single());
        CabsOfTeam = cabs.Values.CountBy(cab => cab.Team).ToDictionary();
        TeamsByName = teams.GroupBy(team => Spelling.NameKey(team.Value)).Where(same => same.Count() == 1)
            .ToDictionary(same => same.Key, same => same.Single().Key);
    }

    public IReadOnlyDictionary<string, CityDriver> Drivers { get; }

    public IReadOnlyDictionary<string, CityCab> Cabs { get; }

    /// <summary>Names by code.</summary>
    public IReadOnlyDictionary<string, string> Teams { get; }

    public IReadOnlyDictionary<string, string> TeamsByName { get; }

    public IReadOnlyDictionary<string, int> CabsOfTeam { get; }

    public static async Task<RegisterCity> ReadAsync(DispatchContext db, DateOnly today, CancellationToken stop)
    {
        var teams = await db.Teams.AsNoTracking().Select(t => new { t.Id, t.Code, t.Name }).ToDictionaryAsync(t => t.Id, stop);
        var cabs = (await db.Cabs.AsNoTracking().Select(c => new { c.Id, c.Code, c.Plate, c.TeamId }).ToListAsync(stop))
            .ToDictionary(c => c.Id, c => new CityCab(c.Code, c.Plate, teams[c.TeamId].Code));
        var leaders = (await db.Leaderships.AsNoTracking().Where(l => l.RemovedOn == null).Select(l => l.DriverId).ToListAsync(stop)).ToHashSet();
        var last = new Dictionary<int, (int CabId, DateOnly JoinedOn, DateOnly? LeftOn)>();
        await foreach (var m in db.Memberships.AsNoTracking().OrderBy(m => m.JoinedOn).Select(m => new { m.DriverId, m.CabId, m.JoinedOn, m.LeftOn })
            .AsAsyncEnumerable().WithCancellation(stop))
        {
            last[m.DriverId] = (m.CabId, m.JoinedOn, m.LeftOn);
        }

        var drivers = new Dictionary<string, CityDriver>();
        await foreach (var d in db.Drivers.AsNoTracking().Select(d => new { d.Id, d.Code, d.Name }).AsAsyncEnumerable().WithCancellation(stop))
        {
            var (cab, joined, left) = last[d.Id];
            drivers.Add(d.Code, new(d.Code, d.Name, cabs[cab], left is null, joined > today || left > today, leaders.Contains(d.Id)));
        }

        return new(drivers, cabs.Values.ToDictionary(cab => cab.Code), teams.Values.ToDictionary(t => t.Code, t => t.Name));
    }

    /// <summary>The one cab that has a plate, in any spelling, also without its province.</summary>
    public CityCab? Having(string plate)
    {
        var found = Plates.KeysOf(plate).Select(key => _plates.GetValueOrDefault(key)).OfType<CityCab>().ToList();
        return found.Count == 1 ? found[0] : null;
    }
}
