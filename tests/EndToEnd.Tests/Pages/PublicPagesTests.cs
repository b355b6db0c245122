using System.Net;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests.Pages;

/// <summary>A server that is no demo: what has no accounts yet is shown to nobody.</summary>
[TestClass]
public sealed class PublicPagesTests
{
    [TestMethod]
    public async Task Pages_NoDemo_ShowPublicFiguresAndNoFiles()
    {
        await using var server = await Demo.ServeAsync();

        var front = await server.Api.GetStringAsync("/");
        using var file = await server.Api.GetAsync("/drivers/d-0001/2017-12");

        StringAssert.Contains(front, "pages require an account");
        Assert.DoesNotContain("blazor.web", front, "a page without a live part loads a script");
        Assert.DoesNotContain("模拟城市", front, "a real city is called synthetic");
        Assert.AreEqual(HttpStatusCode.Forbidden, file.StatusCode);
        StringAssert.Contains(await file.Content.ReadAsStringAsync(), "requires an account");
    }
}
