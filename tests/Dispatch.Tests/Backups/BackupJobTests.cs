using Dispatch.Tests.Archive;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Exchange;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Archive;
using TaxiCredit.Dispatch.Features.Backups;
using TaxiCredit.Dispatch.Jobs;

namespace Dispatch.Tests.Backups;

/// <summary>Backups that a server makes by itself.</summary>
[TestClass]
public class BackupJobTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("taxicredit-backups-").FullName;
    private readonly List<EmptyCity> _others = [];
    private EmptyCity _first = null!;

    [TestInitialize]
    public async Task BuildAsync() => _first = await EmptyCity.BuildAsync();

    [TestCleanup]
    public async Task TearDownAsync()
    {
        foreach (var city in _others)
            await city.Server.DisposeAsync();
        await _first.DisposeAsync();
    }

    [TestMethod]
    public async Task Job_OverTheDays_MakesOneAtOnceAndOneADay()
    {
        var city = On(_folder);
        var loop = LoopOf(city);

        await loop.LookAsync(CancellationToken.None);
        CollectionAssert.AreEqual(new[] { "imported-20261201T120000Z.backup" }, Names());

        foreach (var minutes in new[] { 5, 424 })
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            await loop.LookAsync(CancellationToken.None);
            Assert.HasCount(1, Names());
        }

        // 03:10 in the city, and a minute of the job's pace.
        _time.Advance(TimeSpan.FromMinutes(5));
        await loop.LookAsync(CancellationToken.None);
        CollectionAssert.AreEqual(new[] { "imported-20261201T120000Z.backup", "imported-20261201T191400Z.backup" }, Names());
    }

    [TestMethod]
    public async Task Job_WithAPassphrase_MakesWhatRestoresWithItsKeysAndIsItsOwnersAlone()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "passphrase"), Archives.Passphrase + "\n");
        var city = On(_folder, ("Backup:PassphraseFile", Path.Combine(_folder, "passphrase")));

        _ = city.Server.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("makes the ring");

        await LoopOf(city).LookAsync(CancellationToken.None);

        var file = Path.Combine(_folder, Names().Single(name => name != "passphrase"));
        if (!OperatingSystem.IsWindows())
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var options = await Archives.NewFolder().WithEmptyDatabaseAsync();
        var restored = await options.RestoreAsync(file, Archives.Passphrase);
        Assert.AreEqual((ArchiveKind.Backup, "imported"), (restored.Head.Kind, restored.Head.City));
        Assert.AreEqual(1, restored.Keys);
        await options.DropDatabaseAsync();
    }

    [TestMethod]
    public async Task Job_WithAPassphraseThatIsTooShort_FailsAndLeavesNothing()
    {
        var passphrase = Path.Combine(Directory.CreateTempSubdirectory().FullName, "passphrase");
        await File.WriteAllTextAsync(passphrase, "elevenchars\n");
        var city = On(_folder, ("Backup:PassphraseFile", passphrase));

        await LoopOf(city).LookAsync(CancellationToken.None);

        await FailedAsync(city, nameof(InvalidDataException));
        Assert.IsEmpty(Names());
    }

    [TestMethod]
    public async Task Job_WithOldOnes_DeletesThemOnceTheNewOneIsThere()
    {
        var city = On(_folder, ("Backup:Keep", "2"), ("Backup:KeepMonths", "0"));
        string[] old = ["imported-20261128T191000Z.backup", "imported-20261129T191000Z.backup", "imported-20261130T191000Z.backup"];
        foreach (var name in old.Append("of-others"))
            await File.WriteAllTextAsync(Path.Combine(_folder, name), "");
        _time.Advance(TimeSpan.FromHours(8));

        await LoopOf(city).LookAsync(CancellationToken.None);

        CollectionAssert.AreEqual(new[] { old[2], "imported-20261201T200000Z.backup", "of-others" }, Names());
    }

    [TestMethod]
    public async Task Job_OnAFullDisk_FailsKeepsWhatWasThereAndMakesOneOnceThereIsRoom()
    {
        await using var disk = await SmallDisk.MountAsync(4);
        await File.WriteAllTextAsync(Path.Combine(disk.Path, "imported-20261101T191000Z.backup"), "");
        await disk.FillAsync();
        var city = On(disk.Path, ("Backup:Keep", "1"), ("Backup:KeepMonths", "0"));
        var loop = LoopOf(city);

        await loop.LookAsync(CancellationToken.None);

        await FailedAsync(city, nameof(IOException));
        CollectionAssert.AreEquivalent(new[] { "filler", "imported-20261101T191000Z.backup" }, Names(disk.Path));
        disk.Empty();
        _time.Advance(TimeSpan.FromMinutes(30));
        await loop.LookAsync(CancellationToken.None);
        CollectionAssert.AreEqual(new[] { "imported-20261201T123000Z.backup" }, Names(disk.Path));
    }

    [TestMethod]
    public async Task Job_WithoutItsFolder_FailsAndMakesNone()
    {
        var path = Path.Combine(_folder, "unmounted");
        var city = On(path);

        await LoopOf(city).LookAsync(CancellationToken.None);

        await FailedAsync(city, nameof(DirectoryNotFoundException));
        Assert.IsFalse(Directory.Exists(path));
    }

    [TestMethod]
    public async Task Job_AfterAKilledRun_ClearsWhatItLeft()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "imported-20261130T191000Z.backup.part"), "half");
        var city = On(_folder);

        await LoopOf(city).LookAsync(CancellationToken.None);

        CollectionAssert.AreEqual(new[] { "imported-20261201T120000Z.backup" }, Names());
    }

    [TestMethod]
    public async Task Job_OfTwoServers_IsDoneByOne()
    {
        var city = On(_folder);
        await city.WithDbAsync(db => db.AcquireAsync("job-backup", "another", _time.GetUtcNow(), TimeSpan.FromMinutes(3), CancellationToken.None));

        await LoopOf(city).LookAsync(CancellationToken.None);

        Assert.IsEmpty(Names());
    }

    private static async Task FailedAsync(EmptyCity city, string fault)
    {
        var run = await city.WithDbAsync(async db => (await db.LastJobRunsAsync(CancellationToken.None)).Single(run => run.Name == "backup"));
        Assert.AreEqual((JobOutcome.Failed, fault), (run.Outcome, run.Fault));
    }

    /// <summary>Another server on the first one's database and folder.</summary>
    private EmptyCity On(string folder, params (string Key, string Value)[] settings)
    {
        var options = _first.Options with
        {
            Settings = settings.Append(("Backup:Folder", folder)).ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2),
        };
        _others.Add(EmptyCity.On(options, services => services.AddSingleton<TimeProvider>(_time)));
        return _others[^1];
    }

    private JobLoop LoopOf(EmptyCity city) =>
        new(MakeBackup.Job, city.Server.Services.GetRequiredService<IServiceScopeFactory>(), _time, NullLogger.Instance);

    private List<string> Names(string? path = null) =>
        [.. Directory.GetFiles(path ?? _folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
