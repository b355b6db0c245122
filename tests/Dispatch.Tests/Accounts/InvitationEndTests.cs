using Dispatch.Tests.Displays;
using Dispatch.Tests.Passengers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Accounts;

namespace Dispatch.Tests.Accounts;

[TestClass]
public sealed class InvitationEndTests
{
    [TestMethod]
    [DataRow(604_799, true)]
    [DataRow(604_800, false)]
    [DataRow(604_801, false)]
    public async Task Invitation_ByAgeInSeconds_IsGoodForSevenDays(int age, bool good)
    {
        await using var city = await DisplayCity.BuildAsync(cabs: 1, start: false);
        var invite = new Invite(DisplayCity.Keeper, "d-1", null, null);
        var secret = await city.InContextAsync(async (context, _) => (await Invite.HandleAsync(invite, context, CancellationToken.None)).Value);
        city.Time.Pass(TimeSpan.FromSeconds(age));

        if (good)
            Assert.IsNull(await AcceptAsync());
        else
            await city.UnchangedAsync(async () => Assert.AreEqual((StatusCodes.Status410Gone, "invitation-expired"), await AcceptAsync()));

        Assert.AreEqual(good, await city.WithDbAsync(db => db.Set<Account>().AnyAsync()));

        Task<(int, string)?> AcceptAsync() => city.InContextAsync<(int, string)?>(async (context, all) =>
        {
            var (accounts, sessions) = (all.GetRequiredService<UserManager<Account>>(), all.GetRequiredService<Sessions>());
            var accepted = await AcceptInvitation.HandleAsync(new(secret, AccountCity.Password), context, accounts, sessions, CancellationToken.None);
            return accepted.Refusal is { } refused ? (refused.Status, refused.Code) : null;
        });
    }
}
