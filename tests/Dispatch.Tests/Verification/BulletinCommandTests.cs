using Dispatch.Tests.Anchor;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Statistics;
using TaxiCredit.Dispatch.Features.Verification;

namespace Dispatch.Tests.Verification;

/// <summary>Whether a bulletin that somebody has kept follows from the database.</summary>
[TestClass]
public class BulletinCommandTests
{
    private static readonly (string Figure, string Forged, string Named)[] Changes =
    [
        ("\"count\": 7,", "\"count\": 8,", "figures.complaints.lines[0].count, expected 7, found 8"),
        ("\"total\": 14,", "\"total\": 13,", "figures.complaints.total, expected 14, found 13"),
        ("\"overdue\": ", "\"overdue\": 1", "figures.decisions.overdue, expected 9, found 19"),
        ("\"stars\": \"4\",\n        \"drivers\": ", "\"stars\": \"4\",\n        \"drivers\": 1", "figures.stars[0].drivers, expected 2, found 12"),
        ("\"ledgerEntry\": ", "\"ledgerEntry\": 1", "anchor.ledgerEntry, expected "),
        ("\"period\": \"2017-07\"", "\"period\": \"2017-06\"", "anchor.digest, expected "),
        ("\"edition\": 1", "\"edition\": 2", "edition, expected one that is published, found one that is not"),
        ("\"total\": 14,", "\"total\": 13, \"total\": 14,", "file, expected as it was downloaded, found the same figures, written otherwise"),
        ("\"synthetic\": false,", "", "figures.synthetic, expected false, found none"),
        ("\"synthetic\": false,", "\"synthetic\": false, \"awards\": 3,", "figures.awards, expected none, found 3"),
    ];

    private SmallCity _city = null!;
    private string _file = "";

    [TestInitialize]
    public async Task BuildAsync()
    {
        _city = await SmallCity.BuildAsync();
        _file = Path.Combine(_city.Options.Data, "bulletin.json");
        await _city.FillJuneAsync();
        await _city.FillJulyAsync();
        await _city.CloseAsync("2017-06");
        await _city.CloseAsync("2017-07");
        await _city.SignPublicationAsync();
        await File.WriteAllTextAsync(_file, await _city.Client.GetStringAsync("/api/v1/statistics/2017-07"));
    }

    [TestCleanup]
    public async Task TearDownAsync() => await _city.DisposeAsync();

    [TestMethod]
    public async Task Verify_ABulletinAsItWasDownloaded_HoldsInEveryCultureAndTimeZone()
    {
        foreach (var (language, zone) in new[]
        {
            ("zh_CN.UTF-8", "Asia/Shanghai"), ("en_US.UTF-8", "America/Los_Angeles"), ("tr_TR.UTF-8", "Pacific/Kiritimati"),
            ("tr_TR.UTF-8", "Pacific/Pago_Pago"),
        })
        {
            var (code, told) = await RunAsync(language, zone);

            Assert.AreEqual(0, code, told);
            Assert.Contains(
                "verified: every figure of the bulletin of 2017-07, edition 1, follows from the database, and its checkpoint is one of its log", told);
        }
    }

    /// <summary>One change at a time, each told by the name of the figure.</summary>
    [TestMethod]
    public async Task Verify_ABulletinThatWasChanged_NamesTheFigure()
    {
        var text = await File.ReadAllTextAsync(_file);
        foreach (var (figure, forged, named) in Changes)
        {
            var at = text.IndexOf(figure, StringComparison.Ordinal);
            Assert.IsGreaterThan(0, at, $"{figure} is in {text}");
            var kept = BulletinCheck.Read(text[..at] + forged + text[(at + figure.Length)..]);

            var lines = await _city.WithDbAsync(async db =>
            {
                var told = new List<string>();
                await new BulletinCheck(db, new(db, told.Add)).RunAsync(kept, CancellationToken.None);
                return told;
            });

            Assert.Contains(line => line.StartsWith($"DIFFERS Bulletin {kept.Period}/{kept.Edition}: {named}", StringComparison.Ordinal), lines,
                $"{figure}: {string.Join('\n', lines)}");
        }
    }

    [TestMethod]
    public async Task Verify_ABulletinOfOneChangedFigure_EndsWith1()
    {
        await File.WriteAllTextAsync(_file, (await File.ReadAllTextAsync(_file)).Replace("\"total\": 14,", "\"total\": 13,", StringComparison.Ordinal));

        var (code, told) = await RunAsync("C.UTF-8", "UTC");

        Assert.AreEqual(1, code, told);
        Assert.Contains("DIFFERS Bulletin 2017-07/1: figures.complaints.total, expected 14, found 13", told);
        Assert.EndsWith("not verified", told.TrimEnd());
    }

    [TestMethod]
    public async Task Verify_ABulletinWithAForgedCheckpoint_NamesIt()
    {
        var text = await File.ReadAllTextAsync(_file);
        await File.WriteAllTextAsync(_file, text.Replace("small.log.invalid\\n", "other.log.invalid\\n", StringComparison.Ordinal));

        var (code, told) = await RunAsync("C.UTF-8", "UTC");

        Assert.AreEqual(1, code, told);
        Assert.Contains("DIFFERS Bulletin 2017-07/1: anchor.checkpoint, expected one of this city's log, found ", told);
    }

    [TestMethod]
    public void Read_OfWhatIsNoBulletin_IsRefused()
    {
        foreach (var text in new[]
        {
            "{}", "no json", "[]", "{\"form\": \"taxicredit-bulletin-2\", \"figures\": {}, \"anchor\": {}}",
            "{\"form\": \"taxicredit-bulletin-1\", \"figures\": {\"period\": 7, \"edition\": 1}, \"anchor\": {\"checkpoint\": null}}",
        })
            Assert.ThrowsExactly<FormatException>(() => BulletinCheck.Read(text), text);
    }

    [TestMethod]
    public async Task Verify_AFileThatIsNoBulletin_EndsWith2()
    {
        await File.WriteAllTextAsync(_file, "{}");

        Assert.AreEqual(2, (await RunAsync("C.UTF-8", "UTC")).Code);
    }

    private async Task<(int Code, string Told)> RunAsync(string language, string zone)
    {
        var options = _city.Options with { Settings = new Dictionary<string, string?>(_city.Options.Settings) { ["LC_ALL"] = language, ["TZ"] = zone } };
        using var process = ServerProcess.Begin(options, "verify", "--bulletin", _file);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
