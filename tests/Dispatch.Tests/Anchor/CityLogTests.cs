using System.Net;
using System.Text.Json;
using Dispatch.Tests.Databases;
using Microsoft.EntityFrameworkCore;
using TaxiCredit.Dispatch.Data.Log;
using TaxiCredit.Dispatch.Features.Anchor;
using TaxiCredit.Dispatch.Features.Holds;
using TaxiCredit.Dispatch.Outbox;
using TaxiCredit.TransparencyLog;

namespace Dispatch.Tests.Anchor;

[TestClass]
public class CityLogTests : CityTests
{
    [TestMethod]
    public async Task Log_OfEntriesAndAPublishedMonth_HasALeafOfEachInItsOrder()
    {
        await DecideAndPublishAsync();

        var leaves = await City.WithDbAsync(db => db.CityLeaves.AsNoTracking().OrderBy(l => l.Index).ToListAsync());
        Assert.AreEqual("0 Entry 1,1 Entry 2,2 Close 1", string.Join(',', leaves.Select(l => $"{l.Index} {l.Kind} {l.Key}")));
        Assert.HasCount(3, leaves.Select(l => Convert.ToHexString(l.Salt)).Distinct());
        Assert.IsTrue(leaves.TrueForAll(l => l.Salt.Length == 16 && l.Commitment.Length == 32));
        Assert.IsNull(await City.FindFaultAsync());
    }

    [TestMethod]
    public async Task Checkpoint_BeforeAnyPublication_IsNotPublic()
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-10");
        await City.SignBothAsync();
        await City.SignPublicationAsync();

        await SmallCity.AssertRefusalAsync(await City.Client.GetAsync("/log/checkpoint"), HttpStatusCode.NotFound, "no-checkpoint");
    }

    [TestMethod]
    public async Task Key_BeforeTheFirstSignature_IsMissing() =>
        await SmallCity.AssertRefusalAsync(await City.Client.GetAsync("/log/key"), HttpStatusCode.NotFound, "no-log-key");

    /// <summary>What comes after the close is nobody's to count.</summary>
    [TestMethod]
    public async Task Checkpoint_OfAPublishedMonth_EndsAtItsCloseAndOpensWithThePublicKey()
    {
        await DecideAndPublishAsync();
        await City.UpholdAsync("d-2", "S01", "2017-08-10");

        await City.SignPublicationAsync();
        await City.SignPublicationAsync();

        var keys = (await City.Client.GetStringAsync("/log/key")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(NoteVerifier.Parse).ToList();
        Assert.IsNull(SignedNote.TryOpen(await City.Client.GetStringAsync("/log/checkpoint"), keys, out var text));
        var checkpoint = Checkpoint.Parse(text);
        Assert.AreEqual(("small.log.invalid", 3L), (checkpoint.Origin, checkpoint.Size));
        Assert.AreEqual(1, await City.WithDbAsync(db => db.Checkpoints.CountAsync()), "it is signed once");
        Assert.IsNull(await City.FindFaultAsync(new Anchored("public one", checkpoint.Size, checkpoint.Root)));
    }

    [TestMethod]
    public async Task Checkpoints_OfLogsWithZeroAndOneLeaves_Hold()
    {
        Assert.IsNull(await City.FindFaultAsync(new Anchored("empty one", 0, MerkleHash.Empty)));
        StringAssert.Contains(await City.FindFaultAsync(new Anchored("wrong one", 0, new byte[32])), "wrong one has another root at 0 leaves");
        StringAssert.Contains(await City.FindFaultAsync(new Anchored("other one", 1, MerkleHash.Empty)), "other one covers 1 leaves, the database has 0");

        await City.UpholdAsync("d-2", "S01", "2017-08-10");

        var leaf = await City.WithDbAsync(db => db.CityLeaves.Select(l => l.Commitment).SingleAsync());
        Assert.IsNull(await City.FindFaultAsync(new Anchored("empty one", 0, MerkleHash.Empty), new Anchored("first one", 1, MerkleHash.OfLeaf(leaf))));
    }

    [TestMethod]
    public async Task Sign_BothLogs_CoversDaysAndAuditLinesAndLeavesTheMachine()
    {
        await DecideAndPublishAsync();
        await City.SignPublicationAsync();

        await City.SignBothAsync();

        var (leaves, lines) = await City.WithDbAsync(async db => (await db.CityLeaves.LongCountAsync(), await db.AuditLeaves.LongCountAsync()));
        Assert.AreEqual(4, leaves, "two entries, a close, a day");
        Assert.IsGreaterThan(5, lines);
        var stored = await City.WithDbAsync(db => db.Checkpoints.AsNoTracking().Where(c => c.Period == null).OrderBy(c => c.Tree).ToListAsync());
        Assert.AreEqual($"Audit {lines}, City {leaves}", string.Join(", ", stored.Select(c => $"{c.Tree} {c.Size}")));
        Assert.AreEqual(stored[1].Note, await File.ReadAllTextAsync(Path.Combine(City.Options.Data, "city.checkpoint")));
        Assert.AreEqual(stored[0].Note, await File.ReadAllTextAsync(Path.Combine(City.Options.Data, "audit.checkpoint")));
        Assert.IsNull(await City.FindFaultAsync());
        await City.SignBothAsync();
        Assert.AreEqual(4, await City.WithDbAsync(db => db.CityLeaves.CountAsync()), "a day has one leaf");
    }

    [TestMethod]
    [DataRow("UPDATE \"CityLeaves\" SET \"Key\" = 7")]
    [DataRow("DELETE FROM \"CityLeaves\"")]
    [DataRow("DELETE FROM \"AuditLeaves\"")]
    [DataRow("UPDATE \"Checkpoints\" SET \"Size\" = 0")]
    [DataRow("DELETE FROM \"Checkpoints\"")]
    [DataRow("DELETE FROM \"LogDays\"")]
    [DataRow("UPDATE \"LogKeys\" SET \"Verifier\" = ''")]
    [DataRow("INSERT INTO \"LogKeys\" SELECT * FROM \"LogKeys\" WHERE true ON CONFLICT (\"Id\") DO UPDATE SET \"Verifier\" = ''")]
    [DecidedByDatabase("SQL by hand: each database refuses it with triggers of its own")]
    public async Task Database_ChangeOfTheLog_IsRefused(string sql)
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-10");
        await City.SignBothAsync();

        var refused = await Assert.ThrowsAsync<System.Data.Common.DbException>(() => City.WithDbAsync(db => db.Database.ExecuteSqlRawAsync(sql)));

        StringAssert.Contains(refused.Message, "append-only");
    }

    /// <summary>The chain agrees with itself afterwards, so that it cannot tell; the log can.</summary>
    [TestMethod]
    public async Task History_RewrittenWithRecomputedHashes_IsNeverCalledVerifiedAgain()
    {
        await DecideAndPublishAsync();
        await City.SignPublicationAsync();
        await City.SignBothAsync();
        Assert.IsTrue(Verified(await City.GetAsync("months/2017-06")));

        await City.RewriteAsync(1, points: -100);

        Assert.IsFalse(Verified(await City.GetAsync("months/2017-06")), "the last hash is another one");
        await City.CheckWholeAsync();
        var hold = await City.WithDbAsync(db => db.PublishingHolds.AsNoTracking().SingleAsync());
        Assert.AreEqual(HoldCause.LogChanged, hold.Cause);
        Assert.AreEqual("leaf 0: Entry 1 is not what the log committed to", hold.Evidence);
        await City.RefusedAsync("months/2017-07/publication", new { actor = SmallCity.Officer }, HttpStatusCode.Conflict, "publishing-held");
        await City.RefusedAsync(
            $"holds/{hold.Id}/decision", new { actor = SmallCity.Supervisor, reason = "We would rather not know." },
            HttpStatusCode.UnprocessableEntity, "hold-not-decidable");
        Assert.IsFalse(Verified(await City.GetAsync("months/2017-06")));
        await City.SignBothAsync();
        Assert.AreEqual(3, await City.WithDbAsync(db => db.Checkpoints.CountAsync()), "nothing is signed over it");
    }

    [TestMethod]
    [DataRow("UPDATE \"Closes\" SET \"Digest\" = 'x'", "leaf 2: Close 1 is not what the log committed to")]
    [DataRow("UPDATE \"Signature\" SET \"At\" = \"At\" + 1", "leaf 2: Close 1 is not what the log committed to")]
    [DataRow("DELETE FROM \"Signature\"; DELETE FROM \"Ratings\"; DELETE FROM \"Closes\"", "leaf 2 stands for Close 1, which is not there")]
    [DataRow("UPDATE \"Shifts\" SET \"OnAt\" = \"OnAt\" + 1", "leaf 3 stands for Day ", DisplayName = "a sign-on of yesterday")]
    [DataRow("UPDATE \"Audit\" SET \"Actor\" = 'x' WHERE \"Id\" = 2", "Audit 2 is not what the log committed to")]
    [DataRow("DELETE FROM \"Audit\" WHERE \"Id\" = 2", "stands for Audit 2, which is not there")]
    [DataRow("UPDATE \"CityLeaves\" SET \"Salt\" = \"Commitment\" WHERE \"Index\" = 1", "leaf 1: Entry 2 is not what the log committed to")]
    [DataRow("DELETE FROM \"CityLeaves\" WHERE \"Index\" = 1", "leaf 1 is missing; 2 follows 0")]
    [DataRow("DELETE FROM \"CityLeaves\" WHERE \"Index\" = 3", "covers 4 leaves, the database has 3")]
    [DataRow("DELETE FROM \"LogDays\"", "leaf 3 stands for Day ")]
    public async Task Check_SomethingWasChangedBehindTheServer_NamesIt(string sql, string fault)
    {
        await DecideAndPublishAsync();
        // Shifts of the small city began today: a day later they are yesterday's.
        await City.WithDbAsync(async db =>
        {
            await db.Database.ExecuteSqlRawAsync("""UPDATE "Shifts" SET "OnAt" = "OnAt" - 86400000""");
            return 0;
        });
        await City.SignBothAsync();
        Assert.IsNull(await City.FindFaultAsync());
        await City.WithDbAsync(async db =>
        {
            await db.DropTriggersAsync();
            return await db.Database.ExecuteSqlRawAsync(sql);
        });

        StringAssert.Contains(await City.FindFaultAsync(), fault);
    }

    /// <summary>As an upgrade finds it.</summary>
    [TestMethod]
    public async Task Adopt_CityFromBeforeTheLog_GivesEverythingItsLeaf()
    {
        await DecideAndPublishAsync();
        await City.WithDbAsync(async db =>
        {
            await db.DropTriggersAsync();
            // The server may have signed the publication by now.
            return await db.Database.ExecuteSqlRawAsync("""DELETE FROM "CityLeaves"; DELETE FROM "Checkpoints" """);
        });

        await City.WithDbAsync(async db =>
        {
            await LeafAdoption.RunAsync(db, CancellationToken.None);
            await LeafAdoption.RunAsync(db, CancellationToken.None);
            return 0;
        });

        var leaves = await City.WithDbAsync(db => db.CityLeaves.AsNoTracking().OrderBy(l => l.Index).ToListAsync());
        Assert.AreEqual("0 Entry 1,1 Entry 2,2 Close 1", string.Join(',', leaves.Select(l => $"{l.Index} {l.Kind} {l.Key}")));
        Assert.IsNull(await City.FindFaultAsync());
    }

    /// <summary>Otherwise who took leaves away would have them made anew at the next start.</summary>
    [TestMethod]
    public async Task Adopt_LogWithACheckpoint_MakesNoNewLeaves()
    {
        await DecideAndPublishAsync();
        await City.SignBothAsync();
        await City.WithDbAsync(async db =>
        {
            await db.DropTriggersAsync();
            await db.Database.ExecuteSqlRawAsync("""DELETE FROM "CityLeaves" """);
            await LeafAdoption.RunAsync(db, CancellationToken.None);
            return 0;
        });

        Assert.AreEqual(0, await City.WithDbAsync(db => db.CityLeaves.CountAsync()));
    }

    [TestMethod]
    public async Task Month_BeforeAnyRecipientAcknowledged_IsNotAnchoredOutside()
    {
        await DecideAndPublishAsync();
        await City.SignPublicationAsync();
        Assert.IsFalse(Log(await City.GetAsync("months/2017-06")).GetProperty("isOutside").GetBoolean());
        Assert.AreEqual(3, Log(await City.GetAsync("months/2017-06")).GetProperty("size").GetInt64());

        await City.WithDbAsync(async db =>
        {
            await using var write = await TaxiCredit.Dispatch.Data.Writing.BeginWriteAsync(db, CancellationToken.None);
            db.AddToOutbox("file", "auditor", CheckpointSigning.MessageKind, "{}", DateTimeOffset.UnixEpoch).Deliver(DateTimeOffset.UnixEpoch);
            await write.SaveAsync(CancellationToken.None);
            return 0;
        });

        Assert.IsTrue(Log(await City.GetAsync("months/2017-06")).GetProperty("isOutside").GetBoolean());
    }

    private async Task DecideAndPublishAsync()
    {
        await City.SetTodayAsync(new DateOnly(2017, 6, 20));
        await City.UpholdAsync("d-2", "S01", "2017-06-10");
        await City.UpholdAsync("d-3", "S01", "2017-06-11");
        await City.SetTodayAsync(new DateOnly(2017, 8, 15));
        await City.CloseAsync("2017-06");
    }

    private static bool Verified(JsonElement month) => month.GetProperty("chain").GetProperty("verified").GetBoolean();

    private static JsonElement Log(JsonElement month) => month.GetProperty("log");
}
