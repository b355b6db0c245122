using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TaxiCredit.Dispatch.Data;
using TaxiCredit.Dispatch.Features.Accounts;

namespace TaxiCredit.Tests;

/// <summary>
/// A client of the API that acts for several people, as several browsers would: a request whose body or query says <c>"actor"</c> goes, without it, with the
/// session of that person; any other goes with the token. The server itself takes no actor from a body.
/// </summary>
internal sealed class ActingClient : DelegatingHandler
{
    /// <summary>What the sessions call their browser.</summary>
    public const string Device = "acting client";

    /// <summary>Sessions are begun anew after so long, by the server's clock, so that what they prove is fresh.</summary>
    private const long KeptSeconds = 120;

    private readonly ConcurrentDictionary<(string Name, long Time), Lazy<Task<string>>> _cookies = new();
    private readonly Func<string, Task<string>> _enter;
    private readonly TimeProvider _time;

    /// <param name="enter">Signs a person in and returns the cookie, <c>name=value</c>.</param>
    public ActingClient(Func<string, Task<string>> enter, TimeProvider time)
        : base(new SocketsHttpHandler { UseCookies = false })
    {
        (_enter, _time) = (enter, time);
    }

    /// <summary>A client whose sessions are written into the database of a server.</summary>
    /// <param name="services">Of a server at that database and key ring; it need not run.</param>
    public static HttpClient Of(IServiceProvider services, Uri address, string token)
    {
        var handler = new ActingClient(name => EnterAsync(services, name), services.GetRequiredService<TimeProvider>());
        return new HttpClient(handler) { BaseAddress = address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
    }

    /// <summary>Writes a session of that person, who has just shown a second factor; returns its cookie.</summary>
    public static async Task<string> EnterAsync(IServiceProvider services, string name)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DispatchContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var session = new Session { Id = Guid.NewGuid(), Name = name, IsProven = true, ProvenAt = now, BegunAt = now, SeenAt = now, Device = Device };
        db.Add(session);
        await db.SaveChangesAsync();
        var cookie = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme);
        var identity = new ClaimsIdentity([new(ClaimTypes.Name, name), new("session", $"{session.Id:N}")], IdentityConstants.ApplicationScheme);
        return $"{cookie.Cookie.Name}={cookie.TicketDataFormat.Protect(new(new ClaimsPrincipal(identity), IdentityConstants.ApplicationScheme))}";
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if ((TakeActor(request) ?? await TakeActorAsync(request, cancellationToken)) is not { } actor)
            return await base.SendAsync(request, cancellationToken);

        var session = (actor, _time.GetUtcNow().ToUnixTimeSeconds() / KeptSeconds);
        request.Headers.Authorization = null;
        request.Headers.Add(ApiCallers.SessionHeader, "1");
        request.Headers.Add("Cookie", await CookieAsync(session));
        var answer = await base.SendAsync(request, cancellationToken);
        // Somebody may have ended the session meanwhile, by an invitation that was accepted, say.
        if (answer.StatusCode != HttpStatusCode.Unauthorized || !_cookies.TryRemove(session, out _))
            return answer;

        request.Headers.Remove("Cookie");
        request.Headers.Add("Cookie", await CookieAsync(session));
        return await base.SendAsync(request, cancellationToken);
    }

    private Task<string> CookieAsync((string Name, long Time) session) => _cookies.GetOrAdd(session, key => new(() => _enter(key.Name))).Value;

    /// <summary>Takes the actor out of the query of an address of the API.</summary>
    private static string? TakeActor(HttpRequestMessage request)
    {
        var address = request.RequestUri!;
        if (!address.AbsolutePath.StartsWith("/api/", StringComparison.Ordinal) || !address.Query.Contains("actor=", StringComparison.Ordinal))
            return null;

        var parts = address.Query.TrimStart('?').Split('&');
        request.RequestUri = new UriBuilder(address)
        {
            Query = string.Join('&', parts.Where(part => !part.StartsWith("actor=", StringComparison.Ordinal))),
        }.Uri;
        return parts.First(part => part.StartsWith("actor=", StringComparison.Ordinal))["actor=".Length..];
    }

    /// <summary>Takes the actor out of the body.</summary>
    private static async Task<string?> TakeActorAsync(HttpRequestMessage request, CancellationToken stop)
    {
        if (request.Content?.Headers.ContentType?.MediaType != "application/json")
            return null;

        var text = await request.Content.ReadAsStringAsync(stop);
        try
        {
            if (JsonNode.Parse(text) is not JsonObject body || body["actor"] is not JsonValue actor || !actor.TryGetValue<string>(out var name))
                return null;

            body.Remove("actor");
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            return name;
        }
        catch (JsonException)
        {
            // Sent as it is: the server is to refuse it.
            return null;
        }
    }
}
