using Microsoft.Playwright;

namespace EndToEnd.Tests.Running;

/// <summary>A page used by keyboard alone.</summary>
internal static class Keys
{
    private const int MaxTabs = 300;

    /// <summary>Presses Tab until the element has the focus.</summary>
    public static async Task TabToAsync(this IPage page, ILocator target)
    {
        await target.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        for (var tabs = 0; tabs < MaxTabs; tabs++)
        {
            if (await target.EvaluateAsync<bool>("e => e === document.activeElement"))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{target} cannot be reached with {MaxTabs} times Tab");
    }

    /// <summary>Tabs to a link or a button and presses Enter on it.</summary>
    public static async Task EnterAsync(this IPage page, ILocator target)
    {
        await page.TabToAsync(target);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>The button of a form by the name of its handler.</summary>
    public static ILocator Submit(this IPage page, string form, string? step = null) =>
        page.Locator($"form:has(input[name=_handler][value={form}]) button{(step is null ? "" : $"[value={step}]")}");
}
