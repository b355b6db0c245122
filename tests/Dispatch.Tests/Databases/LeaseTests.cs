using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests.Databases;

[TestClass]
public class LeaseTests : CityTests
{
    private const string Name = "some-work";

    private static readonly DateTimeOffset Now = new(2018, 1, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(30);

    [TestMethod]
    public async Task Acquire_Free_IsTheFirst()
    {
        var lease = await AcquireAsync("a", Now);

        Assert.AreEqual((Name, "a", 1L, Now + Term), (lease!.Name, lease.Holder, lease.Fence, lease.Until));
    }

    [TestMethod]
    [DataRow(-1, false)]
    [DataRow(0, true)]
    [DataRow(1, true)]
    public async Task Acquire_SecondsFromTheEndOfAnother_IsTakenOverFromTheEndOn(int seconds, bool taken)
    {
        await AcquireAsync("a", Now);

        var second = await AcquireAsync("b", Now + Term + TimeSpan.FromSeconds(seconds));

        Assert.AreEqual(taken ? "2 b" : "none", second is null ? "none" : $"{second.Fence} {second.Holder}");
    }

    [TestMethod]
    public async Task Acquire_BySameHolderAgain_IsRefused()
    {
        await AcquireAsync("a", Now);

        Assert.IsNull(await AcquireAsync("a", Now));
    }

    [TestMethod]
    public async Task Acquire_OtherName_IsAnotherLease()
    {
        await AcquireAsync("a", Now);

        var other = await City.WithDbAsync(db => db.AcquireAsync("other-work", "b", Now, Term, CancellationToken.None));

        Assert.AreEqual(1L, other!.Fence);
    }

    [TestMethod]
    public async Task Acquire_ByManyAtOnce_IsGivenToOne()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => AcquireAsync($"worker-{n}", Now)));

        Assert.AreEqual(1, taken.Count(lease => lease is not null));
    }

    [TestMethod]
    public async Task Renew_InTime_KeepsOthersOutForAnotherTerm()
    {
        var lease = await AcquireAsync("a", Now);

        Assert.IsTrue(await RenewAsync(lease!, Now + Term - TimeSpan.FromSeconds(1)));

        Assert.IsNull(await AcquireAsync("b", Now + Term));
        Assert.IsNull(await AcquireAsync("b", Now + Term + Term - TimeSpan.FromSeconds(2)));
        Assert.IsNotNull(await AcquireAsync("b", Now + Term + Term - TimeSpan.FromSeconds(1)));
    }

    [TestMethod]
    public async Task Renew_TooLateButNotTaken_IsLeaderAgain()
    {
        var lease = await AcquireAsync("a", Now);

        Assert.IsTrue(await RenewAsync(lease!, Now + Term + Term));

        Assert.IsNull(await AcquireAsync("b", Now + Term + Term));
    }

    [TestMethod]
    public async Task Renew_TakenByAnother_IsRefusedAndChangesNothing()
    {
        var lost = await AcquireAsync("a", Now);
        await AcquireAsync("b", Now + Term);

        Assert.IsFalse(await RenewAsync(lost!, Now + Term + Term + Term));

        Assert.IsNotNull(await AcquireAsync("c", Now + Term + Term), "b's lease ends when it would have");
    }

    [TestMethod]
    public async Task Release_Held_IsFreeAtOnceWithAHigherNumber()
    {
        var lease = await AcquireAsync("a", Now);

        await ReleaseAsync(lease!);

        Assert.AreEqual(2L, (await AcquireAsync("b", Now))!.Fence);
        Assert.IsFalse(await RenewAsync(lease!, Now), "whoever let go has it no more");
    }

    [TestMethod]
    public async Task Release_TakenByAnother_StaysHis()
    {
        var lost = await AcquireAsync("a", Now);
        await AcquireAsync("b", Now + Term);

        await ReleaseAsync(lost!);

        Assert.IsNull(await AcquireAsync("c", Now + Term));
    }

    /// <summary>A worker that renews in its transaction cannot be overtaken before it has committed, even when its time is over.</summary>
    [TestMethod]
    public async Task Acquire_WhileTheHolderCommits_WaitsAndIsRefused()
    {
        var lease = await AcquireAsync("a", Now);

        await City.WithDbAsync(async db =>
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            Assert.IsTrue(await db.RenewAsync(lease!, Now + Term, Term, CancellationToken.None));
            await Assert.ThrowsAsync<Exception>(AcquireWithoutPatienceAsync, "it waits for the commit, here for a second at most");
            await write.SaveAsync(CancellationToken.None);
            return 0;
        });

        Assert.IsNull(await AcquireAsync("b", Now + Term));

        Task<Lease?> AcquireWithoutPatienceAsync() => City.WithDbAsync(db =>
        {
            db.Database.SetCommandTimeout(TimeSpan.FromSeconds(1));
            return db.AcquireAsync(Name, "b", Now + Term, Term, CancellationToken.None);
        });
    }

    private Task<Lease?> AcquireAsync(string holder, DateTimeOffset now) =>
        City.WithDbAsync(db => db.AcquireAsync(Name, holder, now, Term, CancellationToken.None));

    private Task<bool> RenewAsync(Lease lease, DateTimeOffset now) => City.WithDbAsync(db => db.RenewAsync(lease, now, Term, CancellationToken.None));

    private Task<int> ReleaseAsync(Lease lease) => City.WithDbAsync(async db =>
    {
        await db.ReleaseAsync(lease, CancellationToken.None);
        return 0;
    });
}
