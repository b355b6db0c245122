using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Anchor;

namespace Dispatch.Tests.Anchor;

/// <summary>What these tests do with the logs of a small city, at once instead of when its jobs are due.</summary>
internal static class LogOfCity
{
    public static async Task SignBothAsync(this SmallCity city)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CheckpointSigning>().SignBothAsync(() => Task.CompletedTask, CancellationToken.None);
    }

    public static async Task SignPublicationAsync(this SmallCity city)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CheckpointSigning>().SignPublicationAsync(CancellationToken.None);
    }

    public static async Task CheckWholeAsync(this SmallCity city)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        await city.Server.Services.GetRequiredService<LogWatch>()
            .CheckWholeAsync(scope.ServiceProvider.GetRequiredService<DispatchContext>(), CancellationToken.None);
    }

    public static Task<string?> FindFaultAsync(this SmallCity city, params Anchored[] signed) => city.WithDbAsync(async db =>
        await LogCheck.OfCityAsync(db, [.. await LogWatch.SignedAsync(db, LogTree.City, CancellationToken.None), .. signed], CancellationToken.None)
        ?? await LogCheck.OfAuditAsync(db, await LogWatch.SignedAsync(db, LogTree.Audit, CancellationToken.None), CancellationToken.None));

    /// <summary>Changes what was decided as one does who has the database and the program: every hash after it is computed anew.</summary>
    public static Task RewriteAsync(this SmallCity city, long sequence, int points) => city.WithDbAsync(async db =>
    {
        await db.DropTriggersAsync();
        var rows = await db.Ledger.AsNoTracking().OrderBy(e => e.Sequence).ToListAsync();
        var previous = rows[0].PreviousHash;
        // Above all others first: hashes are unique.
        await db.Database.ExecuteSqlRawAsync("""UPDATE "Ledger" SET "PreviousHash" = 'x' || "PreviousHash" """);
        foreach (var row in rows)
        {
            var entry = row.ToEntry() with { Points = new(row.Sequence == sequence ? points : row.Points) };
            var (from, hash) = (previous, TaxiCredit.Scoring.Ledger.LedgerChain.Hash(previous, entry));
            await db.Database.ExecuteSqlAsync(
                $"""UPDATE "Ledger" SET "Points" = {entry.Points.Hundredths}, "PreviousHash" = {from}, "Hash" = {hash} WHERE "Sequence" = {row.Sequence}""");
            previous = hash;
        }

        return 0;
    });
}
