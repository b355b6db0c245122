using System.Text.Json;
using System.Text.RegularExpressions;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests.Documents;

/// <summary>The commands and samples of the documents do what the documents say. Those of <c>firmware/README.md</c> are run by the firmware's tests.</summary>
[TestClass]
public sealed class CommandTests
{
    private const string Start = "the demo is started so by every test of this project, with ports of its own";
    private const string Packaged = "PackageTests runs the commands of this document in a fresh Debian";
    private const string Whole = "it is the run that this test is part of, or longer than it";

    private static readonly string[] Documents =
    [
        "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "dispatch-server/README.md", "dispatch-server/docs/import.md", "dispatch-server/docs/verify.md",
        "dispatch-server/docs/operations.md", "dispatch-server/docs/install.md", "hardware/README.md",
    ];

    /// <summary>Commands that no test here runs, with the reason.</summary>
    private static readonly Dictionary<string, string> NotRun = new()
    {
        ["dotnet run --project dispatch-server/TaxiCredit.Demo"] = Start,
        ["dotnet run --project dispatch-server/TaxiCredit.Dispatch -- serve --data city"] = "AccountJourneyTests starts an empty city so",
        ["dotnet run --project dispatch-server/TaxiCredit.Demo -- seed"] = "it tries ten thousand years of a city",
        ["dotnet build TaxiCredit.sln"] = Whole,
        ["apt-get install"] = Packaged,
        ["taxicredit-"] = Packaged,
        ["token=$(taxicredit-dispatch"] = Packaged,
        ["systemctl "] = Packaged,
        ["echo '{ \"Mqtt\""] = Packaged,
        ["cd /usr/share/doc/taxicredit-dispatch"] = Packaged,
        ["curl -fsS -H \"Authorization: Bearer $token\" --json"] = Packaged,
        ["./test"] = Whole,
        ["./bench"] = Whole,
        ["dotnet test "] = Whole,
        ["dotnet format "] = "./test does it",
        ["hardware/"] = "the hardware's tests run the tools",
        ["dotnet run --project hardware/generate"] = "the hardware's tests compare what it writes",
    };

    private static string _folder = "";
    private static Demo _demo = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _)
    {
        _folder = Directory.CreateTempSubdirectory("taxicredit-documents-").FullName;
        _demo = await Demo.StartAsync(cabs: 0);
        File.CreateSymbolicLink(Path.Combine(_folder, "data"), _demo.Data);
    }

    [ClassCleanup]
    public static async Task StopAsync()
    {
        await _demo.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    public void Commands_OfTheDocuments_AreRunOrSayWhyNot()
    {
        var left = from document in Documents
                   from block in Block.Of(document)
                   where block.IsCommand && !Ran.Contains(block.ToString())
                   from line in block.Script.Split('\n')
                   where line.Length > 0 && !NotRun.Keys.Any(start => line.StartsWith(start, StringComparison.Ordinal))
                   select $"{block}: {line}";
        Assert.AreEqual("", string.Join('\n', left));
    }

    [TestMethod]
    public async Task Readme_Curls_AnswerWithTheMonthAndTheTally()
    {
        foreach (var readme in new[] { "README.md", "README.zh-CN.md" })
        {
            var lines = Block.Of(readme).Single(IsCurls).Lines;
            Assert.HasCount(2, lines);
            using var month = JsonDocument.Parse(await Shell.RunAsync(Here(lines[0]), _folder));
            Assert.AreEqual(145, month.RootElement.GetProperty("rated").GetProperty("4").GetInt32());
            using var tally = JsonDocument.Parse(await Shell.RunAsync(Here(lines[1]), _folder));
            Assert.AreEqual("d-0001", tally.RootElement.GetProperty("driver").GetString());
        }
    }

    [TestMethod]
    public async Task Consoles_OfTheDocuments_PrintWhatTheyShow()
    {
        foreach (var block in Documents.SelectMany(Block.Of).Where(IsConsole))
        {
            // A number that depends on when the demo was made is shown as "…".
            var shown = Regex.Escape(block.Printed).Replace("…", "[0-9]+", StringComparison.Ordinal);
            Assert.MatchesRegex($@"\A{shown}\z", (await Shell.RunAsync(block.Script, _folder)).TrimEnd('\n'), $"{block}");
        }
    }

    [TestMethod]
    public async Task Verify_ByHandInAShell_ComesToTheSameHead()
    {
        var byHand = await Shell.RunAsync(Block.Of("dispatch-server/docs/verify.md").Single(IsByHand).Script, _folder);
        var verified = await Shell.RunAsync("dotnet run --project dispatch-server/TaxiCredit.Dispatch -- verify --data data", _folder);
        Assert.AreEqual(Regex.Match(verified, "ledger .*head ([0-9a-f]{64})").Groups[1].Value, byHand.Trim());
    }

    [TestMethod]
    public async Task Import_OfTheSamples_StoresWhatTheDocumentSays()
    {
        var blocks = Block.Of("dispatch-server/docs/import.md").ToList();
        var samples = blocks.Where(block => block.Kind == "csv").Take(2).ToList();
        foreach (var (file, sample) in new[] { "roster.csv", "cases.csv" }.Zip(samples))
            await File.WriteAllLinesAsync(Path.Combine(_folder, file), sample.Lines);

        var printed = await Shell.RunAsync(blocks.Single(IsImport).Script, _folder);
        StringAssert.StartsWith(printed, "stored 2 drivers, 2 cases, 1 ledger entries, head ");
        StringAssert.Contains(printed, "wrote 2 drivers to roster-out.csv, 2 cases to cases-out.csv, 0 objections to objections-out.csv "
            + "and 0 repairs to repairs-out.csv");
    }

    /// <summary>The blocks that the tests above run.</summary>
    private static HashSet<string> Ran =>
        [
            .. Documents.SelectMany(Block.Of).Where(block => IsCurls(block) || IsConsole(block) || IsByHand(block) || IsImport(block))
                .Select(block => block.ToString()),
        ];

    private static bool IsCurls(Block block) => block.Kind == "sh" && block.Script.StartsWith("curl ", StringComparison.Ordinal);

    private static bool IsConsole(Block block) => block.Kind == "console";

    private static bool IsByHand(Block block) => block.Kind == "sh" && block.Script.StartsWith("hash()", StringComparison.Ordinal);

    private static bool IsImport(Block block) => block.Kind == "sh" && block.Script.Contains(" -- import ", StringComparison.Ordinal);

    private static string Here(string line) => line.Replace("http://127.0.0.1:8080/", _demo.Address.ToString(), StringComparison.Ordinal);
}
