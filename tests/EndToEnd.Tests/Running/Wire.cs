using System.Runtime.CompilerServices;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace EndToEnd.Tests.Running;

/// <summary>What a page's browser does at its own protocol: Playwright's ways to a picture and to a long script take several times the computing.</summary>
internal static class Wire
{
    private static readonly ConditionalWeakTable<IPage, Task<ICDPSession>> Sessions = [];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>The whole page as a picture for eyes, <c>artifacts/pages/{name}.png</c>.</summary>
    public static async Task PictureAsync(this IPage page, string name)
    {
        var wire = await OfAsync(page);
        var size = (await wire.SendAsync("Page.getLayoutMetrics"))!.Value.GetProperty("cssContentSize");
        var picture = await CaptureAsync(wire, size);
        await File.WriteAllBytesAsync(Build.Artifact("pages", name + ".png"), picture.GetProperty("data").GetBytesFromBase64());
    }

    /// <summary>A browser that is short of time may give up a picture; what is on the page it shows at the next attempt.</summary>
    private static async Task<JsonElement> CaptureAsync(ICDPSession wire, JsonElement size)
    {
        const int Attempts = 3;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync();
            }
            catch (PlaywrightException fault) when (attempt < Attempts && fault.Message.Contains("Unable to capture screenshot", StringComparison.Ordinal))
            {
                // Again.
            }
        }

        async Task<JsonElement> OnceAsync() => (await wire.SendAsync("Page.captureScreenshot", new()
        {
            ["format"] = "png",
            ["optimizeForSpeed"] = true,
            ["captureBeyondViewport"] = true,
            ["clip"] = new Dictionary<string, object>
            {
                ["x"] = 0, ["y"] = 0, ["width"] = size.GetProperty("width").GetDouble(), ["height"] = size.GetProperty("height").GetDouble(), ["scale"] = 1,
            },
        }))!.Value;
    }

    /// <summary>Runs axe-core's script, which makes <c>axe</c>, where a Content-Security-Policy has no say.</summary>
    public static async Task LoadAxeAsync(IPage page)
    {
        var wire = await OfAsync(page);
        var answer = await wire.SendAsync("Runtime.evaluate", new() { ["expression"] = Axe, ["returnByValue"] = false });
        Assert.IsFalse(answer!.Value.TryGetProperty("exceptionDetails", out var fault), $"{fault}");
    }

    private static Task<ICDPSession> OfAsync(IPage page) => Sessions.GetValue(page, page => page.Context.NewCDPSessionAsync(page));
}
