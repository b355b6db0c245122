using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Outbox;

namespace Dispatch.Tests.Outbox;

[TestClass]
public sealed class OutboxQueueTests
{
    private OutboxCity _city = null!;

    [TestInitialize]
    public async Task BuildAsync() => _city = await OutboxCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public Task Add_OutsideATransaction_Throws() => _city.WithDbAsync(db =>
    {
        Assert.ThrowsExactly<InvalidOperationException>(() => db.AddToOutbox("test", "a", "told", "1", DateTimeOffset.UnixEpoch));
        return Task.FromResult(0);
    });

    [TestMethod]
    public async Task Add_ChangeIsNotCommitted_IsNotStoredEither()
    {
        await _city.WithDbAsync(async db =>
        {
            await using var write = await db.BeginWriteAsync(CancellationToken.None);
            db.AddToOutbox("test", "a", "told", "1", DateTimeOffset.UnixEpoch);
            await db.SaveChangesAsync();
            return 0;
        });

        Assert.AreEqual("", await _city.StatesAsync());
    }

    [TestMethod]
    [DataRow(1, 1, 1, 1, true)]
    [DataRow(32, 256, 64, 65_536, true)]
    [DataRow(33, 1, 1, 1, false)]
    [DataRow(1, 257, 1, 1, false)]
    [DataRow(1, 1, 65, 1, false)]
    [DataRow(1, 1, 1, 65_537, false)]
    [DataRow(0, 1, 1, 1, false)]
    [DataRow(1, 0, 1, 1, false)]
    [DataRow(1, 1, 0, 1, false)]
    public Task Add_Lengths_AreTakenUpToTheirLimits(int channel, int recipient, int kind, int payloadBytes, bool isTaken) => AddAsync(
        new('c', channel), new('r', recipient), new('k', kind), new('1', payloadBytes), isTaken);

    /// <summary>Limits of what is sent count bytes: 21,844 characters of three bytes and two quotes are 65,534.</summary>
    [TestMethod]
    [DataRow(21_844, true)]
    [DataRow(21_845, false)]
    public Task Add_ChinesePayload_IsCountedInBytes(int characters, bool isTaken) => AddAsync("c", "r", "k", $"\"{new string('车', characters)}\"", isTaken);

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("1 2")]
    public Task Add_NotJson_IsRefused(string payload) => AddAsync("c", "r", "k", payload, isTaken: false);

    private Task<int> AddAsync(string channel, string recipient, string kind, string payload, bool isTaken) => _city.WithDbAsync(async db =>
    {
        await using var write = await db.BeginWriteAsync(CancellationToken.None);
        if (!isTaken)
        {
            Assert.ThrowsExactly<ArgumentException>(() => db.AddToOutbox(channel, recipient, kind, payload, DateTimeOffset.UnixEpoch));
            return 0;
        }

        db.AddToOutbox(channel, recipient, kind, payload, DateTimeOffset.UnixEpoch);
        await write.SaveAsync(CancellationToken.None);
        Assert.AreEqual(1, await db.Set<OutboxMessage>().CountAsync());
        return 0;
    });
}
