using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.Passengers.Reports;
using TaxiCredit.Dispatch.Features.Roster;

namespace Dispatch.Tests.Crooked;

[TestClass]
public sealed class CrookedShiftsTests : CrookedTests
{
    /// <summary>In September d-80 drives cab-7 from 6 to 10 and from 12 to 18, and d-20 from 18 to 6 of the next day.</summary>
    [TestMethod]
    [DataRow("cab-7", "2017-09-15", 5, "d-20")]
    [DataRow("cab-7", "2017-09-15", 6, "d-80")]
    [DataRow("cab-7", "2017-09-15", 9, "d-80")]
    [DataRow("cab-7", "2017-09-15", 10, null)]
    [DataRow("cab-7", "2017-09-15", 11, null)]
    [DataRow("cab-7", "2017-09-15", 12, "d-80")]
    [DataRow("cab-7", "2017-09-15", 17, "d-80")]
    [DataRow("cab-7", "2017-09-15", 18, "d-20")]
    [DataRow("cab-7", "2017-09-15", 23, "d-20")]
    [DataRow("cab-7", "2017-09-15", null, null, DisplayName = "Two drivers in a day")]
    [DataRow("cab-7", "2017-10-05", null, null, DisplayName = "One of the two whose home it is, for days on end")]
    [DataRow("cab-1", "2017-10-05", null, null, DisplayName = "Home of others, for days on end")]
    [DataRow("cab-1", "2017-09-15", 12, null, DisplayName = "Left by its driver")]
    public async Task WhoDrove_ByCabAndHour_IsTheOneOfThatShift(string cab, string day, int? hour, string? driver) =>
        Assert.AreEqual(driver, await City.InContextAsync(async context => (await WhoDrove.FindAsync(
            new PassengerReport
            {
                Receipt = "",
                Submission = Guid.Empty,
                Kind = CaseKind.Complaint,
                CabId = await context.Db.Cabs.Where(c => c.Code == cab).Select(c => c.Id).SingleAsync(),
                ConductOn = DateOnly.ParseExact(day, "yyyy-MM-dd"),
                ConductHour = hour,
                Place = "Harbour Road",
                Account = "A detour.",
                ReceivedAt = context.Now,
                SubmittedOn = context.Today,
            },
            context,
            default))?.Code));
}
