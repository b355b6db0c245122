using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Statistics.Bulletins;

namespace Dispatch.Tests.Statistics;

/// <summary>
/// The small city with nine drivers, of whom the bulletins of June and July 2017 tell. May is published first, so that the days of June are known.
/// </summary>
internal static class BulletinCity
{
    /// <summary>On which no figures lie yet.</summary>
    public static BulletinShelf NewShelf(this WebApplication server) =>
        new(server.Services.GetRequiredService<IServiceScopeFactory>(), server.Lifetime);

    /// <summary>Six complaints of S02, five of S03 and two of S01 in June; nothing is decided.</summary>
    public static async Task FillJuneAsync(this SmallCity city)
    {
        await city.SetTodayAsync(new(2017, 6, 1));
        for (var n = 4; n <= 9; n++)
        {
            await city.PostAsync("cabs", new { actor = SmallCity.Officer, code = $"cab-{n}", plate = $"鲁K·T000{n}", team = "t-2" });
            await city.PostAsync("drivers", new { actor = SmallCity.Officer, code = $"d-{n}", name = $"Driver {n}", homeCab = $"cab-{n}" });
            await city.PostAsync("shifts/on", new { actor = SmallCity.Officer, driver = $"d-{n}", cab = $"cab-{n}" });
        }

        await city.SetTodayAsync(new(2017, 6, 10));
        await city.CloseAsync("2017-05");
        await city.ComplainAsync("S02", "2017-06-09", 1, 2, 3, 4, 5, 6);
        await city.ComplainAsync("S03", "2017-06-09", 5, 6, 7, 8, 9);
        await city.ComplainAsync("S01", "2017-06-09", 1, 2);
    }

    /// <summary>
    /// In July seven complaints of S02, five of S03, one of S01, about the wrong driver, and one of T05. Twelve cases are upheld in time, six of June
    /// are dismissed late, and of each month some are left undecided. Five objections are confirmed and five overturned; five merits have a property.
    /// </summary>
    public static async Task FillJulyAsync(this SmallCity city)
    {
        await city.SetTodayAsync(new(2017, 7, 5));
        var refused = await city.ComplainAsync("S02", "2017-07-04", 1, 2, 3, 4, 5, 6, 7);
        var charged = await city.ComplainAsync("S03", "2017-07-04", 5, 6, 7, 8, 9);
        var wrong = await city.ComplainAsync("S01", "2017-07-04", 9);
        await city.ComplainAsync("T05", "2017-07-04", 8);
        await city.PostAsync($"cases/{wrong[0]}/reassignment", new { actor = SmallCity.Officer, driver = "d-8", reason = "The taximeter says so." });
        var found = new List<string>();
        for (var n = 1; n <= 5; n++)
        {
            found.Add((await city.PostAsync("cases", new
            {
                actor = SmallCity.OtherOfficer, kind = "merit", driver = $"d-{n}", code = "M01", conductOn = "2017-07-04", place = "Gate", account = "A bag.",
                propertyFen = 100_050,
            })).GetProperty("number").GetString()!);
        }

        await city.SetTodayAsync(new(2017, 7, 13));
        foreach (var number in found)
            await city.DecideAsync(number, new { actor = SmallCity.Officer, verdict = "upheld", reason = "The owner says so." });
        await city.DecideAllAsync("upheld", [.. refused, .. charged]);
        await city.SetTodayAsync(new(2017, 7, 20));
        await city.DecideAllAsync("dismissed", Enumerable.Range(1, 6).Select(n => $"c-{n:D6}"));
        for (var n = 0; n < 5; n++)
        {
            await city.ObjectAsync(refused[n], n + 1, "confirmed");
            await city.ObjectAsync(charged[n], n + 5, "overturned");
        }

        await city.SetTodayAsync(new(2017, 8, 15));
    }

    public static async Task<List<string>> ComplainAsync(this SmallCity city, string code, string on, params int[] drivers)
    {
        var numbers = new List<string>();
        foreach (var driver in drivers)
            numbers.Add((await city.RecordAsync($"d-{driver}", code, on)).GetProperty("number").GetString()!);
        return numbers;
    }

    /// <summary>Figures of the newest edition.</summary>
    public static async Task<JsonElement> FiguresAsync(this SmallCity city, string period, int? edition = null) =>
        (await city.GetAsync($"statistics/{period}{(edition is null ? "" : $"?edition={edition}")}")).GetProperty("figures");

    private static async Task ObjectAsync(this SmallCity city, string number, int driver, string outcome)
    {
        await city.PostAsync($"cases/{number}/objection", new { actor = $"d-{driver}", statement = "The road was closed." });
        await city.PostAsync($"cases/{number}/objection/ruling", new { actor = SmallCity.Supervisor, outcome, reason = "As I see it." });
    }

    private static async Task DecideAllAsync(this SmallCity city, string verdict, IEnumerable<string> numbers)
    {
        foreach (var number in numbers)
            await city.DecideAsync(number, new { actor = SmallCity.Officer, verdict, reason = "Looked into." });
    }
}
