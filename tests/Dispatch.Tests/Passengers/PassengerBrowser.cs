using System.Net;
using System.Text.RegularExpressions;
using Dispatch.Tests.Displays;

namespace Dispatch.Tests.Passengers;

/// <summary>As little browser as a form needs: it keeps cookies, sends back what stands in the form, and follows no redirect by itself.</summary>
internal sealed partial class PassengerBrowser : IAsyncDisposable
{
    private readonly HttpClient _client;
    private readonly CookieContainer _cookies = new();

    private PassengerBrowser(Uri address, string language)
    {
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = address };
        _client.DefaultRequestHeaders.Add("Accept-Language", language);
    }

    public HttpResponseMessage Answer { get; private set; } = null!;

    public string Html { get; private set; } = "";

    public IEnumerable<Cookie> Cookies => _cookies.GetAllCookies().Where(cookie => !cookie.Expired);

    public static PassengerBrowser Open(DisplayCity city, string language = "en") => new(new Uri(city.Server.Urls.First()), language);

    /// <summary>The page's text without its marks, as somebody reads it.</summary>
    public string Text => WebUtility.HtmlDecode(Tags().Replace(Html, " "));

    public async Task<string> GetAsync(string path)
    {
        await TakeAsync(await _client.GetAsync(path));
        return Html;
    }

    /// <summary>Has a cookie that no answer gave.</summary>
    public void Keep(string name, string value) => _cookies.Add(new Cookie(name, value, "/cab", _client.BaseAddress!.Host));

    /// <summary>Goes where the answer leads.</summary>
    public Task<string> FollowAsync()
    {
        Assert.AreEqual(HttpStatusCode.Redirect, Answer.StatusCode, Text);
        return GetAsync(Answer.Headers.Location!.ToString());
    }

    /// <summary>Goes back to a page as it was.</summary>
    public void Show(string html) => Html = html;

    /// <summary>Presses a button of the page's form, with what is typed over what stands there.</summary>
    public async Task<string> SendAsync(string path, string button, string value, params (string Name, string Value)[] typed)
    {
        var fields = Fields();
        foreach (var (name, text) in typed)
            fields[name] = text;
        fields[button] = value;
        using var content = new FormUrlEncodedContent(fields);
        await TakeAsync(await _client.PostAsync(path, content));
        return Html;
    }

    /// <summary>The same with a file.</summary>
    public Task<string> SendFileAsync(string path, byte[] file, string name, params (string Name, string Value)[] typed) =>
        SendFileAsync(path, file, name, "on", typed);

    /// <summary>The same by another button.</summary>
    public async Task<string> SendFileAsync(string path, byte[] file, string name, string button, params (string Name, string Value)[] typed)
    {
        var fields = Fields();
        foreach (var (field, text) in typed)
            fields[field] = text;
        fields["Go"] = button;
        using var content = new MultipartFormDataContent();
        foreach (var (field, text) in fields)
            content.Add(new StringContent(text), field);
        var part = new ByteArrayContent(file);
        // A browser in which no file was chosen sends an empty one without a name.
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"Photo\"; filename=\"{name}\"");
        content.Add(part);
        await TakeAsync(await _client.PostAsync(path, content));
        return Html;
    }

    /// <summary>What stands in the fields of the page's form.</summary>
    public Dictionary<string, string> Fields()
    {
        var fields = new Dictionary<string, string>();
        var form = Form().Match(Html).Value;
        foreach (Match input in Input().Matches(form))
        {
            if (Attribute(input.Value, "name") is { } name && Attribute(input.Value, "type") is not "file")
                fields[name] = Attribute(input.Value, "value") ?? "";
        }

        foreach (Match select in Select().Matches(form))
        {
            fields[Attribute(select.Value, "name")!] = Option().Matches(select.Value)
                .Where(o => o.Value.Contains(" selected", StringComparison.Ordinal))
                .Select(o => Attribute(o.Value, "value")).FirstOrDefault() ?? "";
        }

        foreach (Match area in TextArea().Matches(form))
            fields[Attribute(area.Value, "name")!] = WebUtility.HtmlDecode(area.Groups[1].Value);
        return fields;
    }

    public ValueTask DisposeAsync()
    {
        Answer?.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task TakeAsync(HttpResponseMessage answer)
    {
        Answer?.Dispose();
        Answer = answer;
        Html = await answer.Content.ReadAsStringAsync();
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"""\s{name}="([^"]*)" """.TrimEnd()) is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex("""<form method="post".*?</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Input();

    [GeneratedRegex("<select.*?</select>", RegexOptions.Singleline)]
    private static partial Regex Select();

    [GeneratedRegex("<option[^>]*>")]
    private static partial Regex Option();

    [GeneratedRegex("<textarea[^>]*>(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex TextArea();
}
