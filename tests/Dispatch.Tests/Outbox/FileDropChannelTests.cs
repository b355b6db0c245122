using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Outbox;

namespace Dispatch.Tests.Outbox;

[TestClass]
public sealed class FileDropChannelTests
{
    private const string Line1 = "{\"id\":\"00000000-0000-0000-0000-000000000001\",\"kind\":\"month-published\","
        + "\"createdAt\":\"2018-01-02T09:00:00+00:00\",\"payload\":{\"city\":\"荣成\",\"n\":1}}";

    private static readonly string Line2 = Line1.Replace("001\",\"kind", "002\",\"kind", StringComparison.Ordinal);

    private readonly string _folder = Directory.CreateTempSubdirectory("taxicredit-drop-").FullName;

    private string Drop => Path.Combine(_folder, "bureau.jsonl");

    [TestCleanup]
    public void TearDown() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task Deliver_Two_AppendsALineEach()
    {
        Assert.IsNull(await DeliverAsync(1));
        Assert.IsNull(await DeliverAsync(2));

        Assert.AreEqual($"{Line1}\n{Line2}\n", await File.ReadAllTextAsync(Drop));
    }

    /// <summary>What a process or machine that died has left: no line, and of no use to whoever reads lines.</summary>
    [TestMethod]
    [DataRow(1)]
    [DataRow(100)]
    [DataRow(4_096)]
    [DataRow(70_000)]
    public async Task Deliver_AfterATornLine_TakesItAwayFirst(int bytes)
    {
        await File.WriteAllTextAsync(Drop, Line1 + "\n" + new string('{', bytes));

        Assert.IsNull(await DeliverAsync(2));

        Assert.AreEqual($"{Line1}\n{Line2}\n", await File.ReadAllTextAsync(Drop));
    }

    [TestMethod]
    public async Task Deliver_AfterNothingButATornLine_BeginsAnew()
    {
        await File.WriteAllTextAsync(Drop, "{\"id\":");

        Assert.IsNull(await DeliverAsync(1));

        Assert.AreEqual($"{Line1}\n", await File.ReadAllTextAsync(Drop));
    }

    [TestMethod]
    public async Task Deliver_FolderIsAway_IsRetriedAndMakesNone()
    {
        var missing = Path.Combine(_folder, "mount");

        Assert.AreEqual(new DeliveryFault("folder-missing"), await DeliverAsync(1, folder: missing));

        Assert.IsFalse(Directory.Exists(missing));
    }

    [TestMethod]
    [DataRow("../bureau")]
    [DataRow("Bureau")]
    [DataRow("a b")]
    [DataRow("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task Deliver_RecipientThatIsNoFileName_IsRefusedForGood(string recipient)
    {
        Assert.AreEqual(new DeliveryFault("recipient-is-no-file-name", IsFinal: true), await DeliverAsync(1, recipient));

        Assert.IsEmpty(Directory.GetFileSystemEntries(_folder));
    }

    [TestMethod]
    public async Task Deliver_WhileAnotherWrites_ThrowsAndLeavesItAlone()
    {
        await using (var other = new FileStream(Drop, FileMode.Create, FileAccess.Write, FileShare.None))
            await Assert.ThrowsExactlyAsync<IOException>(() => DeliverAsync(1));

        Assert.AreEqual("", await File.ReadAllTextAsync(Drop));
    }

    private Task<DeliveryFault?> DeliverAsync(int id, string recipient = "bureau", string? folder = null) =>
        new FileDropChannel(Options.Create(new OutboxSettings { Folder = folder ?? _folder })).DeliverAsync(
            new()
            {
                MessageId = Guid.Parse($"00000000-0000-0000-0000-{id:D12}"),
                Channel = FileDropChannel.ChannelName,
                Recipient = recipient,
                Kind = "month-published",
                Payload = "{\n  \"city\": \"荣成\",\n  \"n\": 1\n}",
                CreatedAt = new(2018, 1, 2, 9, 0, 0, TimeSpan.Zero),
                NextAttemptAt = default,
            },
            CancellationToken.None);
}
