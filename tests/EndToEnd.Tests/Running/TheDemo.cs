using Microsoft.Playwright;

namespace EndToEnd.Tests.Running;

/// <summary>
/// One running city and one browser for all tests: each finds the city in whatever state the others left it and asserts what it changes itself.
/// </summary>
[TestClass]
public static class TheDemo
{
    public const int Cabs = 205;

    // The first has no window and does without what draws one, which is half of the computing.
    private static readonly string[] BrowserNames = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] BrowserArguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-software-rasterizer", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static IPlaywright? _playwright;

    internal static Demo City { get; private set; } = null!;

    internal static IBrowser Browser { get; private set; } = null!;

    [AssemblyInitialize]
    public static async Task StartAsync(TestContext _)
    {
        var browser = FindBrowser();
        if (browser is null)
            Assert.Inconclusive(
                $"The pages are tested in a browser and none of {string.Join(", ", BrowserNames)} is installed; "
                + "on Debian: apt-get install chromium-headless-shell.");

        City = await Demo.StartAsync(Cabs);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = browser, Args = BrowserArguments });
    }

    [AssemblyCleanup]
    public static async Task StopAsync()
    {
        if (_playwright is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
        if (City is null)
            return;

        await City.DisposeAsync();
        Assert.IsEmpty(City.Faults, "The server logged faults:\n" + string.Join('\n', City.Lines));
    }

    private static string? FindBrowser() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => BrowserNames.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
