using Microsoft.Playwright;

namespace EndToEnd.Tests.Running;

/// <summary>A fresh browser window at the city, which notes whatever the browser complains of: scripts that were refused, files from elsewhere, faults.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _complaints.Add($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, fault) => _complaints.Add($"{page.Url}: {fault}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(TheDemo.City.Address.AbsoluteUri, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _complaints.Add($"{page.Url} asked for {request.Url}");
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Visit> BeginAsync(int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, string language = "en", bool runsScripts = true)
    {
        var context = await TheDemo.Browser.NewContextAsync(new()
        {
            BaseURL = TheDemo.City.Address.AbsoluteUri,
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            Locale = language,
            JavaScriptEnabled = runsScripts,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new(context, await context.NewPageAsync());
    }

    /// <summary>The wall, once it is connected.</summary>
    public static async Task<Visit> AtWallAsync()
    {
        var visit = await BeginAsync();
        await visit.Page.GotoAsync("/");
        await Assertions.Expect(visit.Page.GetByTestId("move")).ToBeEnabledAsync();
        return visit;
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
