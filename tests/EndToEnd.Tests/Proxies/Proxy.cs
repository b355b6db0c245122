using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests.Proxies;

/// <summary>A real proxy with the file that the package brings, at ports of its own and with a certificate of this test.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    public const string Host = "credit.rongcheng.example";

    private static readonly string Examples =
        Path.Combine(Build.Root, "dispatch-server/packaging/dispatch/root/usr/share/doc/taxicredit-dispatch/examples");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("taxicredit-proxy-").FullName;
    private readonly string _thumbprint;
    private readonly Process _process;

    private Proxy(string name, int server)
    {
        _thumbprint = WriteCertificate();
        var settings = Write(name, server);
        var start = new ProcessStartInfo(name, name switch
        {
            "nginx" => ["-e", "stderr", "-p", _folder, "-c", settings],
            "haproxy" => ["-db", "-f", settings],
            _ => ["run", "--adapter", "caddyfile", "--config", settings],
        });
        (start.RedirectStandardError, start.RedirectStandardOutput) = (true, true);
        // Caddy keeps what it knows below its home.
        start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CONFIG_HOME"] = _folder;
        _process = Process.Start(start)!;
        Said = Task.WhenAll(_process.StandardError.ReadToEndAsync(), _process.StandardOutput.ReadToEndAsync());
    }

    public int Http { get; } = LoopbackPort.Take();

    public int Https { get; } = LoopbackPort.Take();

    /// <summary>All that it printed, once it has ended.</summary>
    private Task<string[]> Said { get; }

    public static async Task<Proxy> StartAsync(string name, int server)
    {
        var proxy = new Proxy(name, server);
        using var patience = new CancellationTokenSource(Patience);
        // One after the other: a proxy opens its ports in its own order.
        while (!await ListensAsync(proxy.Http, patience.Token) || !await ListensAsync(proxy.Https, patience.Token))
        {
            if (proxy._process.HasExited)
                Assert.Fail($"{name} ended: {string.Join('\n', await proxy.Said)}");
            await Task.Delay(50, patience.Token);
        }

        return proxy;
    }

    /// <summary>A caller at an address of this machine, who knows the city's name and its certificate alone.</summary>
    public HttpClient CallerAt(string address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        SslOptions = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == _thumbprint },
        ConnectCallback = async (connection, stop) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
            await socket.ConnectAsync(IPAddress.Loopback, connection.DnsEndPoint.Port == 80 ? Http : Https, stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken stop)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, stop);
            return true;
        }
        catch (SocketException refused) when (refused.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return false;
        }
    }

    private string WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(PathOf("credit.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(PathOf("credit.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(PathOf("credit-and-key.pem"), $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        return certificate.GetCertHashString();
    }

    /// <summary>The example as it is, but for ports and places, and with what stands around it in the distribution's own file.</summary>
    private string Write(string name, int server)
    {
        var file = Path.Combine(Examples, name == "caddy" ? "Caddyfile" : name == "nginx" ? "nginx.conf" : "haproxy.cfg");
        var example = File.ReadAllText(file).Replace("/etc/ssl/taxicredit", _folder, StringComparison.Ordinal)
            .Replace("127.0.0.1:8080", $"127.0.0.1:{server}", StringComparison.Ordinal);
        var settings = PathOf("settings");
        File.WriteAllText(settings, name switch
        {
            "nginx" => $$"""
                daemon off;
                user {{Environment.UserName}};
                worker_processes 1;
                pid {{_folder}}/pid;
                events { }
                http {
                    access_log off;
                    client_body_temp_path {{_folder}}/body; proxy_temp_path {{_folder}}/proxy;
                    fastcgi_temp_path {{_folder}}/fastcgi; uwsgi_temp_path {{_folder}}/uwsgi; scgi_temp_path {{_folder}}/scgi;
                    {{With(example, ("listen 80;", $"listen 127.0.0.1:{Http};"), ("listen 443 ", $"listen 127.0.0.1:{Https} "),
                        ("listen [::]:80;", ""), ("listen [::]:443 ssl http2;", ""))}}
                }
                """,
            "haproxy" => With(example, ("bind :80", $"bind 127.0.0.1:{Http}"), ("bind :443 ", $"bind 127.0.0.1:{Https} ")),
            _ => $$"""
                {
                    admin off
                    http_port {{Http}}
                    https_port {{Https}}
                    default_bind 127.0.0.1
                }
                {{example}}
                """,
        });
        return settings;
    }

    /// <summary>Listens on loopback at this proxy's ports, and nowhere else.</summary>
    private static string With(string example, params (string Line, string Instead)[] changes)
    {
        foreach (var (line, instead) in changes)
        {
            StringAssert.Contains(example, line);
            example = example.Replace(line, instead, StringComparison.Ordinal);
        }

        return example;
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
