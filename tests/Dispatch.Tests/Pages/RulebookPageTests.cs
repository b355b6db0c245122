using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Operations;

namespace Dispatch.Tests.Pages;

/// <summary>The rulebook as everybody may read it.</summary>
[TestClass]
public sealed class RulebookPageTests
{
    [TestMethod]
    [DataRow("en", "Every file starts with 1,000 points.", "You may object to a decision for 15 days after it was served.")]
    [DataRow("zh-Hans", "每份信用档案的基础分为 1,000 分。", "决定送达后 15 天内可以提出异议。")]
    public async Task Page_AskedForByAnybody_TellsEveryConductAndDeadline(string language, string start, string deadline)
    {
        await using var city = await SmallCity.BuildAsync();

        var page = WebUtility.HtmlDecode(await AskAsync(city, "/rulebook", language, HttpStatusCode.OK));

        StringAssert.Contains(page, start);
        StringAssert.Contains(page, deadline);
        var rules = city.Server.Services.GetRequiredService<InstalledRulebooks>().Versions.Single();
        Assert.HasCount(35, rules.Codes);
        foreach (var code in rules.Codes)
            StringAssert.Contains(page, language == "en" ? code.En : code.Zh, code.Id);
        StringAssert.Contains(page, "987.50", "an example is worked out");
    }

    [TestMethod]
    [DataRow("/rulebook/2016-01-01", HttpStatusCode.OK)]
    [DataRow("/rulebook/2016-01-02", HttpStatusCode.NotFound)]
    [DataRow("/rulebook/2015-12-31", HttpStatusCode.NotFound)]
    [DataRow("/rulebook/latest", HttpStatusCode.NotFound)]
    public async Task Version_ByItsFirstDay_IsFoundOrNot(string path, HttpStatusCode expected)
    {
        await using var city = await SmallCity.BuildAsync();

        await AskAsync(city, path, "en", expected);
    }

    [TestMethod]
    public async Task Text_OfAVersion_IsTheFileByteForByteUnderTheHashOfThePage()
    {
        await using var city = await SmallCity.BuildAsync();
        using var anybody = new HttpClient { BaseAddress = city.Client.BaseAddress };

        var text = await anybody.GetByteArrayAsync("/rulebook/2016-01-01/rulebook.json");

        var file = Path.Combine(TextsTests.Project, "Rulebooks", "rongcheng-taxi.2016-01-01.json");
        CollectionAssert.AreEqual(await File.ReadAllBytesAsync(file), text);
        StringAssert.Contains(await AskAsync(city, "/rulebook", "en", HttpStatusCode.OK), Convert.ToHexStringLower(SHA256.HashData(text)));
        await SmallCity.AssertRefusalAsync(await anybody.GetAsync("/rulebook/2016-01-02/rulebook.json"), HttpStatusCode.NotFound, "rulebook-unknown");
    }

    private static async Task<string> AskAsync(SmallCity city, string path, string language, HttpStatusCode expected)
    {
        using var anybody = new HttpClient { BaseAddress = city.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptLanguage.ParseAdd(language);
        using var answer = await anybody.SendAsync(request);
        Assert.AreEqual(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }
}
