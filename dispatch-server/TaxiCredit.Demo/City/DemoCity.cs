using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace TaxiCredit.Demo.City;

/// <summary>
/// The synthetic city in a real database. It is played there through the ordinary operations, with the bureau's date set day by day, and whoever
/// reads the database finds it labelled (<see cref="Setting.Synthetic"/>).
/// </summary>
internal static class DemoCity
{
    /// <summary>The city that the ledger's chain begins with.</summary>
    public const string Name = "rongcheng-demo";

    /// <summary>The operator that passengers see.</summary>
    public const string Company = "荣成模拟出租汽车公司";

    /// <summary>At the bureau, when the year has been played.</summary>
    public static DateOnly Ends => new(2018, 1, 2);

    /// <summary>Whether a database was made by the demo, even if the demo was cut off before it had played the year.</summary>
    /// <param name="databaseFile">An SQLite file. It is only read.</param>
    public static async Task<bool> MadeAsync(string databaseFile)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = databaseFile, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var query = connection.CreateCommand();
        query.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'Settings'";
        if ((long)(await query.ExecuteScalarAsync())! == 0)
            return false;

        query.CommandText = "SELECT \"Value\" FROM \"Settings\" WHERE \"Name\" = $city";
        query.Parameters.AddWithValue("$city", Setting.City);
        return await query.ExecuteScalarAsync() is null or Name;
    }

    /// <summary>Plays 2017 into an empty database, all of it or nothing; a database that has it already stays as it is.</summary>
    /// <exception cref="InvalidOperationException">The database is of another city, or somebody else has begun to fill it.</exception>
    public static async Task PlayOnceAsync(IServiceProvider services, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        if (await db.Settings.AnyAsync(s => s.Name == Setting.Synthetic, stop))
            return;
        if (await db.CityAsync(stop) is var city && (city != Name || await db.Drivers.AnyAsync(stop)))
            throw new InvalidOperationException($"The database is of the city '{city}' and was not made by the demo; the demo takes an empty folder.");

        await PlayAsync(scope.ServiceProvider, play => play.YearAsync(stop), stop);
    }

    /// <summary>
    /// Lets the rest of the bureau's month pass, with its reports and decisions, and makes it the 2nd of the month after: what remains is to close
    /// the month. The reports of a month are the same whenever it is played.
    /// </summary>
    /// <returns>The month that has passed, or a refusal while the month before it is not published, or where the city is not synthetic.</returns>
    public static async Task<Outcome<Month>> NextMonthAsync(IServiceProvider services, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        await using var write = await db.BeginWriteAsync(stop);
        if (!await db.Settings.AnyAsync(s => s.Name == Setting.Synthetic, stop))
            return Refusal.Forbidden("city-not-synthetic", "Only a synthetic city can skip time.");

        var month = Month.Of(scope.ServiceProvider.GetRequiredService<BureauTime>().Today);
        var before = month.Previous.ToString();
        if (!await db.Closes.AnyAsync(c => c.Period == before && c.Status == CloseStatus.Published, stop))
            return Refusal.Conflict("month-before-open", $"{before} is not published yet; close it before {month} passes.");

        await PlayAsync(scope.ServiceProvider, play => play.RestOfMonthAsync(stop), stop);
        await write.SaveAsync(stop);
        return month;
    }

    private static async Task PlayAsync(IServiceProvider scoped, Func<DemoPlay, Task> play, CancellationToken stop)
    {
        var db = scoped.GetRequiredService<DispatchContext>();
        var played = false;
        try
        {
            // A point to return to for each of some thousand small saves would cost more than the saves; the transaction is the point to return to.
            db.Database.AutoSavepointsEnabled = false;
            await using var write = await db.BeginWriteAsync(stop);
            var close = ActivatorUtilities.CreateInstance<DemoClose>(scoped);
            await play(ActivatorUtilities.CreateInstance<DemoPlay>(scoped, close, new SyntheticCity(SyntheticCity.DemoSeed)));
            await write.SaveAsync(stop);
            played = true;
        }
        finally
        {
            // The days that were rolled back are not to stay in memory.
            if (!played)
                await scoped.GetRequiredService<BureauTime>().LoadAsync(db, CancellationToken.None);
        }
    }
}
