using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;
using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.Accounts;

/// <summary>Actors of the bureau and drivers of the roster, as operations ask for them. Thread-safe.</summary>
internal sealed class People(BureauTime bureau) : IPeople
{
    /// <summary>The upper-case name is the one with an index.</summary>
    private const string FindActor =
        """
        SELECT a."Role", EXISTS (SELECT 1 FROM "Drivers" d WHERE d."Code" = @name),
            EXISTS (SELECT 1 FROM "Accounts" u WHERE u."NormalizedUserName" = @upper AND u."UserName" = @name AND u."LockoutEnd" = @never)
        FROM "Actors" a WHERE a."Name" = @name
        """;

    public async Task<Person?> FindAsync(string name, DispatchContext db, CancellationToken stop)
    {
        var isDriver = false;
        Person? actor = null;
        // By hand: each operation asks twice, and building the query takes ten times as long as its answer.
        await db.ReadAsync(
            FindActor,
            row =>
            {
                isDriver = Convert.ToBoolean(row.GetValue(1), CultureInfo.InvariantCulture);
                actor = new(name, Enum.Parse<Role>(row.GetString(0)), IsClosed: Convert.ToBoolean(row.GetValue(2), CultureInfo.InvariantCulture));
            },
            stop,
            ("@name", name), ("@upper", name.ToUpperInvariant()), ("@never", Account.Never.ToUnixTimeMilliseconds()));
        return isDriver ? null : actor ?? await FindDriverAsync(name, db, stop);
    }

    public Task<PlaceOfDriver?> PlaceAsync(string driver, DispatchContext db, CancellationToken stop)
    {
        var members = db.Set<Membership>().HoldingOn(bureau.Today);
        return db.Drivers.Where(d => d.Code == driver)
            .Select(d => new PlaceOfDriver(d.Id, members.Where(m => m.DriverId == d.Id).Select(m => (int?)m.TeamId).FirstOrDefault()))
            .SingleOrDefaultAsync(stop);
    }

    public Task<bool> IsActorAsync(string name, DispatchContext db, CancellationToken stop) => db.Actors.AnyAsync(a => a.Name == name, stop);

    private async Task<Person?> FindDriverAsync(string name, DispatchContext db, CancellationToken stop)
    {
        var upperName = name.ToUpperInvariant();
        var closed = db.Set<Account>().Where(a => a.NormalizedUserName == upperName && a.UserName == name && a.LockoutEnd == Account.Never);
        var members = db.Set<Membership>().HoldingOn(bureau.Today);
        var driver = await db.Drivers.Where(d => d.Code == name).Select(d => new
        {
            d.Id,
            TeamId = members.Where(m => m.DriverId == d.Id).Select(m => (int?)m.TeamId).FirstOrDefault(),
            Leads = db.Set<Leadership>().Where(l => l.DriverId == d.Id && l.RemovedOn == null).OrderByDescending(l => l.Id)
                .Select(l => (int?)l.TeamId).FirstOrDefault(),
            IsClosed = closed.Any(),
        }).SingleOrDefaultAsync(stop);
        return driver is null
            ? null
            : new Person(name, driver.Leads is null ? Role.Driver : Role.Leader, driver.Id, driver.Leads ?? driver.TeamId, driver.IsClosed)
            {
                HasLeft = driver.TeamId is null,
            };
    }
}
