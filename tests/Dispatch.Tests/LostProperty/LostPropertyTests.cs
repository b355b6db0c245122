using System.Net;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Features.Cases;
using TaxiCredit.Dispatch.Features.LostProperty;

namespace Dispatch.Tests.LostProperty;

/// <summary>A thing that stayed in a cab, from the passenger's question to the driver's merit.</summary>
[TestClass]
public class LostPropertyTests : CityTests
{
    [TestMethod]
    public async Task Loss_FromQuestionToMerit_IsReturnedByCodeAndDecidedByAnother()
    {
        var (loss, thing) = await City.ReturnAsync("138 0013 8000");

        Assert.AreEqual(LossStatus.Returned, (await City.ReadAsync(loss))!.Status);
        await City.PostAsync($"found/{thing.Number}/merit",
            new { actor = SmallCity.Officer, code = "M01", verified = "By telephone, no relation", propertyFen = 120_000 });
        var made = (await City.ThingAsync()).Case!;
        Assert.AreEqual((CaseKind.Merit, "M01", new DateOnly(2017, 8, 15), 120_000L, "By telephone, no relation", SmallCity.Officer),
            (made.Kind, made.Code, made.ConductOn, made.PropertyFen!.Value, made.Authority, made.SubmittedBy));
        await City.RefusedAsync($"cases/{made.Number}/decision", new { actor = SmallCity.Officer, verdict = "upheld", reason = "Yes." },
            HttpStatusCode.UnprocessableEntity, "recorder-cannot-decide");
        await City.DecideAsync(made.Number, new { actor = SmallCity.OtherOfficer, verdict = "upheld", reason = "The owner confirms it." });
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Ledger.CountAsync(e => e.Case == made.Number)));
    }

    /// <summary>The bureau's date is set: the days of the shifts tell. Who was signed off before the ride is not asked.</summary>
    [TestMethod]
    [DecidedByDatabase("types: days of shifts compared")]
    public async Task Loss_OfACab_IsAskedOfWhoHasDrivenItSince()
    {
        await City.PostAsync("shifts/off", new { actor = "d-1", driver = "d-1" });
        await City.PostAsync("shifts/move", new { actor = SmallCity.Officer, driver = "d-2", cab = "cab-1" });
        var loss = await City.AskAsync(LostCity.Phone with { Day = new(2017, 8, 15) });
        var earlier = await City.AskAsync(LostCity.Phone with { Day = new(2017, 8, 15) }, "cab-3");

        CollectionAssert.AreEquivalent(new[] { "d-1", "d-2" }, await AskedAsync(loss));
        CollectionAssert.AreEquivalent(new[] { "d-3" }, await AskedAsync(earlier));
        await City.SetTodayAsync(new(2017, 8, 16));
        var later = await City.AskAsync(LostCity.Phone with { Day = new(2017, 8, 16) });
        CollectionAssert.AreEquivalent(new[] { "d-2" }, await AskedAsync(later));
    }

    [TestMethod]
    public async Task Loss_SentTwice_IsOne()
    {
        var submission = Guid.NewGuid();
        var first = (await City.TryAskAsync(submission: submission)).Value;
        var again = (await City.TryAskAsync(submission: submission)).Value;

        Assert.AreEqual(first.Receipt, again.Receipt);
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Set<LossQuestion>().CountAsync()));
        Assert.AreEqual("loss-sent-otherwise",
            (await City.TryAskAsync(LostCity.Phone with { Description = "White" }, submission: submission)).Refusal!.Code);
        Assert.AreEqual("loss-sent-otherwise",
            (await City.TryAskAsync(LostCity.Phone with { Contact = "138" }, submission: submission)).Refusal!.Code);
    }

    [TestMethod]
    public async Task Losses_OfOneCabBeyondFiveADay_WaitForAPersonUntold()
    {
        for (var n = 0; n < 5; n++)
            Assert.AreEqual(LossStatus.Open, (await City.AskAsync()).Status);
        var held = await City.AskAsync();
        Assert.AreEqual(LossStatus.Held, held.Status);
        Assert.AreEqual(LossStatus.Open, (await City.AskAsync(cab: "cab-2")).Status);
        Assert.AreEqual(LossStatus.Open, (await City.ReadAsync(held))!.Status);
        Assert.IsEmpty(await AskedAsync(held));

        await City.PostAsync($"losses/{held.Number}/release", new { actor = SmallCity.Officer });

        CollectionAssert.AreEquivalent(new[] { "d-1" }, await AskedAsync(held));
        await City.RefusedAsync($"losses/{held.Number}/release", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "loss-out-of-step");
    }

    [TestMethod]
    public async Task Driver_WhoFoundNothing_MayFindItLater()
    {
        var loss = await City.AskAsync();
        await City.PostAsync($"losses/{loss.Number}/answer", new { actor = "d-1", wasFound = false });
        Assert.AreEqual(LossStatus.Open, (await City.ReadAsync(loss))!.Status);

        await City.SayFoundAsync(loss);
        await City.SayFoundAsync(loss);

        var read = (await City.ReadAsync(loss))!;
        Assert.AreEqual((LossStatus.Found, "Counter, 9 to 17"), (read.Status, read.KeptAt));
        Assert.MatchesRegex("^[0-9]{6}$", read.OwnerCode!);
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Set<FoundItem>().CountAsync()));
        await City.RefusedAsync($"losses/{loss.Number}/answer", new { actor = "d-1", wasFound = false }, HttpStatusCode.Conflict, "found-already");
    }

    /// <summary>The fifth wrong code is the last: the right one does no more, until an officer has joined the two again.</summary>
    [TestMethod]
    public async Task OwnersCode_Guessed_IsLockedAfterFiveAndMadeAgain()
    {
        var loss = await City.AskAsync();
        await City.SayFoundAsync(loss);
        var (thing, code) = (await City.ThingAsync(), (await City.StoredAsync(loss)).OwnerCode!);
        var hand = $"found/{thing.Number}/handing-over";
        for (var n = 1; n <= Loss.MaxWrongCodes; n++)
        {
            await City.RefusedAsync(hand, new { actor = "d-1", code = "12345" }, HttpStatusCode.UnprocessableEntity, "owner-code-wrong");
            Assert.AreEqual(n, (await City.StoredAsync(loss)).WrongCodes);
        }

        await City.RefusedAsync(hand, new { actor = "d-1", code }, HttpStatusCode.Conflict, "owner-code-locked");

        await City.PostAsync($"found/{thing.Number}/unmatch", new { actor = SmallCity.Officer });
        Assert.IsNull((await City.ReadAsync(loss))!.OwnerCode);
        await City.PostAsync($"found/{thing.Number}/match", new { actor = SmallCity.Officer, loss = loss.Number });
        var anew = (await City.StoredAsync(loss)).OwnerCode!;
        var wide = string.Concat(anew.Select(digit => (char)(digit + 0xFEE0)));
        await City.PostAsync(hand, new { actor = "d-1", code = $"{wide[..3]} {wide[3..]}" });
        Assert.AreEqual(LossStatus.Returned, (await City.StoredAsync(loss)).Status);
    }

    [TestMethod]
    public async Task Thing_OfAnotherDriver_IsNotHandedOverByOne()
    {
        var loss = await City.AskAsync();
        await City.SayFoundAsync(loss);
        var thing = await City.ThingAsync();
        var code = (await City.StoredAsync(loss)).OwnerCode;

        await City.RefusedAsync($"found/{thing.Number}/handing-over", new { actor = "d-2", code }, HttpStatusCode.NotFound, "found-unknown");
        await City.PostAsync($"found/{thing.Number}/handing-over", new { actor = SmallCity.Officer, code });
    }

    [TestMethod]
    public async Task Merit_OfAnOwnerWhoWasRewardedBefore_IsRefused()
    {
        var (_, first) = await City.ReturnAsync("138-0013-8000");
        var merit = new { actor = SmallCity.Officer, code = "M01", verified = "By telephone" };
        await City.PostAsync($"found/{first.Number}/merit", merit);
        var (_, again) = await City.ReturnAsync("１３８ ００１３８０００");
        var (_, ofAnother) = await City.ReturnAsync("138-0013-8000", "d-2", "cab-2");
        var (_, other) = await City.ReturnAsync("139-0013-8000");

        await City.RefusedAsync($"found/{again.Number}/merit", merit, HttpStatusCode.UnprocessableEntity, "owner-again");
        await City.PostAsync($"found/{ofAnother.Number}/merit", merit);
        await City.PostAsync($"found/{other.Number}/merit", merit);
        await City.RefusedAsync($"found/{other.Number}/merit", merit, HttpStatusCode.Conflict, "found-rewarded");
    }

    [TestMethod]
    public async Task Loss_Withdrawn_KeepsWhatWasFoundAndAsksNobody()
    {
        var loss = await City.AskAsync();
        await City.SayFoundAsync(loss);

        await City.InContextAsync(context => WithdrawLoss.HandleAsync(new(loss.Receipt), context, CancellationToken.None));
        var again = await City.InContextAsync(context => WithdrawLoss.HandleAsync(new(loss.Receipt), context, CancellationToken.None));

        Assert.IsNull(again.Refusal);
        Assert.AreEqual(LossStatus.Withdrawn, (await City.ReadAsync(loss))!.Status);
        Assert.AreEqual((FoundStatus.Kept, null), ((await City.ThingAsync()).Status, (await City.ThingAsync()).LossId));
    }

    [TestMethod]
    public async Task Thing_ThatNobodyClaims_IsPassedOnAndCounted()
    {
        var body = new { actor = "d-1", cab = "鲁KT0001", kind = "bag", description = "Blue bag", keptAt = "Counter", foundOn = "2017-08-15" };
        var found = await City.PostAsync("found", body);
        Assert.AreEqual("2018-08-15", found.GetProperty("passOnFrom").GetString());
        var number = found.GetProperty("number").GetString();

        await City.PostAsync($"found/{number}/passing-on", new { actor = SmallCity.Officer, to = "Police station, 2017-12" });

        await City.RefusedAsync($"found/{number}/passing-on", new { actor = SmallCity.Officer, to = "Police" }, HttpStatusCode.Conflict, "found-out-of-step");
        await City.RefusedAsync($"found/{number}/handing-over", new { actor = "d-1", code = "1" }, HttpStatusCode.Conflict, "found-out-of-step");
        var bags = (await City.GetAsync("losses/counts")).EnumerateArray().Single(c => c.GetProperty("kind").GetString() == "bag");
        Assert.AreEqual((0, 1, 0, 1), (Of("lost"), Of("found"), Of("returned"), Of("passedOn")));

        int Of(string name) => bags.GetProperty(name).GetInt32();
    }

    /// <summary>Hours count from the instant at which it came in, whatever the bureau's date.</summary>
    [TestMethod]
    [DecidedByDatabase("types: instants compared")]
    public async Task Loss_WithoutAnAnswerInItsHours_IsLate()
    {
        var loss = await City.StoredAsync(await City.AskAsync());
        var line = await City.InContextAsync(context => Task.FromResult(new LossLine(loss, loss.ReceivedAt.AddHours(72), 1, 0, null, false)));

        Assert.IsFalse(line.IsLate(loss.ReceivedAt.AddHours(72).AddMilliseconds(-1)));
        Assert.IsFalse(line.IsLate(loss.ReceivedAt.AddHours(72)));
        Assert.IsTrue(line.IsLate(loss.ReceivedAt.AddHours(72).AddMilliseconds(1)));
        Assert.AreEqual(new DateOnly(2017, 8, 18), (await City.ReadAsync(loss))!.AnswerOn);
        Assert.IsNull(await City.InContextAsync(context => LostQueue.NewestLateAsync(context, new LostSettings(), CancellationToken.None)));
        await City.WithDbAsync(db => db.Set<Loss>().ExecuteUpdateAsync(l => l.SetProperty(one => one.ReceivedAt, DateTimeOffset.UnixEpoch)));
        Assert.AreEqual(loss.Id, await City.InContextAsync(context => LostQueue.NewestLateAsync(context, new LostSettings(), CancellationToken.None)));
    }

    private Task<string[]> AskedAsync(Loss loss) =>
        City.WithDbAsync(db => db.Set<LossQuestion>().Where(q => q.LossId == loss.Id).Select(q => q.Driver.Code).ToArrayAsync());
}
