using System.Net;
using System.Text.RegularExpressions;

namespace EndToEnd.Tests.Running;

/// <summary>Signs in with a button of the demo, without a browser.</summary>
internal static partial class DemoSignIn
{
    /// <summary>The cookie of the session, <c>name=value</c>.</summary>
    public static async Task<string> EnterAsync(Uri demo, string name)
    {
        var cookies = new CookieContainer();
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = demo };
        var form = WebUtility.HtmlDecode(Token().Match(await client.GetStringAsync("sign-in")).Groups[1].Value);
        using var content = new FormUrlEncodedContent([new("_handler", "demo"), new("__RequestVerificationToken", form), new("Name", name)]);
        using var answer = await client.PostAsync("sign-in", content);
        var session = cookies.GetCookies(demo)["session"];
        Assert.IsNotNull(session, $"{name} did not get in: {answer.StatusCode}");
        return $"{session.Name}={session.Value}";
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
