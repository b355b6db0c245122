using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Crooked;

[TestClass]
public sealed class CrookedAccountsTests : CrookedTests
{
    [TestMethod]
    [DataRow(CrookedCity.Admin, null)]
    [DataRow(CrookedCity.Officer, null)]
    [DataRow(CrookedCity.OtherSupervisor, null)]
    [DataRow("d-80", "directory-unknown", DisplayName = "A leader")]
    [DataRow("d-60", "directory-unknown", DisplayName = "A leader who was removed")]
    [DataRow("d-40", "directory-unknown", DisplayName = "A driver")]
    [DataRow("nobody", "directory-unknown")]
    [DataRow("", "directory-unknown")]
    public async Task Directory_WhomeverItNames_SignsInPeopleOfTheBureauAlone(string name, string? refusal) =>
        Assert.AreEqual(refusal, await RefusalOfAsync(context => BureauDirectory.FindAsync(Named(name), context, default)));

    [TestMethod]
    [DataRow("d-80", Role.Leader, DisplayName = "Came back")]
    [DataRow("d-60", Role.Driver, DisplayName = "Led between")]
    [DataRow("d-30", Role.Driver, DisplayName = "Led a team that nobody leads now")]
    [DataRow("d-10", Role.Leader, DisplayName = "Leads a team of one")]
    public async Task Person_OfADriver_LeadsWhileTheLeadershipIsOpen(string driver, object role) =>
        Assert.AreEqual(role, (await City.WithDbAsync(db => City.Server.Services.GetRequiredService<IPeople>().FindAsync(driver, db, default)))!.Role);

    private static ClaimsPrincipal Named(string name) => new(new ClaimsIdentity([new(ClaimTypes.Name, name)], "directory"));
}
