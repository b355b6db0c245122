using Microsoft.Playwright;

namespace EndToEnd.Tests.Running;

/// <summary>What the first view of a page brings over the wire, as the browser counts it: headers included, and nothing kept from before.</summary>
internal sealed record Weight(double Bytes, int Requests)
{
    public static async Task<Weight> OfAsync(IPage page, string path)
    {
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        await wire.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        var (bytes, requests) = (0.0, 0);
        wire.Event("Network.requestWillBeSent").OnEvent += (_, _) => requests++;
        wire.Event("Network.loadingFinished").OnEvent += (_, loaded) => bytes += loaded!.Value.GetProperty("encodedDataLength").GetDouble();

        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });

        Console.WriteLine($"first view of {path}: {bytes / 1000:0.0} kB in {requests} requests");
        return new(bytes, requests);
    }

    /// <summary>A count of nothing would be within every bar.</summary>
    public void AssertAtMost(int bytes, int requests)
    {
        Assert.IsGreaterThan(0, Bytes);
        Assert.IsLessThanOrEqualTo(bytes, Bytes);
        Assert.IsLessThanOrEqualTo(requests, Requests);
    }
}
