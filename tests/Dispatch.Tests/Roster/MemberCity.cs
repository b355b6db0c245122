using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Features.Roster.Members;

namespace Dispatch.Tests.Roster;

/// <summary>What tests of memberships ask of the small city: d-2 drives cab-2 of t-1, d-3 cab-3 of t-2. At the bureau it is 2017-08-15.</summary>
internal static class MemberCity
{
    public static Task<JsonElement> MoveAsync(this SmallCity city, string driver, string cab, string? on = null) =>
        city.PostAsync($"drivers/{driver}/team", Move(cab, on));

    public static Task<JsonElement> LeaveAsync(this SmallCity city, string driver, string? on = null) =>
        city.PostAsync($"drivers/{driver}/leaving", Leave(on));

    public static Task<JsonElement> ReturnAsync(this SmallCity city, string driver, string cab, string? on = null) =>
        city.PostAsync($"drivers/{driver}/return", Move(cab, on));

    public static object Move(string cab, string? on = null, string reason = "Moved house.") => new { actor = SmallCity.Officer, cab, reason, on };

    public static object Leave(string? on = null, string reason = "Retires.") => new { actor = SmallCity.Officer, reason, on };

    /// <summary>Ended long ago: a driver who is not on shift can leave on any open day.</summary>
    public static Task EndShiftAsync(this SmallCity city, string driver, string offDay)
    {
        var (at, day) = (DateTimeOffset.UnixEpoch.AddYears(60), DateOnly.Parse(offDay, CultureInfo.InvariantCulture));
        return city.WithDbAsync(db => db.Set<Shift>().Where(s => s.Driver.Code == driver && s.OffAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(s => s.OffAt, at).SetProperty(s => s.OffDay, day)));
    }

    /// <summary>Team, home cab, first day and the first on which it is over, the newest first.</summary>
    public static async Task<string> TimesAsync(this SmallCity city, string driver) => string.Join("; ", (await city.GetAsync($"drivers/{driver}/memberships"))
        .EnumerateArray().Select(m => string.Join(' ', new[] { "team", "cab", "joinedOn", "leftOn" }.Select(name => m.GetProperty(name).GetString() ?? "-"))));

    public static Task<int> BeginAsync(this SmallCity city) => city.InContextAsync(context => MembershipsDue.RunAsync(context, CancellationToken.None));

    /// <summary>Team and home cab of today, and the cab of the shift.</summary>
    public static async Task<string> HomeAsync(this SmallCity city, string driver)
    {
        var found = (await city.GetAsync("drivers")).EnumerateArray().Single(d => d.GetProperty("code").GetString() == driver);
        return string.Join(' ', new[] { "team", "homeCab", "signedOnTo" }.Select(name => found.GetProperty(name).GetString() ?? "-"));
    }
}
