using TaxiCredit.Dispatch.Components.Accounts;

namespace Dispatch.Tests.Pages;

/// <summary>Sessions are told apart by words, not by what browsers call themselves.</summary>
[TestClass]
public sealed class DeviceWordsTests
{
    [TestMethod]
    [DataRow("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Chrome, Windows")]
    [DataRow("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge, Windows")]
    [DataRow(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
        "Safari, iPhone")]
    [DataRow(
        "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.60",
        "WeChat, Android")]
    [DataRow("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Linux")]
    [DataRow("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "Mac")]
    [DataRow("curl/8.5.0", "curl/8.5.0")]
    [DataRow("", "")]
    public void Browser_ByWhatItCallsItself_IsTold(string userAgent, string told) => Assert.AreEqual(told, DeviceWords.Of(userAgent));
}
