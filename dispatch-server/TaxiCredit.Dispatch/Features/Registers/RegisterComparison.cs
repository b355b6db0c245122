using System.Globalization;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Registers;

/// <summary>
/// Compares a register with the city, line by line. Offices have no codes for teams and cabs: a team is also known by its name, a cab by its plate, and what
/// is new without a code gets the next free one.
/// </summary>
internal sealed class RegisterComparison
{
    private readonly RegisterCity _city;
    private readonly List<RegisterChange> _changes = [];
    private readonly List<RegisterDiffers> _differs = [];
    private readonly List<RegisterFault> _faults;
    private readonly HashSet<string> _judged = [];

    /// <summary>Plates that the lines before give to cabs, by the cab's code.</summary>
    private readonly Dictionary<string, string> _plates = [];

    /// <summary>Codes that the register itself gives; none of them is free.</summary>
    private readonly HashSet<string> _given;

    /// <summary>Teams and cabs that the register adds, by code; cabs also by the keys of their plates.</summary>
    private readonly Dictionary<string, RegisterChange> _newTeams = [];
    private readonly Dictionary<string, string> _newTeamsByName = [];
    private readonly Dictionary<string, CityCab> _newCabs = [];
    private readonly Dictionary<string, CityCab> _newPlates = [];
    private readonly Dictionary<string, int> _added = [];
    private int _teamNumber;
    private int _cabNumber;

    private RegisterComparison(RegisterCity city, RegisterTable table)
    {
        (_city, _faults) = (city, [.. table.Faults]);
        _given = [.. table.Lines.SelectMany(line => new[] { line.Cab, line.Team }).OfType<string>()];
    }

    public static RegisterPlan Of(RegisterTable table, bool isWhole, RegisterCity city)
    {
        var comparison = new RegisterComparison(city, table);
        foreach (var line in table.Lines)
            comparison.Take(line);
        return comparison.Conclude(table, isWhole);
    }

    private RegisterPlan Conclude(RegisterTable table, bool isWhole)
    {
        var named = table.Lines.Select(line => line.Driver).ToHashSet();
        var leftOut = _city.Drivers.Values.Where(driver => driver.IsOn && !named.Contains(driver.Code)).OrderBy(driver => driver.Code, StringComparer.Ordinal)
            .ToList();
        if (isWhole)
        {
            foreach (var driver in leftOut)
                Leave(driver);
        }

        var order = _changes.OrderBy(change => change.Kind).ToList();
        if (order.Count > RegisterPlan.MaxChanges)
            _faults.Add(new(0, null, "changes-many", $"{order.Count}", $"{RegisterPlan.MaxChanges}"));
        var touched = _changes.Select(change => change.Subject).ToHashSet();
        return new(
            order, _differs, _faults, table.Lines.Count(line => !touched.Contains(line.Driver) && _faults.TrueForAll(fault => fault.Line != line.Line)),
            leftOut.ConvertAll(driver => driver.Code), _city.Drivers.Values.Count(driver => driver.IsOn));
    }

    private void Take(RegisterLine line)
    {
        if (CabOf(line) is not { } cab)
            return;
        if (!_city.Drivers.TryGetValue(line.Driver, out var driver))
        {
            Change(RegisterChangeKind.AddDriver, line, line.Driver, "", line.Name, cab.Code);
            return;
        }

        if (Spelling.NameKey(driver.Name) != Spelling.NameKey(line.Name))
            _differs.Add(new(line.Line, RegisterColumn.Name, driver.Code, driver.Name, line.Name));
        if (driver.IsOn && driver.Cab.Code == cab.Code)
            return;
        if (driver.IsAhead)
            Fault(line, RegisterColumn.Driver, "change-ahead", driver.Code);
        else if (!driver.IsOn)
            Change(RegisterChangeKind.Return, line, driver.Code, driver.Cab.Code, cab.Code, cab.Team);
        else if (driver.Leads && driver.Cab.Team != cab.Team)
            Fault(line, RegisterColumn.Driver, "leads-team", driver.Code, driver.Cab.Team);
        else
            Change(RegisterChangeKind.Move, line, driver.Code, driver.Cab.Code, cab.Code, cab.Team);
    }

    private void Leave(CityDriver driver)
    {
        if (driver.Leads)
            _faults.Add(new(0, RegisterColumn.Driver, "leaver-leads", driver.Code, driver.Cab.Team));
        else if (driver.IsAhead)
            _faults.Add(new(0, RegisterColumn.Driver, "change-ahead", driver.Code));
        else
            _changes.Add(new(RegisterChangeKind.Leave, 0, driver.Code, driver.Cab.Code, "", driver.Cab.Team));
    }

    /// <summary>The home cab that a line names: the city's, or one that the register adds; null with a fault.</summary>
    private CityCab? CabOf(RegisterLine line)
    {
        var known = line.Cab is { } code ? _city.Cabs.GetValueOrDefault(code) ?? _newCabs.GetValueOrDefault(code) : null;
        var having = line.Plate is { } plate ? _city.Having(plate) ?? _newPlates.GetValueOrDefault(Plates.KeyOf(plate)) : null;
        if (known is null && having is not null && line.Cab is not null)
            return Refused(line, RegisterColumn.Plate, "plate-taken", line.Plate!, having.Code);
        if ((known ?? having) is not { } cab)
            return New(line);
        if (line.Plate is not null && !IsSaidOf(cab.Code, line.Plate))
            return Refused(line, RegisterColumn.Plate, "cab-two-plates", line.Plate, cab.Code);
        if (!_judged.Add($"{cab.Code}|{line.Plate}|{line.Team}|{line.TeamName}"))
            return cab;

        if (known is not null && line.Plate is not null && Plates.KeyOf(known.Plate) != Plates.KeyOf(line.Plate) && !IsProvinceMissing(known, line.Plate))
        {
            if (having is not null && having.Code != known.Code)
                return Refused(line, RegisterColumn.Plate, "plate-taken", line.Plate, having.Code);
            if (Plates.FindFault(line.Plate) is not null)
                return Refused(line, RegisterColumn.Plate, "plate-province", line.Plate);
            Change(RegisterChangeKind.ChangePlate, line, known.Code, known.Plate, line.Plate);
            _newPlates[Plates.KeyOf(line.Plate)] = known with { Plate = line.Plate };
        }

        if (TeamOf(line) is { } team && team != cab.Team)
            _differs.Add(new(line.Line, line.Team is null ? RegisterColumn.TeamName : RegisterColumn.Team, cab.Code, cab.Team, line.Team ?? line.TeamName!));
        return cab;
    }

    /// <summary>Whether a line gives a cab the plate that those before it give, with or without its province.</summary>
    private bool IsSaidOf(string cab, string plate) =>
        _plates.TryAdd(cab, plate) || Plates.KeysOf(plate).Intersect(Plates.KeysOf(_plates[cab])).Any();

    private static bool IsProvinceMissing(CityCab cab, string plate) => Plates.KeysOf(plate).Contains(Plates.KeyOf(cab.Plate));

    private CityCab? New(RegisterLine line)
    {
        if (line.Plate is not { } plate)
            return Refused(line, RegisterColumn.Cab, "cab-unknown", line.Cab!);
        if (Plates.FindFault(plate) is not null)
            return Refused(line, RegisterColumn.Plate, "plate-province", plate);
        if (TeamOf(line) is not { } team)
        {
            if (line.TeamName is null)
                return Refused(line, RegisterColumn.TeamName, line.Team is null ? "team-missing" : "team-unknown", line.Team ?? "", plate);
            team = line.Team ?? NextTeam();
            _newTeams.Add(team, new(RegisterChangeKind.AddTeam, line.Line, team, "", line.TeamName));
            _newTeamsByName.TryAdd(Spelling.NameKey(line.TeamName), team);
            _changes.Add(_newTeams[team]);
        }

        _added[team] = _added.GetValueOrDefault(team) + 1;
        if (_city.CabsOfTeam.GetValueOrDefault(team) + _added[team] > Team.MaxCabs)
            return Refused(line, line.Team is null ? RegisterColumn.TeamName : RegisterColumn.Team, "team-full", line.TeamName ?? team, $"{Team.MaxCabs}");
        var cab = new CityCab(line.Cab ?? NextCab(), plate, team);
        _newCabs.Add(cab.Code, cab);
        _newPlates[Plates.KeyOf(plate)] = cab;
        _plates.Add(cab.Code, plate);
        Change(RegisterChangeKind.AddCab, line, cab.Code, "", plate, team);
        return cab;
    }

    /// <summary>By its code where the line has one, otherwise by its name; null for a team that there is not.</summary>
    private string? TeamOf(RegisterLine line)
    {
        if (line.Team is { } code)
            return _city.Teams.ContainsKey(code) || _newTeams.ContainsKey(code) ? code : null;
        if (line.TeamName is not { } name)
            return null;
        var key = Spelling.NameKey(name);
        return _city.TeamsByName.GetValueOrDefault(key) ?? _newTeamsByName.GetValueOrDefault(key);
    }

    private string NextTeam() => Next("team", 2, ref _teamNumber, _city.Teams.ContainsKey, _newTeams.ContainsKey);

    private string NextCab() => Next("cab", 4, ref _cabNumber, _city.Cabs.ContainsKey, _newCabs.ContainsKey);

    private string Next(string what, int digits, ref int number, Func<string, bool> isHere, Func<string, bool> isAdded)
    {
        string code;
        do
            code = $"{what}-{(++number).ToString($"D{digits}", CultureInfo.InvariantCulture)}";
        while (isHere(code) || isAdded(code) || _given.Contains(code));
        return code;
    }

    private void Change(RegisterChangeKind kind, RegisterLine line, string subject, string before, string after, string within = "") =>
        _changes.Add(new(kind, line.Line, subject, before, after, within));

    private CityCab? Refused(RegisterLine line, RegisterColumn column, string kind, string value, string other = "")
    {
        Fault(line, column, kind, value, other);
        return null;
    }

    private void Fault(RegisterLine line, RegisterColumn column, string kind, string value, string other = "") =>
        _faults.Add(new(line.Line, column, kind, value, other));
}
