using Dispatch.Tests.Accounts;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Displays;
using Dispatch.Tests.Passengers;
using TaxiCredit.Dispatch.Features.Desk;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Desk;

/// <summary>Whom an officer means, however it is typed.</summary>
[TestClass]
public class SeekDriverTests : CityTests
{
    private static readonly DateOnly Day = new(2017, 8, 10);

    [TestMethod]
    [DataRow("鲁K·T0002", "d-2 cab-2 signed on")]
    [DataRow("鲁KT0002", "d-2 cab-2 signed on")]
    [DataRow(" 鲁k-t0002 ", "d-2 cab-2 signed on")]
    [DataRow("鲁Ｋ・Ｔ０００２", "d-2 cab-2 signed on")]
    [DataRow("鲁Ｋ　Ｔ０００２", "d-2 cab-2 signed on")]
    [DataRow("cab-2", "d-2 cab-2 signed on")]
    [DataRow("ｃａｂ－２", "d-2 cab-2 signed on")]
    [DataRow("d-2", "d-2 cab-2 signed on")]
    [DataRow("Ｄ－２", "d-2 cab-2 signed on")]
    [DataRow("d—2", "d-2 cab-2 signed on")]
    [DataRow("d−2", "d-2 cab-2 signed on")]
    [DataRow("Driver 2", "d-2 cab-2 signed on")]
    [DataRow("Driver2", "d-2 cab-2 signed on")]
    [DataRow("river", "d-1 cab-1 signed on, d-2 cab-2 signed on, d-3 cab-3 signed on")]
    [DecidedByDatabase("types: names are sought by a part of them")]
    public async Task Seek_AsKeyboardsGiveIt_FindsWhoIsMeant(string who, string expected) => Assert.AreEqual(expected, await SoughtAsync(who));

    [TestMethod]
    [DataRow("371002-A17")]
    [DataRow("３７１００２－ａ１７")]
    public async Task Seek_ByLicenceNumber_FindsItsDriver(string typed)
    {
        using var driver = await City.EnterDriverAsync("d-3", "371002-A17");

        Assert.AreEqual("d-3 cab-3 signed on", await SoughtAsync(typed));
    }

    /// <summary>Before anybody signed on a plate names nobody; a driver is found beside the home cab.</summary>
    [TestMethod]
    [DataRow("鲁K·T0002", "nobody-drove")]
    [DataRow("d-2", "d-2 cab-2 at home")]
    public async Task Seek_WhenNobodyWasSignedOn_SaysSo(string who, string expected) => Assert.AreEqual(expected, await SoughtAsync(who, new(2016, 12, 31)));

    [TestMethod]
    [DataRow("", "who-length")]
    [DataRow("  \t", "who-length")]
    [DataRow("鲁K·T0009", "nobody-found")]
    [DataRow("nobody", "nobody-found")]
    public async Task Seek_WhatNobodyIs_IsRefused(string who, string rule) => Assert.AreEqual(rule, await SoughtAsync(who));

    [TestMethod]
    [DataRow(64, "nobody-found")]
    [DataRow(65, "who-length")]
    public async Task Seek_ByLength_TakesUpTo64(int length, string rule) => Assert.AreEqual(rule, await SoughtAsync(new string('x', length)));

    [TestMethod]
    [DataRow(2017, 8, 15, 23, "d-2 cab-2 signed on")]
    [DataRow(2017, 8, 16, 0, "conduct-in-future")]
    [DataRow(2017, 8, 15, -1, "hour-out-of-range")]
    [DataRow(2017, 8, 15, 24, "hour-out-of-range")]
    [DataRow(1, 1, 1, 0, "no-rulebook")]
    public async Task Seek_AtTheLimitsOfTime_IsRefusedBeyond(int year, int month, int day, int hour, string expected) =>
        Assert.AreEqual(expected, await SoughtAsync("d-2", new(year, month, day), hour));

    [TestMethod]
    [DataRow(20, 20)]
    [DataRow(21, 0)]
    public async Task Seek_ANameThatManyHave_IsToldUpTo20(int drivers, int found)
    {
        for (var n = 1; n <= drivers; n++)
            await City.PostAsync("drivers", new { actor = SmallCity.Officer, code = $"d-{100 + n}", name = $"王{n}", homeCab = "cab-1" });

        var sought = await SeekAsync("王", Day, null);

        Assert.AreEqual((found == 0 ? "many-drivers" : null, found), (sought.Refusal?.Code, sought.Refusal is null ? sought.Value.Count : 0));
    }

    /// <summary>Signed on from 12:00 to 13:00 and from 13:00 to 14:00 in the city.</summary>
    [TestMethod]
    [DataRow(11, "nobody-drove")]
    [DataRow(12, "d-1")]
    [DataRow(13, "d-2")]
    [DataRow(14, "nobody-drove")]
    [DataRow(null, "d-1 d-2")]
    public async Task Seek_APlateAtAnHour_FindsWhoDroveThen(int? hour, string expected)
    {
        await using var city = await DisplayCity.BuildAsync();
        foreach (var driver in new[] { 1, 2 })
        {
            await city.SignOnAsync(driver, cab: 1);
            city.Time.Advance(TimeSpan.FromHours(1));
            await city.SignOffAsync(driver);
        }

        city.Time.Advance(TimeSpan.FromHours(3));
        var found = await city.InContextAsync(
            (context, _) => SeekDriver.FindAsync(new("c-1", new(2018, 1, 2), hour), context, CancellationToken.None));

        Assert.AreEqual(expected, found.Refusal?.Code ?? string.Join(' ', found.Value.Select(one => one.Driver)));
    }

    [TestMethod]
    public async Task Seek_ByTheApi_IsPutOnRecordAndTellsWhoIsFound()
    {
        var found = await City.GetAsync($"desk/drivers?who={Uri.EscapeDataString("鲁K·T0002")}&day=2017-08-10&hour=9");

        Assert.AreEqual("d-2", found[0].GetProperty("driver").GetString());
        Assert.AreEqual(1, found.GetArrayLength());
    }

    private Task<Outcome<List<SoughtDriver>>> SeekAsync(string who, DateOnly day, int? hour) =>
        City.WithDeskAsync(context => SeekDriver.FindAsync(new(who, day, hour), context, CancellationToken.None));

    private async Task<string> SoughtAsync(string who, DateOnly? day = null, int? hour = null)
    {
        var sought = await SeekAsync(who, day ?? Day, hour);
        return sought.Refusal?.Code
            ?? string.Join(", ", sought.Value.Select(one => $"{one.Driver} {one.Cab} {(one.WasSignedOn ? "signed on" : "at home")}"));
    }
}
