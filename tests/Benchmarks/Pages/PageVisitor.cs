using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Benchmarks.Pages;

/// <summary>A browser as far as a figure needs one: it keeps cookies, sends forms, and counts what comes over the wire, headers included.</summary>
internal sealed partial class PageVisitor : IDisposable
{
    private readonly HttpClient _client;
    private long _received;

    public PageVisitor(Uri address)
    {
        _client = new HttpClient(new SocketsHttpHandler
        {
            AutomaticDecompression = DecompressionMethods.Brotli,
            AllowAutoRedirect = false,
            ConnectCallback = async (to, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(to.DnsEndPoint, stop);
                return new Counted(socket, this);
            },
        })
        { BaseAddress = address };
        _client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
    }

    /// <summary>Signs in at the demo.</summary>
    public async Task SignInAsync(string name) => await SendAsync("/sign-in", "demo", await TokenAsync("/sign-in"), ("Name", name));

    /// <summary>The antiforgery token of a page's forms; it serves all of them as long as nobody signs in or out.</summary>
    public async Task<string> TokenAsync(string page) => WebUtility.HtmlDecode(Token().Match(await _client.GetStringAsync(page)).Groups[1].Value);

    /// <summary>Sends a form that is answered, as ours are where they have done what they say, by the way to the next page.</summary>
    public async Task SendAsync(string page, string form, string token, params (string Name, string Value)[] typed)
    {
        (string, string)[] hidden = [("_handler", form), ("__RequestVerificationToken", token)];
        using var content = new FormUrlEncodedContent(hidden.Concat(typed).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await _client.PostAsync(page, content);
        if (answer.StatusCode is not (HttpStatusCode.Redirect or HttpStatusCode.SeeOther))
            throw new InvalidOperationException($"{page} answered form '{form}' with {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Loads a page with everything that it names to be loaded with it, with nothing kept from before.</summary>
    public async Task<(double Kilobytes, int Requests)> WeighAsync(string page)
    {
        var before = _received;
        var html = await _client.GetStringAsync(page);
        var parts = Parts().Matches(html).Select(part => WebUtility.HtmlDecode(part.Groups[1].Value)).ToList();
        foreach (var part in parts)
            await _client.GetByteArrayAsync(part);
        return ((_received - before) / 1000.0, 1 + parts.Count);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();

    /// <summary>Sheet, icon, script and picture. Our one style sheet fetches nothing further; the browser tests would see it.</summary>
    [GeneratedRegex("""<(?:link|script|img)\b[^>]*\b(?:href|src)="([^"]+)""")]
    private static partial Regex Parts();

    private sealed class Counted(Socket socket, PageVisitor visitor) : NetworkStream(socket, ownsSocket: true)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            visitor._received += read;
            return read;
        }
    }
}
