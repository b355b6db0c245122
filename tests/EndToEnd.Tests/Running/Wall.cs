using Microsoft.Playwright;

namespace EndToEnd.Tests.Running;

/// <summary>The wall as a page shows it.</summary>
internal static class Wall
{
    /// <summary>A cab's tile.</summary>
    public static ILocator Tile(this IPage page, string cab) => page.Locator($"li.tile[data-cab='{cab}']");

    /// <summary>Lights by cab, as drawn: counted lamp by lamp, not read from a label.</summary>
    public static Task<Dictionary<string, string>> LightsAsync(this IPage page) => page.EvaluateAsync<Dictionary<string, string>>(
        """
        () => Object.fromEntries([...document.querySelectorAll('[data-testid=wall] li.tile')].map(tile =>
          [tile.dataset.cab, [...tile.querySelectorAll('.lamp')].map(lamp => lamp.classList.contains('lit') ? '1' : '0').join('')]))
        """);

    /// <summary>5 digits of a rating: bar, star 1 to star 4.</summary>
    public static string Digits(int stars) => ("1" + new string('1', stars)).PadRight(5, '0');
}
