using Microsoft.Playwright;

namespace EndToEnd.Tests.Running;

/// <summary>What every page owes to eyes and to those who do without.</summary>
internal static class Looks
{
    private static readonly int[] Widths = [320, 768, 1440];

    /// <summary>Elements whose text is wider than themselves, outside what may be scrolled, and elements beyond the window's edge.</summary>
    private const string SticksOut =
        """
        () => [...document.querySelectorAll('body *')].filter(e => {
          if (e.closest('svg, .sheet, .unseen, select, option, .cards thead') || getComputedStyle(e).display === 'inline') return false;
          const box = e.getBoundingClientRect();
          return box.width > 0 && (e.scrollWidth > e.clientWidth + 1 || box.right > document.documentElement.clientWidth + 1);
        }).map(e => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 40)}`)
        """;

    private const string FindBarriers =
        """
        async rules => (await axe.run(document, { resultTypes: ['violations'], preload: false, ...(rules && { runOnly: rules }) }))
          .violations.map(v => `${v.id} at ${v.nodes.slice(0, 3).map(n => n.html).join(', ')}`)
        """;

    public static async Task FitAsync(IPage page, string where)
    {
        var sticksOut = await page.EvaluateAsync<string[]>(SticksOut);
        Assert.IsEmpty(sticksOut, $"{where}: {string.Join("; ", sticksOut)}");
    }

    /// <summary>
    /// axe-core finds nothing. Its script is run in the page itself: Deque's runner opens a second page for each run, which takes ten times as long.
    /// </summary>
    public static async Task HaveNoBarriersAsync(IPage page, string where)
    {
        await Wire.LoadAxeAsync(page);
        await HaveNoBarriersAsync(page, where, null);
    }

    /// <summary>The page as it stands, at every width: a picture each, nothing cut off, no barrier, and a picture by night.</summary>
    public static Task AtEveryWidthAsync(IPage page, string name) => AtWidthsAsync(page, name, Widths);

    /// <summary>The same at some widths; barriers are looked for at the last of them.</summary>
    public static async Task AtWidthsAsync(IPage page, string name, int[] widths)
    {
        foreach (var width in widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            var where = $"{name}-{width}";
            await page.PictureAsync(where);
            await FitAsync(page, where);
        }

        await HaveNoBarriersAsync(page, name);
        await ByNightAsync(page, $"{name}-dark");
    }

    /// <summary>By night nothing but the colours differs, and they are the same in every language.</summary>
    private static async Task ByNightAsync(IPage page, string name)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.PictureAsync(name);
        if (!name.Contains("-zh-", StringComparison.Ordinal))
            await HaveNoBarriersAsync(page, name, "color-contrast");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private static async Task HaveNoBarriersAsync(IPage page, string where, string? rule)
    {
        var barriers = await page.EvaluateAsync<string[]>(FindBarriers, rule);
        Assert.IsEmpty(barriers, $"{where}: {string.Join("; ", barriers)}");
    }
}
