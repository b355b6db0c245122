using System.Net;
using System.Text.RegularExpressions;

namespace Dispatch.Tests.Accounts;

/// <summary>What a browser without script does: keeps cookies, follows redirects, posts the forms that it was given.</summary>
internal sealed partial class TestBrowser : IDisposable
{
    private readonly HttpClient _client;

    public TestBrowser(SmallCity city)
    {
        _client = new HttpClient(new HttpClientHandler { CookieContainer = Cookies }) { BaseAddress = city.Client.BaseAddress };
        _client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>Path of the page that is looked at.</summary>
    public string Path { get; private set; } = "";

    public HttpStatusCode Status { get; private set; }

    public string Html { get; private set; } = "";

    /// <summary>What the page says, without its tags.</summary>
    public string Text => WebUtility.HtmlDecode(Tags().Replace(Html, " "));

    public async Task<TestBrowser> GoAsync(string path)
    {
        await TakeAsync(await _client.GetAsync(path));
        return this;
    }

    /// <summary>Fills the form of that name on this page and sends it; what is given for a hidden field takes the place of what it has.</summary>
    public async Task<TestBrowser> SubmitAsync(string form, params (string Name, string Value)[] typed)
    {
        var (action, fields) = Fill(form, typed);
        await TakeAsync(await _client.PostAsync(action, new FormUrlEncodedContent(fields)));
        return this;
    }

    /// <summary>The same with a photo.</summary>
    public Task<TestBrowser> SubmitPhotoAsync(string form, byte[] photo, params (string Name, string Value)[] typed) =>
        SubmitFileAsync(form, "Photo", "photo.jpg", photo, typed);

    /// <summary>The same with any file.</summary>
    public async Task<TestBrowser> SubmitFileAsync(string form, string field, string file, byte[] bytes, params (string Name, string Value)[] typed)
    {
        var (action, fields) = Fill(form, typed);
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(bytes), field, file);
        await TakeAsync(await _client.PostAsync(action, content));
        return this;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request);

    /// <summary>Content of the element with that test id.</summary>
    public string Read(string testId) => WebUtility.HtmlDecode(Regex.Match(Html, $"data-testid=\"{testId}\"[^>]*>([^<]*)<").Groups[1].Value);

    public void Dispose() => _client.Dispose();

    private (string Action, IEnumerable<KeyValuePair<string, string>> Fields) Fill(string form, (string Name, string Value)[] typed)
    {
        var found = Forms().Matches(Html).Select(match => match.Value).SingleOrDefault(html => html.Contains($"\"{form}\"", StringComparison.Ordinal));
        Assert.IsNotNull(found, $"{Path} has no form '{form}':\n{Text}");
        var fields = Hidden().Matches(found).Select(match => KeyValuePair.Create(Attribute(match.Value, "name"), Attribute(match.Value, "value")))
            .Where(hidden => typed.All(field => field.Name != hidden.Key))
            .Concat(typed.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var action = Regex.Match(found, "^<form[^>]* action=\"([^\"]+)\"");
        return (action.Success ? WebUtility.HtmlDecode(action.Groups[1].Value) : Path, fields);
    }

    private async Task TakeAsync(HttpResponseMessage answer)
    {
        Path = answer.RequestMessage!.RequestUri!.PathAndQuery;
        Status = answer.StatusCode;
        Html = await answer.Content.ReadAsStringAsync();
        answer.Dispose();
    }

    private static string Attribute(string tag, string name) => WebUtility.HtmlDecode(Regex.Match(tag, $" {name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
