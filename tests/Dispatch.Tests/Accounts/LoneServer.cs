using System.Net;
using Dispatch.Tests.Databases;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch;

namespace Dispatch.Tests.Accounts;

/// <summary>A server of a city with nobody in it, which answers to any name, and a client that takes answers as they come.</summary>
internal sealed class LoneServer : IAsyncDisposable
{
    /// <summary>With this header a request counts as come from that address: tests talk to loopback alone.</summary>
    public const string From = "Test-From";

    private readonly DispatchOptions _options;
    private readonly WebApplication _server;

    private LoneServer(DispatchOptions options)
    {
        _options = options;
        _server = DispatchServer.Build(options, services => services
            .PostConfigure<HostFilteringOptions>(hosts => hosts.AllowedHosts = ["*"]).AddSingleton<IStartupFilter, ConnectionsFromElsewhere>());
    }

    public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    public IServiceProvider Services => _server.Services;

    public static async Task<LoneServer> StartAsync(params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-").FullName;
        var lone = new LoneServer(await new DispatchOptions
        {
            Data = folder, Port = 0, MqttPort = LoopbackPort.Take(),
            Settings = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value),
        }.WithNewDatabaseAsync());
        await lone._server.PrepareAsync("small", CancellationToken.None);
        await lone._server.StartAsync();
        lone.Client.BaseAddress = new Uri(lone._server.Urls.First());
        lone.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return lone;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        await _options.DropDatabaseAsync();
        Directory.Delete(_options.Data, recursive: true);
    }

    private sealed class ConnectionsFromElsewhere : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                if (context.Request.Headers[From] is [{ } address])
                    context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                return go(context);
            });
            next(app);
        };
    }
}
