using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Data.Bulk;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.MonthClose;
using TaxiCredit.Dispatch.Operations;
using TaxiCredit.Scoring;

namespace Benchmarks.Scale;

/// <summary>
/// Closes months of a province by the API of a server process: preview, two signatures, publication. The peer does the least that any close must:
/// one SQL <c>GROUP BY</c> over the same rows from an index that holds just what it sums, and one bulk insert of as many ratings into the same table.
/// </summary>
internal sealed class CloseAtScale : IBenchmark
{
    private const int PeerClose = 1_000_000;

    // The first compiles what the others run; the median is of a server that is warm.
    private const int Rounds = 3;

    public string Name => "close";

    public async Task<IReadOnlyList<Figure>> RunAsync(bool quick) =>
        [.. await RunAsync(postgres: false, quick), .. await RunAsync(postgres: true, quick)];

    private static async Task<List<Figure>> RunAsync(bool postgres, bool quick)
    {
        var (drivers, entries) = quick ? (20_000, 500_000) : (200_000, 5_000_000);
        await using var city = await ScaleDatabase.MakeAsync(postgres);
        var token = await FillAsync(city, drivers, entries);
        await using var server = await ServerChild.ServeAsync(city.Options);
        await using var beside = DispatchServer.Build(city.Options);
        using var client = ActingClient.Of(beside.Services, server.Address, token);
        client.Timeout = Timeout.InfiniteTimeSpan;

        await TreeOfAsync(beside.Services);
        var (here, peer, log) = (new List<double>(), new List<double>(), new List<double>());
        var steps = new Dictionary<string, List<double>>();
        var month = new Month(2017, 12);
        for (var round = 0; round < Rounds; round++, month = month.Next)
        {
            peer.Add(await PeerAsync(city));
            here.Add(await CloseAsync(client, month, steps));
            log.Add(await LogAsync(beside.Services, month));
            peer.Add(await PeerAsync(city));
        }

        var size = $"close of {drivers:N0} drivers with {entries:N0} entries, {city.Name}";
        return
        [
            new($"{size}, s vs GROUP BY and bulk insert", Percentile.Of(here, 0.5), Percentile.Of(peer, 0.5), "ratio < 3"),
            .. steps.Select(step => new Figure($"  of which {step.Key}, s", Percentile.Of(step.Value, 0.5), null, "")),
            new($"{size}, share of its leaf and its public checkpoint, %", 100 * log.Max() / Percentile.Of(here, 0.5), null, "<= 5"),
            new($"{size}, peak memory, MB", server.PeakMegabytes(), null, "< 300"),
        ];
    }

    private static async Task<string> FillAsync(ScaleDatabase city, int drivers, int entries)
    {
        await using var db = city.Open();
        await ScaleCity.FillAsync(db, drivers, entries);
        db.Settings.Add(new Setting { Name = Setting.BureauDate, Value = "2018-04-02" });
        db.Closes.Add(new Close { Id = PeerClose, Period = "2000-01", Revision = 1, Status = CloseStatus.Previewed });
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlRawAsync("""CREATE INDEX "PeerIndex" ON "Ledger" ("DriverId", "Points")""");
        await db.Database.ExecuteSqlRawAsync(db is PostgresDispatchContext ? "VACUUM ANALYZE" : "PRAGMA wal_checkpoint(TRUNCATE)");
        return await BearerTokens.CreateAsync(db, "bench", [Scope.Read], DateTimeOffset.UnixEpoch, CancellationToken.None);
    }

    private static async Task<double> PeerAsync(ScaleDatabase city)
    {
        await using var db = city.Open();
        await db.Database.OpenConnectionAsync();
        var clock = Stopwatch.StartNew();
        var sums = await db.Database.SqlQuery<Sum>($"""SELECT "DriverId", sum("Points") AS "Points" FROM "Ledger" GROUP BY "DriverId" """).ToListAsync();
        await using (var write = await db.BeginWriteAsync(CancellationToken.None))
        {
            await using (var table = BulkInsert<Rating>.Into(db))
            {
                var rows = sums.ConvertAll(s => new Rating
                {
                    CloseId = PeerClose, DriverId = s.DriverId, Points = (int)s.Points, Stars = 4, DaysOnShift = 0, PreviousStars = null,
                });
                await table.WriteAsync(rows, CancellationToken.None);
            }

            await write.SaveAsync(CancellationToken.None);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        await db.Ratings.Where(r => r.CloseId == PeerClose).ExecuteDeleteAsync();
        if (db is PostgresDispatchContext)
            await db.Database.ExecuteSqlRawAsync("VACUUM \"Ratings\"");
        return seconds;
    }

    /// <summary>A server has the tree in memory before it signs.</summary>
    private static async Task TreeOfAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        await services.GetRequiredService<CityTree>().WithCityAsync(db, (tree, _) => tree.Size, CancellationToken.None);
    }

    /// <summary>
    /// What a close costs for the log: its public checkpoint, signed here as the server's own job would within seconds, and a leaf like the one that was
    /// stored with the publication, taken back again. Proofs and tiles are made when somebody asks for them, and cost a close nothing.
    /// </summary>
    private static async Task<double> LogAsync(IServiceProvider services, Month month)
    {
        var (stop, period) = (CancellationToken.None, month.ToString());
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        var close = await db.Closes.AsNoTracking().Include(c => c.Signatures).SingleAsync(c => c.Period == period, stop);
        var clock = Stopwatch.StartNew();
        await scope.ServiceProvider.GetRequiredService<CheckpointSigning>().SignPublicationAsync(stop);
        await using (await db.BeginWriteAsync(stop))
        {
            await db.AppendLeafAsync(LeafKind.Close, long.MaxValue, CloseForm.Of(close), stop);
            await db.SaveChangesAsync(stop);
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> CloseAsync(HttpClient client, Month month, Dictionary<string, List<double>> steps)
    {
        var clock = Stopwatch.StartNew();
        var digest = (await PostAsync("preview", new { actor = ScaleCity.Officer })).GetProperty("digest").GetString();
        await PostAsync("signatures", new { actor = ScaleCity.Officer, digest });
        await PostAsync("signatures", new { actor = ScaleCity.Supervisor, digest });
        await PostAsync("publication", new { actor = ScaleCity.Officer });
        return clock.Elapsed.TotalSeconds;

        async Task<JsonElement> PostAsync(string what, object body)
        {
            var begun = clock.Elapsed;
            var response = await client.PostAsJsonAsync($"/api/v1/months/{month}/{what}", body);
            (steps.TryGetValue(what, out var taken) ? taken : steps[what] = []).Add((clock.Elapsed - begun).TotalSeconds);
            return response.IsSuccessStatusCode
                ? await response.Content.ReadFromJsonAsync<JsonElement>()
                : throw new InvalidOperationException($"{what}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    private sealed record Sum(int DriverId, long Points);
}
