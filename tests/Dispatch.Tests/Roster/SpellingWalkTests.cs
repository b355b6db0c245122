using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.RegularExpressions;
using Dispatch.Tests.Accounts;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Features.Displays.Life;
using TaxiCredit.Dispatch.Features.LostProperty;
using TaxiCredit.Dispatch.Features.Roster;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Roster;

/// <summary>Wherever a driver, a cab or a team is named, any spelling of it names it: commands, addresses, searches and what is added.</summary>
[TestClass]
public class SpellingWalkTests : CityTests
{
    private const string Typed = " Ｄ–２";

    /// <summary>Parameters of commands that name somebody or something of the roster by its code.</summary>
    private static readonly string[] Codes = ["Driver", "Cab", "HomeCab", "Team", "Reporter"];

    private static readonly Type[] Commands =
    [
        .. typeof(Spelling).Assembly.GetTypes().Where(type =>
            type.GetMethods(BindingFlags.Static | BindingFlags.Public).Any(m => m.Name is "HandleAsync" or "RunAsync")
            // They take a plate too, and find the cab themselves.
            && type != typeof(TakeCab) && type != typeof(AskForLost) && type != typeof(RegisterFound)
            && type.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(string) && Codes.Contains(p.Name)))),
    ];

    [TestMethod]
    public void Commands_NamedInAnotherSpelling_AreAboutTheSame()
    {
        var faults = new List<string>();
        foreach (var command in Commands)
        {
            var made = command.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
            var one = made.Invoke([.. made.GetParameters().Select(ValueOf)]);
            faults.AddRange(made.GetParameters().Where(p => Codes.Contains(p.Name)).Select(p => command.GetProperty(p.Name!)!)
                .Where(property => (string?)property.GetValue(one) != "d-2").Select(property => $"{command.Name}.{property.Name} is as it was typed"));
        }

        Assert.IsGreaterThan(12, Commands.Length, "the search for commands finds them");
        Assert.IsEmpty(faults, string.Join('\n', faults));

        static object? ValueOf(ParameterInfo parameter) => parameter.ParameterType == typeof(string) ? Typed
            : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType)
            : null;
    }

    [TestMethod]
    public async Task Addresses_NamedInAnotherSpelling_AreAnsweredAlike()
    {
        var walked = 0;
        foreach (var request in ApiRequests.All.Where(r => Regex.IsMatch(r.Path, "^(drivers|teams|cabs)/(d-2|none)/")))
        {
            // A team, cab or driver that there is, so that another answer than that there is none can be told apart.
            var sound = request with
            {
                Path = request.Path.Replace("teams/none", "teams/t-1", StringComparison.Ordinal).Replace("cabs/none", "cabs/cab-1", StringComparison.Ordinal)
                    .Replace("drivers/none", "drivers/d-2", StringComparison.Ordinal),
            };
            var typed = sound with
            {
                Path = sound.Path.Replace("/d-2/", "/%EF%BC%A4-2/", StringComparison.Ordinal)
                    .Replace("/t-1/", "/T%E2%80%93%EF%BC%91/", StringComparison.Ordinal)
                    .Replace("/cab-1/", "/%EF%BC%A3ab-1/", StringComparison.Ordinal),
            };
            Assert.AreNotEqual(sound.Path, typed.Path);
            await using var other = await SmallCity.BuildAsync();

            Assert.AreEqual(
                await ApiRequest.RefusalAsync(City.Client, sound.ToMessage(SmallCity.Officer), City.Client.BaseAddress!),
                await ApiRequest.RefusalAsync(other.Client, typed.ToMessage(SmallCity.Officer), other.Client.BaseAddress!), $"{typed}");
            walked++;
        }

        Assert.IsGreaterThanOrEqualTo(6, walked);
    }

    [TestMethod]
    public async Task Address_OfWhoSeesOnlyTheirOwn_IsAnsweredInAnySpelling()
    {
        using var own = await City.Client.GetAsync("/api/v1/drivers/%EF%BC%A4-2/months/2017-07?actor=d-2");
        using var another = await City.Client.GetAsync("/api/v1/drivers/%EF%BC%A4-3/months/2017-07?actor=d-2");

        Assert.AreEqual(HttpStatusCode.NotFound, own.StatusCode, "the month is not published");
        Assert.AreEqual(HttpStatusCode.Forbidden, another.StatusCode);
    }

    [TestMethod]
    [DataRow("cases?driver=%EF%BC%A4-2", 1)]
    [DataRow("cases?driver=D-2", 1)]
    [DataRow("cases?driver=d-1", 0)]
    public async Task Search_ForADriver_FindsAnySpelling(string path, int found)
    {
        await City.RecordAsync("d-2", "S01", "2017-08-01");

        Assert.AreEqual(found, (await City.GetAsync(path)).GetArrayLength());
    }

    [TestMethod]
    [DataRow("鲁KT0001")]
    [DataRow("魯k t0001")]
    [DataRow("鲁Ｋ・Ｔ０００１")]
    [DataRow("鲁K·TOOO1")]
    [DecidedByDatabase("types: keys of plates are compared by their bytes")]
    public async Task AddCab_PlateOfAnotherCabInAnotherSpelling_IsRefused(string plate) => await City.RefusedAsync(
        "cabs", new { actor = SmallCity.Officer, code = "cab-9", plate, team = "t-1" }, HttpStatusCode.Conflict, "cab-exists");

    [TestMethod]
    public async Task AddCab_PlateWithAZeroWidthCharacter_IsRefusedWithItsPlace()
    {
        using var answer = await City.Client.PostAsJsonAsync(
            "/api/v1/cabs", new { actor = SmallCity.Officer, code = "cab-9", plate = "鲁K\u200BT0009", team = "t-1" });

        await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.BadRequest, "character-unfit");
        StringAssert.Contains(await answer.Content.ReadAsStringAsync(), "U+200B stands at place 3");
    }

    [TestMethod]
    [DataRow("KT0002")]
    [DataRow("鲁KT0002")]
    [DataRow("魯K—ＴOOO2")]
    [DecidedByDatabase("types: keys of plates are compared by their bytes")]
    public async Task FindCab_ByItsPlate_TakesAnySpelling(string typed) =>
        Assert.AreEqual("cab-2", (await City.InContextAsync(context => FindCab.ByAsync(typed, context, CancellationToken.None))).Value.Code);

    [TestMethod]
    [DataRow("魯k·t0003")]
    [DataRow("T0003")]
    [DataRow("ＣＡＢ－３")]
    [DecidedByDatabase("types: parts of keys are sought by their bytes")]
    public async Task SearchOfUnits_ForACab_FindsAnySpelling(string typed)
    {
        await City.PostAsync("displays", new { actor = SmallCity.Admin, id = "disp-0003", cab = " ＣＡＢ－3" });

        Assert.AreEqual(1, await City.WithDbAsync(db => UnitLine.Find(db, typed, null).CountAsync()));
        Assert.AreEqual(0, await City.WithDbAsync(db => UnitLine.Find(db, "T0002", null).CountAsync()));
    }

    [TestMethod]
    [DecidedByDatabase("types: a unique key may be left empty")]
    public async Task Start_TwoCabsOfOnePlateFromBefore_StayTwoAndAreTold()
    {
        await City.WithDbAsync(async db =>
        {
            await db.Database.ExecuteSqlAsync($"""UPDATE "Cabs" SET "PlateKey" = '', "Plate" = '鲁KT0001' WHERE "Code" = 'cab-2'""");
            await db.Database.ExecuteSqlAsync($"""UPDATE "Cabs" SET "PlateKey" = '' WHERE "Code" <> 'cab-2'""");
            return await db.Database.ExecuteSqlAsync($"""UPDATE "Drivers" SET "NameKey" = ''""");
        });

        var doubtful = await City.WithDbAsync(async db =>
        {
            await SpellingKeys.GiveMissingAsync(db, NullLogger.Instance, CancellationToken.None);
            return await SpellingKeys.FindDoubtfulAsync(db, CancellationToken.None);
        });

        Assert.AreEqual("cab-2 has the plate '鲁KT0001', and cab-1 the same as '鲁K·T0001'", string.Join('\n', doubtful));
        Assert.AreEqual(
            "鲁KT0001,,鲁KT0003",
            await City.WithDbAsync(async db => string.Join(',', await db.Cabs.OrderBy(c => c.Code).Select(c => c.PlateKey).ToListAsync())));
        Assert.IsFalse(await City.WithDbAsync(db => db.Drivers.AnyAsync(d => d.NameKey == "")));
        Assert.AreEqual(
            "plate-ambiguous", (await City.InContextAsync(context => FindCab.ByAsync("鲁K T0001", context, CancellationToken.None))).Refusal?.Code);
        await City.RefusedAsync(
            "cabs", new { actor = SmallCity.Officer, code = "cab-9", plate = "鲁K-T0001", team = "t-1" }, HttpStatusCode.Conflict, "cab-exists");
    }

    /// <summary>Somebody else writes all the time: a start or a command that began a write would wait, and here for ever.</summary>
    [TestMethod]
    public async Task Start_WithNothingToMend_WaitsForNoWriter() => await City.WithDbAsync(async db =>
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        return await City.WithDbAsync(async other =>
        {
            await SpellingKeys.GiveMissingAsync(other, NullLogger.Instance, CancellationToken.None);
            await CabCodes.GiveMissingAsync(other, CancellationToken.None);
            await AccountNumbers.RespellAsync(other, NullLogger.Instance, CancellationToken.None);
            return 0;
        });
    });

    [TestMethod]
    public async Task Start_NumbersOfAccountsFromBefore_AreSoughtAsTheyAreTyped()
    {
        await City.WithDbAsync(async db =>
        {
            db.AddRange(Account("d-1", "AB 1"), Account("d-2", "ＡＢ1"), Account("d-3", "CD-3"));
            await db.SaveChangesAsync();
            await AccountNumbers.RespellAsync(db, NullLogger.Instance, CancellationToken.None);
            return 0;
        });

        Assert.AreEqual(
            "AB1,ＡＢ1,CD-3",
            await City.WithDbAsync(async db => string.Join(',', await db.Set<Account>().OrderBy(a => a.UserName).Select(a => a.Number).ToListAsync())));

        static Account Account(string name, string number) => new() { UserName = name, NormalizedUserName = name.ToUpperInvariant(), Number = number };
    }
}
