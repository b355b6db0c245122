using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Roster;

/// <summary>A cab whose plate is another cab's in another spelling, or no plate: it has no key, and a person must say what is right.</summary>
/// <param name="As">The other cab; null where the plate itself has no letter or digit.</param>
internal sealed record DoubtfulPlate(string Cab, string Plate, string? As, string? AsPlate)
{
    public override string ToString() => As is null
        ? $"{Cab} has the plate '{Plate}', which is none"
        : $"{Cab} has the plate '{Plate}', and {As} the same as '{AsPlate}'";
}

/// <summary>Keys of plates and names that were stored before there were any. Nothing becomes one: two cabs with one plate stay two.</summary>
internal static partial class SpellingKeys
{
    /// <summary>Once, and again for plates that are still doubtful. Names them in the log.</summary>
    public static async Task GiveMissingAsync(DispatchContext db, ILogger log, CancellationToken stop)
    {
        // A start with nothing to mend waits for no writer.
        if (await db.Cabs.AnyAsync(c => c.PlateKey == "", stop) || await db.Drivers.AnyAsync(d => d.NameKey == "", stop))
            await GiveAsync(db, stop);
        foreach (var doubtful in await FindDoubtfulAsync(db, stop))
            LogDoubtful(log, doubtful);
    }

    /// <summary>A plate is no cab's any more: the first that has it in another spelling has its key from now on.</summary>
    public static async Task PassOnAsync(string key, DispatchContext db, CancellationToken stop) =>
        (await db.Cabs.Where(c => c.PlateKey == "").OrderBy(c => c.Id).ToListAsync(stop)).Find(c => Plates.KeyOf(c.Plate) == key)?.GiveKey();

    /// <summary>Cabs without a key, by their codes.</summary>
    public static async Task<List<DoubtfulPlate>> FindDoubtfulAsync(DispatchContext db, CancellationToken stop)
    {
        var doubtful = await db.Cabs.AsNoTracking().Where(c => c.PlateKey == "").OrderBy(c => c.Code).Select(c => new { c.Code, c.Plate }).ToListAsync(stop);
        var keys = doubtful.Select(c => Plates.KeyOf(c.Plate)).Where(key => key.Length > 0).ToList();
        var others = await db.Cabs.AsNoTracking().Where(c => keys.Contains(c.PlateKey)).ToDictionaryAsync(c => c.PlateKey, c => c, stop);
        return doubtful.ConvertAll(c => others.GetValueOrDefault(Plates.KeyOf(c.Plate)) is { } other
            ? new DoubtfulPlate(c.Code, c.Plate, other.Code, other.Plate)
            : new(c.Code, c.Plate, null, null));
    }

    private static async Task GiveAsync(DispatchContext db, CancellationToken stop)
    {
        await using (var write = await db.BeginWriteAsync(stop))
        {
            var taken = (await db.Cabs.Where(c => c.PlateKey != "").Select(c => c.PlateKey).ToListAsync(stop)).ToHashSet();
            foreach (var cab in await db.Cabs.Where(c => c.PlateKey == "").OrderBy(c => c.Id).ToListAsync(stop))
            {
                if (taken.Add(Plates.KeyOf(cab.Plate)))
                    cab.GiveKey();
            }

            foreach (var driver in await db.Drivers.Where(d => d.NameKey == "").ToListAsync(stop))
                driver.GiveKey();
            await write.SaveAsync(stop);
        }

        db.ChangeTracker.Clear();
    }

    [LoggerMessage(5005, LogLevel.Warning, "One plate, one spelling: {Doubtful}. Nothing was joined; a person must put it right")]
    private static partial void LogDoubtful(ILogger log, DoubtfulPlate doubtful);
}
