using System.Net;
using System.Text.Json;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.MonthClose;

namespace Dispatch.Tests.MonthClose;

/// <summary>A signature is its owner's to take back until the month is published.</summary>
[TestClass]
public class WithdrawSignatureTests : CityTests
{
    private const string Withdrawal = "months/2017-07/signatures/withdrawal";

    [TestMethod]
    [DataRow(SmallCity.Officer, "Previewed", SmallCity.Supervisor)]
    [DataRow(SmallCity.Supervisor, "Previewed", SmallCity.Officer)]
    public async Task Withdraw_OfTwoSigned_LeavesTheOthersAndThePreview(string actor, string status, string left)
    {
        var digest = await PreviewAsync();
        await SignAsync(SmallCity.Officer, digest);
        await SignAsync(SmallCity.Supervisor, digest);

        var close = await City.PostAsync(Withdrawal, new { actor });

        Assert.AreEqual(digest, close.GetProperty("digest").GetString());
        Assert.AreEqual(left, close.GetProperty("signedBy").EnumerateArray().Single().GetString());
        Assert.AreEqual(status, await City.WithDbAsync(db => db.Closes.Select(c => $"{c.Status}").SingleAsync()));
        await City.RefusedAsync("months/2017-07/publication", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "close-out-of-step");
        var line = await City.WithDbAsync(db => db.Audit.OrderBy(a => a.Id).LastAsync());
        Assert.AreEqual((actor, "withdraw-signature", "2017-07", $"revision 1 digest {digest}"), (line.Actor, line.Operation, line.Subject, line.Detail));
    }

    [TestMethod]
    public async Task Withdraw_AndSignedAgain_IsPublishedWithTheSecondSignature()
    {
        var digest = await PreviewAsync();
        await SignAsync(SmallCity.Officer, digest);
        await City.PostAsync(Withdrawal, new { actor = SmallCity.Officer });

        await City.SignAndPublishAsync("2017-07", digest);

        CollectionAssert.AreEquivalent(
            new[] { SmallCity.Officer, SmallCity.Supervisor },
            await City.WithDbAsync(db => db.Closes.SelectMany(c => c.Signatures).Select(s => s.Actor).ToListAsync()));
        Assert.AreEqual(CloseStatus.Published, await City.WithDbAsync(db => db.Closes.Select(c => c.Status).SingleAsync()));
    }

    [TestMethod]
    public async Task Withdraw_BySomebodyWhoHasNotSigned_IsRefused()
    {
        var digest = await PreviewAsync();
        await City.RefusedAsync(Withdrawal, new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "not-signed");
        await SignAsync(SmallCity.Officer, digest);

        await City.RefusedAsync(Withdrawal, new { actor = SmallCity.Supervisor }, HttpStatusCode.Conflict, "not-signed");
        await City.PostAsync(Withdrawal, new { actor = SmallCity.Officer });
        await City.RefusedAsync(Withdrawal, new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "not-signed");
    }

    [TestMethod]
    public async Task Withdraw_OncePublished_IsRefused()
    {
        await City.CloseAsync("2017-07");

        await City.RefusedAsync(Withdrawal, new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "close-out-of-step");

        Assert.AreEqual(2, await City.WithDbAsync(db => db.Closes.SelectMany(c => c.Signatures).CountAsync()));
    }

    [TestMethod]
    public async Task Withdraw_NothingPreviewed_IsRefused() =>
        await City.RefusedAsync(Withdrawal, new { actor = SmallCity.Officer }, HttpStatusCode.NotFound, "month-not-previewed");

    [TestMethod]
    public async Task Page_OfWhoSigned_TakesTheSignatureBackAndOffersToSignAgain()
    {
        var digest = await PreviewAsync();
        await SignAsync(SmallCity.Supervisor, digest);
        using var officer = (await City.EnterAsync(SmallCity.Officer)).Browser;
        await officer.GoAsync("/bureau/months/2017-07");
        Assert.DoesNotContain("Take my signature back", officer.Text);
        await officer.SubmitAsync("sign");
        await officer.GoAsync("/bureau/months/2017-07");
        Assert.Contains("Take my signature back", officer.Text);

        await officer.SubmitAsync("withdraw");

        await officer.GoAsync("/bureau/months/2017-07");
        Assert.DoesNotContain("Take my signature back", officer.Text);
        Assert.Contains("Sign these figures", officer.Text);
        await officer.SubmitAsync("sign");
        await officer.GoAsync("/bureau/months/2017-07");
        await officer.SubmitAsync("publish");
        await officer.GoAsync("/bureau/months/2017-07");
        Assert.DoesNotContain("Take my signature back", officer.Text);
    }

    private async Task<string> PreviewAsync() =>
        (await City.PostAsync("months/2017-07/preview", new { actor = SmallCity.Officer })).GetProperty("digest").GetString()!;

    private Task<JsonElement> SignAsync(string actor, string digest) => City.PostAsync("months/2017-07/signatures", new { actor, digest });
}
