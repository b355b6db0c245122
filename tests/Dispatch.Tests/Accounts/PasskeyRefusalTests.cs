using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using TaxiCredit.Dispatch.Components.Parts;

namespace Dispatch.Tests.Accounts;

/// <summary>A passkey that works is met by a browser, in the end-to-end tests.</summary>
[TestClass]
public sealed class PasskeyRefusalTests
{
    private const string NobodysPasskey = """
        {
          "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
          "response": { "clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA" }
        }
        """;

    [TestMethod]
    public async Task Passkey_ThatNoAccountHas_IsRefusedInWords()
    {
        await using var city = await SmallCity.BuildAsync();
        using var browser = await new TestBrowser(city).GoAsync("/language/zh-Hans?back=/sign-in");
        using var options = new HttpRequestMessage(HttpMethod.Post, "/sign-in/passkey-options");
        options.Headers.Add("RequestVerificationToken", Regex.Match(browser.Html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value);
        using var asked = await browser.SendAsync(options);
        Assert.AreEqual(HttpStatusCode.OK, asked.StatusCode);

        await city.UnchangedAsync(() => browser.SubmitAsync("passkey", ("Credential", NobodysPasskey)));

        Assert.AreEqual(HttpStatusCode.OK, browser.Status);
        StringAssert.Contains(browser.Text, InChinese(city, "passkey-unknown"));
        Assert.IsNull(browser.Cookies.GetAllCookies()["session"]);
    }

    private static string InChinese(SmallCity city, string refusal)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-Hans");
            var told = city.Server.Services.GetRequiredService<IStringLocalizer<RefusalTexts>>()[refusal];
            Assert.IsFalse(told.ResourceNotFound, refusal);
            return told.Value;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
