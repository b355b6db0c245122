using System.Net;

namespace Dispatch.Tests.Accounts;

/// <summary>A directory that does not answer; one that does is met by a browser, in the end-to-end tests.</summary>
[TestClass]
public sealed class DirectoryTests
{
    [TestMethod]
    public async Task Directory_OutOfReach_LeadsBackToThePageThatSaysSo()
    {
        await using var server = await LoneServer.StartAsync(
            ("Directory:Authority", $"http://127.0.0.1:{LoopbackPort.Take()}"), ("Directory:ClientId", "taxicredit"));

        using var answer = await server.Client.GetAsync("/sign-in/directory");

        Assert.AreEqual(HttpStatusCode.Redirect, answer.StatusCode);
        var back = $"{answer.Headers.Location}".Split("?refused=");
        CollectionAssert.AreEqual(new[] { "/sign-in", "directory-failed" }, back);
        StringAssert.Contains(await server.Client.GetStringAsync(answer.Headers.Location), "The directory did not sign you in.");
    }

    [TestMethod]
    public async Task Refusal_OfAnAddressThatSomebodyMadeUp_IsNotTold()
    {
        await using var server = await LoneServer.StartAsync();

        Assert.DoesNotContain(
            "role=\"alert\"",
            (await server.Client.GetStringAsync("/sign-in?refused=Call+0900")).Replace("data-failed role=\"alert\"", "", StringComparison.Ordinal));
    }
}
