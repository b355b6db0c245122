using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Features.Exchange.Csv;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Dispatch.Pdf;

namespace TaxiCredit.Dispatch.Features.Workshop;

/// <summary>
/// Puts many units into their cabs, all of them or none, and returns what a workshop needs for that as one ZIP. It holds the root keys and cannot be
/// had again.
/// </summary>
/// <param name="Content">A CSV of the columns <c>unit</c> and <c>cab</c>, with <c>ssid</c> and <c>psk</c> where units are given a network.</param>
internal sealed record RegisterUnits(Acting Actor, byte[] Content)
{
    private static readonly OperationRule Rule = new("register-units", Permission.ProvisionDisplay);

    /// <param name="address">Where people reach the server, without a slash at its end; it stands on the labels.</param>
    public static Task<Outcome<WorkshopFiles>> HandleAsync(
        RegisterUnits command, string address, OperationContext context, DisplayServices displays, PdfFonts fonts, CancellationToken stop)
    {
        return context.RunAsync<WorkshopFiles>(Rule, command.Actor, null, Check, person => RegisterAsync(person.Name), stop);

        Refusal? Check() => command.Content.Length > UnitsFile.MaxBytes
            ? Refusal.Malformed("units-file-oversize", $"The file has {command.Content.Length} bytes; at most {UnitsFile.MaxBytes}.")
            : displays.FindUnreachable() ?? displays.Reach.OfPages(address) ?? fonts.Missing;

        async Task<Outcome<Done<WorkshopFiles>>> RegisterAsync(string by)
        {
            var (faults, city) = (new Faults(), await context.Db.CityAsync(stop));
            var wanted = UnitsFile.Read(command.Content, city, faults);
            var cabs = await CompareAsync(wanted, context.Db, faults, stop);
            if (faults.Any)
                return Refused(faults);

            var made = new List<MadeUnit>(wanted.Count);
            var facts = new List<IFact>(wanted.Count);
            foreach (var issued in await IssueAsync(wanted, cabs, context, displays, stop))
            {
                var (unit, display, config) = issued;
                made.Add(new(unit, cabs[unit.Cab].Plate, config));
                facts.Add(new DisplayChanged(display));
                context.Record(by, Rule.Name, display.Code, unit.Cab);
            }

            await context.Db.SaveChangesAsync(stop);
            var files = WorkshopFiles.Of(made, await StillMissing.ReadAsync(context.Db, stop), address, city, fonts, context.Now);
            return Done.With(files, city, string.Create(CultureInfo.InvariantCulture, $"{made.Count} units"), facts);
        }
    }

    private static async Task<List<(WantedUnit Unit, Display Display, UnitConfig Config)>> IssueAsync(
        List<WantedUnit> wanted, Dictionary<string, Cab> cabs, OperationContext context, DisplayServices displays, CancellationToken stop)
    {
        var issued = new List<(WantedUnit, Display, UnitConfig)>(wanted.Count);
        var codes = wanted.ConvertAll(unit => unit.Id);
        var known = await context.Db.Displays.Where(d => codes.Contains(d.Code)).ToDictionaryAsync(d => d.Code, stop);
        foreach (var unit in wanted)
        {
            var (display, config) = known.TryGetValue(unit.Id, out var inStock)
                ? UnitIssue.FromStock(inStock, cabs[unit.Cab], context, displays).Value
                : UnitIssue.Make(unit.Id, cabs[unit.Cab], context, displays);
            issued.Add((unit, display, config with { Ssid = unit.Ssid, Passphrase = unit.Passphrase }));
        }

        await context.Db.SaveChangesAsync(stop);
        UnitIssue.AddTwins(issued.Select(one => one.Item2).Where(display => !known.ContainsKey(display.Code)), context.Db);
        return issued;
    }

    /// <summary>Compares the file with the roster and with the units that there are.</summary>
    private static async Task<Dictionary<string, Cab>> CompareAsync(List<WantedUnit> wanted, DispatchContext db, Faults faults, CancellationToken stop)
    {
        var (codes, ids) = (wanted.ConvertAll(unit => unit.Cab), wanted.ConvertAll(unit => unit.Id));
        var cabs = await db.Cabs.AsNoTracking().Where(c => codes.Contains(c.Code)).ToDictionaryAsync(c => c.Code, stop);
        var cabIds = cabs.Values.Select(cab => cab.Id).ToList();
        var taken = await db.DisplaysInCabs.AsNoTracking().Where(d => cabIds.Contains(d.CabId)).ToDictionaryAsync(d => d.CabId, d => d.Code, stop);
        var known = await db.Displays.AsNoTracking().Where(d => ids.Contains(d.Code)).ToDictionaryAsync(d => d.Code, stop);
        foreach (var unit in wanted)
        {
            if (unit.Cab.Length > 0 && !cabs.ContainsKey(unit.Cab))
                Add("cab", unit.Cab, "the code of a cab in the roster");
            else if (cabs.TryGetValue(unit.Cab, out var cab) && taken.TryGetValue(cab.Id, out var there))
                Add("cab", unit.Cab, $"a cab without a unit; this one has '{there}'");
            if (known.TryGetValue(unit.Id, out var unitThere) && unitThere.Rest is not DisplayRest.Stock)
                Add("unit", unit.Id, $"a unit that is in no cab, and new or in stock; this one is {unitThere.Rest.Word}");
            else if (unitThere?.Epoch == Wire.Envelope.LastEpoch)
                Add("unit", unit.Id, "a unit that has key epochs left");

            void Add(string column, string value, string expected) => faults.Add(new(UnitsFile.Name, unit.Line, column, value, expected));
        }

        return cabs;
    }

    private static Refusal Refused(Faults faults)
    {
        var refusal = Refusal.AgainstRule(
            "units-file-faults", $"The file has {faults.Found.Count} faults, and nothing was done. The first: {faults.Found[0]}");
        return refusal with { Facts = new Dictionary<string, object?> { ["faults"] = faults.Found } };
    }
}
