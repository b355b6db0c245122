using System.Text.Json;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Outbox;
using TaxiCredit.TransparencyLog;

namespace Dispatch.Tests.Anchor;

/// <summary>A data folder that was restored as a whole knows nothing of what it lost: the auditor's file on another mount does.</summary>
[TestClass]
public class DeliveredCheckpointTests : CityTests
{
    private readonly string _mount = Directory.CreateTempSubdirectory("taxicredit-mount-").FullName;

    [TestCleanup]
    public void Unmount() => Directory.Delete(_mount, recursive: true);

    [TestMethod]
    public async Task Start_RecipientHasWhatTheDatabaseHas_FindsNothing()
    {
        await SignAndDeliverAsync();
        await City.UpholdAsync("d-2", "S01", "2017-08-10");
        await SignAndDeliverAsync();

        Assert.HasCount(4, await File.ReadAllLinesAsync(AuditorsFile));
        Assert.IsNull(await FindAsync());
    }

    [TestMethod]
    public async Task Start_FolderRestoredWhole_IsToldByTheRecipient()
    {
        await SignAndDeliverAsync();
        await City.UpholdAsync("d-2", "S01", "2017-08-10");
        await SignAndDeliverAsync();
        await ForgetAsync();

        var loss = await FindAsync();

        Assert.AreEqual(HoldCause.LogBehind, loss?.Cause);
        StringAssert.StartsWith(loss!.Evidence, "recipient auditor has a checkpoint over 2 leaves of the City log, of 20");
        StringAssert.Contains(loss.Evidence, "; that is not in the database, which has 2 and ends after the checkpoint of ");
    }

    [TestMethod]
    [DataRow("half a line", DisplayName = "a line without its end")]
    [DataRow("no json\n")]
    [DataRow("[1]\n")]
    [DataRow("{\"kind\":\"log-checkpoint\"}\n")]
    [DataRow("{\"kind\":1,\"payload\":{}}\n")]
    [DataRow("{\"kind\":\"log-checkpoint\",\"createdAt\":\"2017-08-10T00:00:00Z\",\"payload\":{\"note\":\"small.log.invalid\\n9\\nAAAA\\n\"}}\n")]
    public async Task Start_SomebodyWroteElseIntoTheFile_ReadsWhatWasSignedBefore(string line)
    {
        await SignAndDeliverAsync();
        await File.AppendAllTextAsync(AuditorsFile, line);
        Assert.IsNull(await FindAsync());
        await ForgetAsync();

        Assert.AreEqual(HoldCause.LogBehind, (await FindAsync())?.Cause);
    }

    /// <summary>Else whoever can write there could stop a city.</summary>
    [TestMethod]
    [DataRow("small.log.invalid", DisplayName = "a key of the same name that this log does not have")]
    [DataRow("other.log.invalid", DisplayName = "a checkpoint of another city")]
    public async Task Start_CheckpointByAnotherKey_IsNoEvidence(string origin)
    {
        await SignAndDeliverAsync();
        var note = SignedNote.Sign(new Checkpoint(origin, 9, new byte[32]).Text, [NoteSigner.Create(origin)]);
        await File.AppendAllTextAsync(
            AuditorsFile,
            JsonSerializer.Serialize(new { kind = CheckpointSigning.MessageKind, createdAt = DateTimeOffset.UnixEpoch, payload = new { note } }) + "\n");

        Assert.IsNull(await FindAsync());
    }

    [TestMethod]
    public async Task Start_MountIsAway_FindsNothing()
    {
        await SignAndDeliverAsync();
        await ForgetAsync();
        File.Delete(AuditorsFile);

        Assert.IsNull(await FindAsync());
    }

    private string AuditorsFile => Path.Combine(_mount, "auditor.jsonl");

    private static AnchorSettings Anchor => new() { Recipients = ["file:auditor", "webhook:https://log.invalid/"] };

    private OutboxSettings Outbox => new() { Folder = _mount };

    private Task<Loss?> FindAsync() => City.WithDbAsync(db =>
    {
        var keys = City.Server.Services.GetRequiredService<LogKeyFile>();
        return new LossEvidence(City.Options.Folder, new(keys, Options.Create(Anchor), Options.Create(Outbox)))
            .FindAsync(db, DateTimeOffset.UtcNow.AddYears(10), CancellationToken.None);
    });

    private Task<int> SignAndDeliverAsync() => City.WithDbAsync(async db =>
    {
        var services = City.Server.Services;
        var (trees, keys) = (services.GetRequiredService<CityTree>(), services.GetRequiredService<LogKeyFile>());
        await new CheckpointSigning(db, trees, keys, City.Options.Folder, Options.Create(Anchor), services.GetRequiredService<TimeProvider>())
            .SignBothAsync(() => Task.CompletedTask, CancellationToken.None);
        var channel = new FileDropChannel(Options.Create(Outbox));
        var waiting = await db.Set<OutboxMessage>().Where(m => m.Channel == "file" && m.Status == OutboxStatus.Pending).OrderBy(m => m.Id).ToListAsync();
        foreach (var message in waiting)
        {
            Assert.IsNull(await channel.DeliverAsync(message, CancellationToken.None));
            message.Deliver(DateTimeOffset.UnixEpoch);
        }

        return await db.SaveChangesAsync();
    });

    /// <summary>Takes the last checkpoint of each log away, from the database and from the folder, as an older copy of both would not have it.</summary>
    private Task<int> ForgetAsync() => City.WithDbAsync(async db =>
    {
        await db.DropTriggersAsync();
        foreach (var tree in new[] { LogTree.City, LogTree.Audit })
        {
            var signed = await db.Checkpoints.Where(c => c.Tree == tree).OrderByDescending(c => c.Id).ToListAsync();
            await db.Checkpoints.Where(c => c.Id == signed[0].Id).ExecuteDeleteAsync();
            if (signed.Count > 1)
                CheckpointFile.Write(City.Options.Folder, signed[1]);
            else
                File.Delete(City.Options.Folder.CheckpointOf(tree == LogTree.City ? "city" : "audit"));
        }

        return 0;
    });
}
