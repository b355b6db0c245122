using System.Net;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Roster;

namespace Dispatch.Tests.Roster;

/// <summary>The desk corrects when a driver signed on or off. The bureau's days are others than the clock's, and move by as many.</summary>
[TestClass]
public class CorrectShiftTests : CityTests
{
    [TestMethod]
    public async Task Correct_AForgottenShift_EndsItThenAndNotNow()
    {
        var shift = await ShiftAsync();

        var corrected = await City.PostAsync($"shifts/{shift.Id}/correction", Correction(shift.OnAt, shift.OnAt.AddMilliseconds(1)));

        Assert.AreEqual("d-2", corrected.GetProperty("driver").GetString());
        var stored = await ShiftAsync();
        Assert.AreEqual((shift.OnAt, shift.OnDay, shift.OnAt.AddMilliseconds(1)), (stored.OnAt, stored.OnDay, stored.OffAt));
        var line = await City.WithDbAsync(
            db => db.Audit.Where(a => a.Operation == "correct-shift").Select(a => a.Actor + " " + a.Subject + " " + a.Detail).SingleAsync());
        StringAssert.StartsWith(line, "officer-a d-2 cab-2 ");
        StringAssert.EndsWith(line, ": The meter was off.");
        Assert.AreEqual(1, (await City.GetAsync("drivers/d-2/shifts")).GetArrayLength());
    }

    [TestMethod]
    public async Task Correct_WhatIsNoShift_IsRefused()
    {
        var shift = await ShiftAsync();

        await RefusesAsync(Correction(shift.OnAt, shift.OnAt), "shift-times");
        await RefusesAsync(Correction(shift.OnAt, DateTimeOffset.UtcNow.AddHours(1)), "shift-times");
        await RefusesAsync(Correction(DateTimeOffset.UtcNow.AddHours(1), null), "shift-times");
        await RefusesAsync(Correction(DateTimeOffset.MinValue.AddDays(1), null), "shift-times");
        await RefusesAsync(Correction(shift.OnAt, null, ""), "shift-reason");
        await RefusesAsync(Correction(shift.OnAt, null, new string('r', 501)), "shift-reason");
        await City.RefusedAsync("shifts/999/correction", Correction(shift.OnAt, null), HttpStatusCode.NotFound, "shift-unknown");
        await City.PostAsync("shifts/off", new { actor = "d-2", driver = "d-2" });
        await RefusesAsync(Correction(shift.OnAt, null), "shift-times");

        Task RefusesAsync(object body, string rule) => City.RefusedAsync($"shifts/{shift.Id}/correction", body, HttpStatusCode.BadRequest, rule);
    }

    [TestMethod]
    public async Task Correct_IntoAnothersTime_IsRefused()
    {
        var first = await ShiftAsync();
        await City.PostAsync("shifts/off", new { actor = "d-2", driver = "d-2" });
        await City.PostAsync("shifts/on", new { actor = "d-2", driver = "d-2", cab = "cab-2" });
        var second = await ShiftAsync();
        var end = (await ShiftAsync(first.Id)).OffAt!.Value;

        await City.RefusedAsync($"shifts/{second.Id}/correction", Correction(end.AddMilliseconds(-1), null), HttpStatusCode.Conflict, "shift-overlaps");
        await City.PostAsync($"shifts/{second.Id}/correction", Correction(end, null));
    }

    /// <summary>July is published. The shift began on 1 January of the bureau, so that its beginning is fixed; its end is not.</summary>
    [TestMethod]
    public async Task Correct_WhatIsPublished_IsRefused()
    {
        await City.CloseAsync("2017-06");
        await City.CloseAsync("2017-07");
        var shift = await ShiftAsync();

        await City.RefusedAsync(
            $"shifts/{shift.Id}/correction", Correction(shift.OnAt.AddSeconds(-1), null), HttpStatusCode.UnprocessableEntity, "shift-closed");
        var days = (int)(DateTimeOffset.UtcNow - shift.OnAt).TotalDays;
        Assert.IsLessThan(14, days, "the shift of this test is not old enough by the clock to reach into July");
        await City.PostAsync($"shifts/{shift.Id}/correction", Correction(shift.OnAt, DateTimeOffset.UtcNow.AddMilliseconds(-1)));
        Assert.AreEqual(new DateOnly(2017, 8, 15), (await ShiftAsync()).OffDay);
    }

    [TestMethod]
    public async Task Correct_OnThePage_ShowsWhatDependsOnItFirst()
    {
        var shift = await ShiftAsync();
        await City.RecordAsync("d-2", "S01", "2017-08-15");
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync($"/bureau/shifts?driver=d-2&shift={shift.Id}");
        await officer.SubmitAsync("correct", ("Typed.OnAt", "nonsense"), ("Typed.OffAt", ""), ("Typed.Reason", "R"), ("Typed.Step", "weigh"));
        StringAssert.Contains(officer.Text, "A shift ends after it began");
        await officer.GoAsync($"/bureau/shifts?driver=d-2&shift={shift.Id}");
        var on = TaxiCredit.Dispatch.Operations.BureauTime.InCity(shift.OnAt).AddMinutes(-2).ToString("yyyy-MM-dd'T'HH:mm", null);

        await officer.SubmitAsync("correct", ("Typed.OnAt", on), ("Typed.OffAt", ""), ("Typed.Reason", "The meter was off."), ("Typed.Step", "confirm"));

        Assert.AreEqual(HttpStatusCode.OK, officer.Status, officer.Path);
        StringAssert.Contains(officer.Html, "data-testid=\"effect\"");
        StringAssert.Contains(officer.Text, "c-000001");
        Assert.AreEqual(shift.OnAt, (await ShiftAsync()).OnAt, "shown and not done");
        await officer.SubmitAsync("correct", ("Typed.OnAt", on), ("Typed.OffAt", ""), ("Typed.Reason", "The meter was off."), ("Typed.Step", "confirm"));
        Assert.IsLessThan(shift.OnAt, (await ShiftAsync()).OnAt);
    }

    [TestMethod]
    [DataRow("d-2")]
    [DataRow(SmallCity.Auditor)]
    [DataRow(SmallCity.Admin)]
    public async Task Correct_ByThoseWhoMayNot_IsRefused(string actor) => await City.RefusedAsync(
        $"shifts/{(await ShiftAsync()).Id}/correction",
        new { actor, onAt = DateTimeOffset.UtcNow, reason = "R" }, HttpStatusCode.Forbidden, "actor-not-allowed");

    /// <summary>The newest of d-2, or the one of that id.</summary>
    private Task<Shift> ShiftAsync(long? id = null) => City.WithDbAsync(db => db.Shifts.AsNoTracking()
        .Where(s => s.Driver.Code == "d-2" && (id == null || s.Id == id)).OrderByDescending(s => s.Id).FirstAsync());

    private static object Correction(DateTimeOffset onAt, DateTimeOffset? offAt, string reason = "The meter was off.") =>
        new { actor = SmallCity.Officer, onAt, offAt, reason };
}
