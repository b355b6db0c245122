using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EndToEnd.Tests.Running;

/// <summary>A bureau's directory that speaks OpenID Connect and vouches for whoever comes as <see cref="Name"/>.</summary>
internal sealed class SmallIssuer : IAsyncDisposable
{
    public const string Client = "taxicredit";

    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, string?> _nonces = new();
    private readonly WebApplication _app;

    private SmallIssuer()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = Address,
            authorization_endpoint = $"{Address}/authorize",
            token_endpoint = $"{Address}/token",
            jwks_uri = $"{Address}/keys",
            response_types_supported = new[] { "code" },
            subject_types_supported = new[] { "public" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
        });
        _app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
        _app.MapGet("/authorize", (HttpRequest asked) =>
        {
            var back = $"{asked.Query["redirect_uri"]}?state={Uri.EscapeDataString(asked.Query["state"]!)}";
            if (Declines)
                return Results.Redirect($"{back}&error=access_denied");
            var code = Guid.NewGuid().ToString("N");
            _nonces[code] = asked.Query["nonce"];
            return Results.Redirect($"{back}&code={code}");
        });
        _app.MapPost("/token", async (HttpRequest asked) =>
        {
            var form = await asked.ReadFormAsync();
            return form["client_id"] == Client && form.ContainsKey("code_verifier") && _nonces.TryRemove(form["code"]!, out var nonce)
                ? Results.Json(new { access_token = "none", token_type = "Bearer", expires_in = 60, id_token = Token(nonce) })
                : Results.BadRequest(new { error = "invalid_grant" });
        });
    }

    /// <summary>Whom it vouches for.</summary>
    public string Name { get; set; } = "admin";

    /// <summary>Whether it sends people back without vouching for them, as when they give up.</summary>
    public bool Declines { get; set; }

    public string Address => _app.Urls.First();

    public static async Task<SmallIssuer> StartAsync()
    {
        var issuer = new SmallIssuer();
        await issuer._app.StartAsync();
        return issuer;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private string Token(string? nonce) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Address,
        Audience = Client,
        Claims = new Dictionary<string, object> { ["sub"] = $"id-{Name}", ["preferred_username"] = Name, ["nonce"] = nonce! },
        SigningCredentials = new(new RsaSecurityKey(_key) { KeyId = "one" }, SecurityAlgorithms.RsaSha256),
    });

    private object PublicKey()
    {
        var parameters = _key.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA", use = "sig", alg = "RS256", kid = "one",
            n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent),
        };
    }
}
