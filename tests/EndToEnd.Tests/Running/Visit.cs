using Microsoft.Playwright;

namespace EndToEnd.Tests.Running;

/// <summary>
/// A fresh browser window at the city, which notes whatever the browser complains of: scripts that were refused, files from elsewhere, faults.
/// </summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page, Uri address)
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
            if (!request.Url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _complaints.Add($"{page.Url} asked for {request.Url}");
        };
    }

    public IPage Page { get; }

    public IReadOnlyList<string> Complaints => _complaints;

    public static async Task<Visit> BeginAsync(
        int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, string language = "en", Uri? address = null, bool runsScripts = true)
    {
        address ??= TheDemo.City.Address;
        var context = await TheDemo.Browser.NewContextAsync(new()
        {
            BaseURL = address.AbsoluteUri,
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            Locale = language,
            JavaScriptEnabled = runsScripts,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new(context, await context.NewPageAsync(), address);
    }

    /// <summary>Signed in at the demo as one of its people: an actor by the button, a driver from the list.</summary>
    public static async Task<Visit> AsAsync(string name, string language = "en")
    {
        var visit = await BeginAsync(language: language);
        await visit.Page.GotoAsync("/sign-in?return=/account");
        if (name.StartsWith("d-", StringComparison.Ordinal))
        {
            await visit.Page.Locator("#demo-driver").SelectOptionAsync(name);
            await visit.Page.Locator("form:has(#demo-driver) button").ClickAsync();
        }
        else
        {
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();
        }

        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Uri(TheDemo.City.Address, "account").AbsoluteUri);
        return visit;
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
