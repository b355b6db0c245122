using TaxiCredit.Dispatch.Features.Exchange.Csv;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Exchange;

/// <summary>What <c>roster.csv</c> says: a line per driver, with the home cab and its team. See docs/import.md.</summary>
internal sealed class RosterFile
{
    public static readonly string[] Columns =
        ["driver", "name", "cab", "plate", "team", "team_name", "leads_since", "on_shift_since", "signed_on_to"];

    private readonly Dictionary<string, Team> _teams = [];
    private readonly Dictionary<string, Cab> _cabs = [];
    private readonly Dictionary<string, (Driver Driver, long Line)> _drivers = [];
    private readonly Dictionary<string, string> _plates = [];
    private readonly Dictionary<int, int> _cabsOfTeam = [];
    private readonly Dictionary<int, Leadership> _leaders = [];
    private readonly List<Membership> _memberships = [];
    private readonly Dictionary<string, string> _occupied = [];
    private readonly List<(int DriverId, string Cab, DateOnly Since, bool Open)> _shifts = [];

    private RosterFile(string sha256) => Sha256 = sha256;

    public string Sha256 { get; }

    public IReadOnlyCollection<Team> Teams => _teams.Values;

    public IReadOnlyCollection<Cab> Cabs => _cabs.Values;

    public IEnumerable<Driver> Drivers => _drivers.Values.Select(found => found.Driver);

    public IReadOnlyCollection<Leadership> Leaderships => _leaders.Values;

    /// <summary>A file says where drivers belong and not since when.</summary>
    public IReadOnlyCollection<Membership> Memberships => [.. _memberships];

    public Driver? Find(string code) => _drivers.TryGetValue(code, out var found) ? found.Driver : null;

    /// <returns>The roster as far as it could be read; null if the file is none.</returns>
    public static RosterFile? Read(string path, DateOnly today, Faults faults)
    {
        using var file = CsvFile.Open(path, Columns, [], faults);
        if (file is null)
            return null;

        var roster = new RosterFile(file.Sha256);
        while (file.Next())
            roster.Take(file, today);
        foreach (var (_, cab, _, _) in roster._shifts.Where(shift => !roster._cabs.ContainsKey(shift.Cab)))
            faults.Add(new(file.Name, 0, "signed_on_to", cab, "the code of a cab that is some driver's home cab in this file"));
        if (file.Records == 0 && !faults.Any)
            faults.Add(new(file.Name, 1, "", "", "at least one driver after the header"));
        return roster;
    }

    /// <summary>Shifts as they stand: open for who is signed on, ended today for who is not.</summary>
    public IEnumerable<Shift> Shifts(DateTimeOffset now, DateOnly today) => _shifts.Select((shift, n) => new Shift
    {
        Id = n + 1,
        DriverId = shift.DriverId,
        CabId = _cabs[shift.Cab].Id,
        OnAt = now,
        OnDay = shift.Since,
        OffAt = shift.Open ? null : now,
        OffDay = shift.Open ? null : today,
    });

    private void Take(CsvFile file, DateOnly today)
    {
        var code = file.Code("driver");
        var name = file.Name("name");
        var team = TeamOf(file);
        var cab = CabOf(file, team);
        var driver = new Driver { Id = _drivers.Count + 1, Code = code, Name = name, HomeCabId = cab.Id };
        if (!_drivers.TryAdd(code, (driver, file.Line)))
        {
            file.Fault("driver", $"each driver once; this one stands in line {_drivers[code].Line} already");
            return;
        }

        _memberships.Add(new()
        {
            Id = _memberships.Count + 1, DriverId = driver.Id, TeamId = team.Id, CabId = cab.Id, JoinedOn = Membership.Always,
        });
        TakeLeadership(file, team, driver, today);
        TakeShift(file, cab, driver, today);
    }

    private Team TeamOf(CsvFile file)
    {
        var (code, name) = (file.Code("team"), file.Name("team_name"));
        if (!_teams.TryGetValue(code, out var team))
            _teams.Add(code, team = new Team { Id = _teams.Count + 1, Code = code, Name = name });
        else if (Spelling.NameKey(team.Name) != Spelling.NameKey(name))
            file.Fault("team_name", $"'{team.Name}', as this team is named before");
        return team;
    }

    private Cab CabOf(CsvFile file, Team team)
    {
        var (code, plate) = (file.Code("cab"), file.Name("plate"));
        if (_cabs.TryGetValue(code, out var cab))
        {
            if (cab.PlateKey != Plates.KeyOf(plate))
                file.Fault("plate", $"'{cab.Plate}', as this cab's plate reads before");
            if (cab.TeamId != team.Id)
                file.Fault("team", "the team to which this cab belongs before");
            return cab;
        }

        _cabs.Add(code, cab = new Cab { Id = _cabs.Count + 1, Code = code, Plate = plate, TeamId = team.Id });
        if (plate.Length > 0 && Spelling.FindUnfit(plate) is null && Plates.FindFault(plate) is not null)
            file.Fault("plate", "a plate with its province, as 鲁K·T0001, or 鲁K·D12345 of a new-energy vehicle");
        if (!_plates.TryAdd(cab.PlateKey, code))
            file.Fault("plate", $"another plate; this one is on cab {_plates[cab.PlateKey]}");
        _cabsOfTeam[team.Id] = _cabsOfTeam.GetValueOrDefault(team.Id) + 1;
        if (_cabsOfTeam[team.Id] > Team.MaxCabs)
            file.Fault("team", $"another team; this one has {Team.MaxCabs} cabs, the most a team may have");
        return cab;
    }

    private void TakeLeadership(CsvFile file, Team team, Driver driver, DateOnly today)
    {
        if (file.OptionalDay("leads_since") is not { } since)
            return;
        if (since > today)
            file.Fault("leads_since", $"a day up to today, {today:yyyy-MM-dd}");
        var leadership = new Leadership { Id = _leaders.Count + 1, TeamId = team.Id, DriverId = driver.Id, AppointedOn = since };
        if (!_leaders.TryAdd(team.Id, leadership))
            file.Fault("leads_since", "nothing; the team has a leader already");
    }

    private void TakeShift(CsvFile file, Cab home, Driver driver, DateOnly today)
    {
        var since = file.OptionalDay("on_shift_since");
        var cab = file.OptionalCode("signed_on_to");
        if (since is null)
        {
            if (cab is not null)
                file.Fault("on_shift_since", $"the day since which the driver has been on shift; signed_on_to names {cab}");
            return;
        }

        if (since > today)
            file.Fault("on_shift_since", $"a day up to today, {today:yyyy-MM-dd}");
        if (cab is not null && !_occupied.TryAdd(cab, driver.Code))
            file.Fault("signed_on_to", $"another cab, or nothing; {_occupied[cab]} is signed on to {cab}");
        _shifts.Add((driver.Id, cab ?? home.Code, since.Value, cab is not null));
    }
}
