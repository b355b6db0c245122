using System.Net;
using Dispatch.Tests.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Operations.Reads;

namespace Dispatch.Tests.Operations.Reads;

/// <summary>Looks at files: on the disk before they are answered, in the audit log once, whatever dies in between.</summary>
[TestClass]
public class ReadSpoolTests : CityTests
{
    private DataFolder Folder => City.Options.Folder;

    [TestMethod]
    public async Task Looks_AreTakenIntoTheLogOnce()
    {
        using var spool = NewSpool();
        Assert.IsTrue(await spool.WriteAsync(Look("d-1")));
        await TakeAsync(spool);
        Assert.IsTrue(await spool.WriteAsync(Look("d-2")));
        await TakeAsync(spool);
        await TakeAsync(spool);

        CollectionAssert.AreEqual(new[] { "officer-a d-1 /here", "officer-a d-2 /here" }, await LoggedAsync());
    }

    [TestMethod]
    public async Task Server_ThatDiedBeforeTheLog_LosesNothing()
    {
        await LeaveAsync("d-1", "d-2");
        using var next = NewSpool();

        await TakeAsync(next);
        await TakeAsync(next);

        CollectionAssert.AreEqual(new[] { "officer-a d-1 /here", "officer-a d-2 /here" }, await LoggedAsync());
        Assert.IsEmpty(Files());
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public async Task Server_ThatDiedAfterTheCommit_TellsNothingTwice(int logged)
    {
        await LeaveAsync("d-1", "d-2");
        var (file, whole) = (Files().Single(), await File.ReadAllBytesAsync(Files().Single()));
        // Of what follows the log knows nothing yet: it is as if the server had died with it in the file.
        await File.WriteAllBytesAsync(file, whole[..(logged == 1 ? whole.AsSpan().IndexOf((byte)'\n') + 1 : whole.Length)]);
        using var died = NewSpool();
        await TakeAsync(died);
        await File.WriteAllBytesAsync(file, whole);
        using var next = NewSpool();

        await TakeAsync(next);

        CollectionAssert.AreEqual(new[] { "officer-a d-1 /here", "officer-a d-2 /here" }, await LoggedAsync());
    }

    [TestMethod]
    public async Task LastLine_ThatWasBeingWritten_IsLeftOut()
    {
        await LeaveAsync("d-1", "d-2");
        var file = Files().Single();
        for (var cut = 1; cut < 20; cut += 9)
        {
            var torn = (await File.ReadAllBytesAsync(file))[..^cut];
            await File.WriteAllBytesAsync(Path.Combine(Folder.Reads, $"000000000000000{cut % 10}{SpoolFile.Ending}"), torn);
        }

        using var next = NewSpool();

        await TakeAsync(next);

        Assert.HasCount(2 + 3, await LoggedAsync());
        Assert.HasCount(4, (await LoggedAsync()).Where(line => line == "officer-a d-1 /here").ToList(), "one of each file");
    }

    [TestMethod]
    public async Task Line_ThatCannotBeRead_IsToldAsOne()
    {
        await LeaveAsync("d-1", "d-2");
        var file = Files().Single();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[0] = (byte)'x';
        await File.WriteAllBytesAsync(file, bytes);
        using var next = NewSpool();

        await TakeAsync(next);
        await File.WriteAllBytesAsync(file, bytes);
        await TakeAsync(next);

        CollectionAssert.AreEqual(new[] { "? ? ?", "officer-a d-2 /here" }, await LoggedAsync());
    }

    [TestMethod]
    public async Task File_OfAServerThatLives_IsLeftToIt()
    {
        using var first = NewSpool();
        using var second = NewSpool();
        Assert.IsTrue(await first.WriteAsync(Look("d-1")));
        Assert.IsTrue(await second.WriteAsync(Look("d-2")));

        await TakeAsync(second);
        CollectionAssert.AreEqual(new[] { "officer-a d-2 /here" }, await LoggedAsync());
        await TakeAsync(first);
        CollectionAssert.AreEqual(new[] { "officer-a d-2 /here", "officer-a d-1 /here" }, await LoggedAsync());
    }

    [TestMethod]
    public async Task Looks_AtOnce_ShareASync()
    {
        using var spool = NewSpool();

        var written = await Task.WhenAll(Enumerable.Range(0, 500).Select(n => spool.WriteAsync(Look($"d-{n}"))));
        await TakeAsync(spool);

        Assert.IsTrue(written.All(isThere => isThere));
        Assert.IsLessThan(250, spool.Syncs);
        Assert.HasCount(500, await LoggedAsync());
    }

    [TestMethod]
    public async Task Folder_ThatCannotBeWrittenTo_ShowsNoFile()
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-01");
        using var browser = (await City.EnterAsync(SmallCity.Officer)).Browser;
        var spool = City.Server.Services.GetRequiredService<ReadSpool>();
        spool.Forget();
        if (Directory.Exists(Folder.Reads))
            Directory.Delete(Folder.Reads, recursive: true);
        await File.WriteAllTextAsync(Folder.Reads, "No folder.");

        await browser.GoAsync("/bureau/cases/c-000001");
        Assert.AreEqual(HttpStatusCode.ServiceUnavailable, browser.Status, browser.Text);
        StringAssert.Contains(browser.Text, "cannot record that you looked");
        Assert.DoesNotContain("d-2", browser.Text);
        using var chinese = new HttpRequestMessage(HttpMethod.Get, "/bureau/cases/c-000001") { Headers = { { "Accept-Language", "zh" } } };
        StringAssert.Contains(WebUtility.HtmlDecode(await (await browser.SendAsync(chinese)).Content.ReadAsStringAsync()), "无法登记本次查阅");
        var answer = await City.Client.GetAsync("/api/v1/cases/c-000001");
        await SmallCity.AssertRefusalAsync(answer, HttpStatusCode.ServiceUnavailable, "look-not-recorded");
        Assert.AreEqual(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);

        File.Delete(Folder.Reads);
        Assert.AreEqual(HttpStatusCode.OK, (await browser.GoAsync("/bureau/cases/c-000001")).Status);
    }

    [TestMethod]
    public async Task Look_ByAToken_IsOnRecordUnderItsName()
    {
        await City.UpholdAsync("d-2", "S01", "2017-08-01");

        _ = await City.GetAsync("drivers/d-2/ledger");
        _ = await City.GetAsync("cases");
        await TakeAsync(City.Server.Services.GetRequiredService<ReadSpool>());

        CollectionAssert.AreEqual(
            new[] { "token:test d-2 /api/v1/drivers/{code}/ledger", "token:test d-2 /api/v1/cases" },
            (await LoggedAsync()).TakeLast(2).ToList());
    }

    [TestMethod]
    public async Task File_OfTheSpool_IsForItsUserAlone()
    {
        using var spool = NewSpool();
        Assert.IsTrue(await spool.WriteAsync(Look("d-1")));

        if (!OperatingSystem.IsWindows())
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Files().Single()));
    }

    private static Look Look(string driver) => new(DateTimeOffset.FromUnixTimeSeconds(1_900_000_000), "officer-a", driver, "/here");

    private ReadSpool NewSpool() => new(Folder, NullLogger<ReadSpool>.Instance);

    /// <summary>What a server leaves that is gone: a file that nobody holds.</summary>
    private async Task LeaveAsync(params string[] drivers)
    {
        using var gone = NewSpool();
        foreach (var driver in drivers)
            Assert.IsTrue(await gone.WriteAsync(Look(driver)));
    }

    private string[] Files() => Directory.GetFiles(Folder.Reads);

    private Task<int> TakeAsync(ReadSpool spool) => City.WithDbAsync(async db =>
    {
        await new ReadsToLog(spool, TimeProvider.System, NullLogger<ReadsToLog>.Instance).RunAsync(db, CancellationToken.None);
        return 0;
    });

    private Task<List<string>> LoggedAsync() => City.WithDbAsync(async db =>
        (await db.Audit.Where(a => a.Operation == "read-file").OrderBy(a => a.Id).ToListAsync())
            .ConvertAll(a => $"{a.Actor} {a.Subject} {a.Detail[..a.Detail.LastIndexOf(" #", StringComparison.Ordinal)]}"));
}
