using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Dispatch.Tests.Displays;
using Microsoft.Extensions.DependencyInjection;
using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Health;
using TaxiCredit.Dispatch.Mqtt.Tls;

namespace Dispatch.Tests.Mqtt;

/// <summary>The embedded broker with TLS, against the clients that there are: a program of Debian's, the virtual cab, and .NET's own.</summary>
[TestClass]
public sealed class BrokerTlsTests
{
    [TestMethod]
    public async Task Unit_FittedOut_IsToldBrokerAndBothAuthorities()
    {
        using var files = new BrokerFiles();
        await using var city = await DisplayCity.BuildAsync(settings: files.Settings);

        var unit = await city.ProvisionAsync(1);

        Assert.AreEqual((BrokerFiles.Host, city.MqttPort, true), (unit.Broker, unit.Port, unit.Tls));
        Assert.AreEqual(await File.ReadAllTextAsync(files.Authorities), unit.Ca);
        Assert.AreEqual(2, unit.Ca!.Split("-----BEGIN CERTIFICATE-----").Length - 1);
        Assert.IsLessThanOrEqualTo(3_000, Encoding.UTF8.GetByteCount(unit.ToJson()), "config.json has 4,096 bytes, and four networks to come");
    }

    [TestMethod]
    public async Task Mosquitto_WithTheCitysAuthority_PublishesAndIsAnswered()
    {
        using var files = new BrokerFiles();
        await using var city = await DisplayCity.BuildAsync(settings: files.Settings);
        var unit = await city.ProvisionAsync(1);
        await using var cab = TestCab.Of(unit);
        var state = Path.Combine(files.Folder, "state");
        await File.WriteAllBytesAsync(state, cab.Sign(cab.StateJson(lit: "11000")));

        var sent = await MosquittoAsync("mosquitto_pub", cab, files.Authorities, "-t", cab.Topic("state"), "-r", "-f", state);
        var read = await MosquittoAsync("mosquitto_sub", cab, files.Authorities, "-t", cab.Topic("rating"), "-C", "1", "-W", "20");

        Assert.AreEqual(0, sent.Code, sent.Output);
        await city.AwaitTwinAsync(unit.Id, twin => twin.Lit == "11000");
        Assert.AreEqual(0, read.Code, read.Output);
        StringAssert.Contains(read.Output, "\"kind\":\"vacant\"");
    }

    [TestMethod]
    [DataRow("other-authority")]
    [DataRow("other-name")]
    [DataRow("no-tls")]
    public async Task Mosquitto_AsNoUnitMay_IsNotServed(string how)
    {
        using var files = new BrokerFiles();
        if (how == "other-name")
            files.Issue(host: "127.0.0.1");
        var settings = files.Settings;
        if (how == "other-name")
            settings["Mqtt:Tls:Host"] = "127.0.0.1";
        await using var city = await DisplayCity.BuildAsync(settings: settings);
        await using var cab = TestCab.Of(await city.ProvisionAsync(1));
        using var foreign = BrokerFiles.Authority("foreign");
        var trusted = Path.Combine(files.Folder, "trusted.pem");
        await File.WriteAllTextAsync(trusted, how == "other-authority" ? foreign.ExportCertificatePem() : await File.ReadAllTextAsync(files.Authorities));

        var sent = await MosquittoAsync("mosquitto_pub", cab, how == "no-tls" ? null : trusted, "-t", cab.Topic("state"), "-m", "offline");

        Assert.AreNotEqual(0, sent.Code, sent.Output);
    }

    /// <summary>A ClientHello of TLS 1.1, which the libraries of today do not send any more, is answered by an alert.</summary>
    [TestMethod]
    public async Task Client_OfTls11_IsRefused()
    {
        using var files = new BrokerFiles();
        await using var city = await DisplayCity.BuildAsync(settings: files.Settings);
        byte[] hello = [3, 2, .. new byte[32], 0, 0, 2, 0xC0, 0x0A, 1, 0, 0, 14, 0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0];
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", city.MqttPort);

        await client.GetStream().WriteAsync((byte[])[0x16, 3, 1, 0, (byte)(hello.Length + 4), 1, 0, 0, (byte)hello.Length, .. hello]);

        var answer = new byte[7];
        await client.GetStream().ReadExactlyAsync(answer).AsTask().WaitAsync(DisplayCity.Patience);
        Assert.AreEqual((0x15, 70), (answer[0], answer[6]), "alert: protocol version");
    }

    /// <summary>The program of the virtual cab with the server's own <c>config.json</c>: every line of the contract, over TLS.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task VirtualCab_UnderEitherAuthority_HoldsTheContract(bool isOld)
    {
        using var files = new BrokerFiles();
        files.Issue(isOld ? files.Old : files.Next);
        await using var city = await DisplayCity.BuildAsync(cabs: 1, settings: files.Settings);

        var (code, said) = await ConformAsync(city, await city.ProvisionAsync(1));

        Assert.AreEqual(0, code, said);
        Assert.EndsWith("16 lines hold", said.TrimEnd());
    }

    [TestMethod]
    public async Task VirtualCab_OfAnotherCity_DoesNotConnect()
    {
        using var files = new BrokerFiles();
        using var foreign = BrokerFiles.Authority("foreign");
        await using var city = await DisplayCity.BuildAsync(cabs: 1, settings: files.Settings);
        var unit = await city.ProvisionAsync(1) with { Ca = foreign.ExportCertificatePem() };

        var (code, said) = await ConformAsync(city, unit);

        Assert.AreNotEqual(0, code, said);
        Assert.IsEmpty(city.Refused.Of(null), "it has shown no password");
    }

    [TestMethod]
    public async Task Certificate_Changed_IsServedToTheNextWithoutARestart()
    {
        using var files = new BrokerFiles();
        await using var city = await DisplayCity.BuildAsync(settings: files.Settings);
        using var before = await SslAsync(city.MqttPort);
        files.Issue(files.Next);

        city.Time.Advance(CertificateUpkeep.Every);
        await Until.SoAsync(() => CertificateOf(city).Set.Certificate.Issuer == "CN=next", look => city.Warned += look);

        using var after = await SslAsync(city.MqttPort);
        Assert.AreEqual(("CN=old", "CN=next"), (before.RemoteCertificate!.Issuer, after.RemoteCertificate!.Issuer));
        Assert.IsTrue(before.IsAuthenticated, "who is connected stays so");
    }

    [TestMethod]
    [DataRow("half-written", "holds no certificate in PEM")]
    [DataRow("empty", "holds no certificate in PEM")]
    [DataRow("garbage", "holds no certificate in PEM")]
    [DataRow("gone", "there is no file")]
    [DataRow("key-garbage", "not that of the certificate")]
    [DataRow("key-of-another", "not that of the certificate")]
    [DataRow("key-gone", "there is no file")]
    [DataRow("expired", "has expired on")]
    [DataRow("other-name", "the certificate is not for 'localhost'")]
    [DataRow("other-authority", "no authority that units trust has signed")]
    [DataRow("authorities-garbage", "0 authorities; units take one or two")]
    [DataRow("three-authorities", "3 authorities; units take one or two")]
    public async Task Certificate_ThatCannotBeServed_LeavesTheOneBefore(string how, string told)
    {
        using var files = new BrokerFiles();
        await using var city = await DisplayCity.BuildAsync(settings: files.Settings);
        var warned = 0;
        city.Warned += () => warned++;
        using var first = await SslAsync(city.MqttPort);
        Break(files, how, city.Time.GetUtcNow());

        CertificateOf(city).Look();

        Assert.Contains(told, CertificateOf(city).Fault!);
        Assert.AreEqual(1, warned, "told in the log, once");
        CertificateOf(city).Look();
        Assert.AreEqual(1, warned);
        using (var still = await SslAsync(city.MqttPort))
            Assert.AreEqual(first.RemoteCertificate!.GetCertHashString(), still.RemoteCertificate!.GetCertHashString());
        var health = await HealthAsync(city);
        Assert.AreEqual(HealthState.Warning, health.State);
        Assert.Contains(told, health.Detail);

        files.Trust(files.Old, files.Next);
        files.Issue();
        CertificateOf(city).Look();
        Assert.IsNull(CertificateOf(city).Fault);
        Assert.AreEqual(HealthState.Ok, (await HealthAsync(city)).State);
    }

    [TestMethod]
    public async Task Certificate_OfTheCitysFolder_IsRenewedByTheServerBeforeItsEnd()
    {
        var folder = Directory.CreateTempSubdirectory("taxicredit-ca-").FullName;
        var authorities = new AuthorityFolder(folder);
        var begun = new DateTimeOffset(2018, 1, 2, 4, 0, 0, TimeSpan.Zero);
        Assert.IsNull(authorities.Make("Rongcheng", begun) ?? authorities.Issue([BrokerFiles.Host], begun));
        await using var city = await DisplayCity.BuildAsync(settings: new Dictionary<string, string?>
        {
            ["Mqtt:Tls:Host"] = BrokerFiles.Host, ["Mqtt:Tls:Address"] = "127.0.0.1", ["Mqtt:Tls:Port"] = "0", ["Mqtt:Tls:Folder"] = folder,
        });
        var ends = CertificateOf(city).Set.Certificate.NotAfter;

        // Not by its timers, of which some have seconds.
        city.Time.Leap = CityAuthority.Lifetime - AuthorityFolder.RenewBefore - TimeSpan.FromSeconds(1);
        CertificateOf(city).Look();
        Assert.AreEqual(ends, CertificateOf(city).Set.Certificate.NotAfter);
        city.Time.Leap += TimeSpan.FromSeconds(1);
        CertificateOf(city).Look();

        using var served = await SslAsync(city.MqttPort);
        var renewed = new X509Certificate2(served.RemoteCertificate!);
        Assert.AreEqual(begun + (CityAuthority.Lifetime - AuthorityFolder.RenewBefore) + CityAuthority.Lifetime, (DateTimeOffset)renewed.NotAfter);
        Assert.AreEqual(HealthState.Ok, (await HealthAsync(city)).State);
        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public async Task Certificate_ExpiredAtTheStart_IsNoReasonNotToStart()
    {
        using var files = new BrokerFiles();
        files.Issue(now: new DateTimeOffset(2018, 1, 2, 4, 0, 0, TimeSpan.Zero) - CityAuthority.Lifetime);
        await using var city = await DisplayCity.BuildAsync(settings: files.Settings);

        Assert.AreEqual(HealthState.Failed, (await HealthAsync(city)).State);

        files.Issue();
        CertificateOf(city).Look();
        Assert.AreEqual(HealthState.Ok, (await HealthAsync(city)).State);
    }

    [TestMethod]
    public async Task Health_OfTheCertificate_IsAskedByProbes()
    {
        using var files = new BrokerFiles();
        await using var city = await DisplayCity.BuildAsync(settings: files.Settings);
        await city.Server.Services.GetRequiredService<HealthBoard>().LookAsync(CancellationToken.None);

        var health = await city.Client.GetFromJsonAsync<JsonElement>("health");

        Assert.AreEqual("ok", health.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "certificate")
            .GetProperty("state").GetString());
    }

    private static void Break(BrokerFiles files, string how, DateTimeOffset now)
    {
        switch (how)
        {
            case "half-written":
                File.WriteAllText(files.Certificate, File.ReadAllText(files.Certificate)[..300]);
                break;
            case "empty":
                File.WriteAllText(files.Certificate, "");
                break;
            case "garbage":
                File.WriteAllBytes(files.Certificate, RandomNumberGenerator.GetBytes(2_000));
                break;
            case "gone":
                File.Delete(files.Certificate);
                break;
            case "key-garbage":
                File.WriteAllText(files.Key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
                break;
            case "key-of-another":
                using (var other = CityAuthority.NewKey())
                    File.WriteAllText(files.Key, other.ExportPkcs8PrivateKeyPem());
                break;
            case "key-gone":
                File.Delete(files.Key);
                break;
            case "expired":
                files.Issue(now: now - CityAuthority.Lifetime - TimeSpan.FromHours(1));
                break;
            case "other-name":
                files.Issue(host: "elsewhere.example");
                break;
            case "other-authority":
                using (var foreign = BrokerFiles.Authority("foreign"))
                    files.Issue(foreign);
                break;
            case "authorities-garbage":
                File.WriteAllText(files.Authorities, "no PEM");
                break;
            default:
                files.Trust(files.Old, files.Next, files.Old);
                break;
        }
    }

    private static BrokerCertificate CertificateOf(DisplayCity city) => city.Server.Services.GetRequiredService<BrokerCertificate>();

    private static async Task<Finding> HealthAsync(DisplayCity city)
    {
        var board = city.Server.Services.GetRequiredService<HealthBoard>();
        await board.LookAsync(CancellationToken.None);
        return board.All.Single(line => line.Name == "certificate").Finding;
    }

    /// <summary>A client that looks at what is presented and trusts anything.</summary>
    private static async Task<SslStream> SslAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = BrokerFiles.Host, EnabledSslProtocols = SslProtocols.Tls12,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });
        return stream;
    }

    private static async Task<(int Code, string Output)> MosquittoAsync(string program, TestCab cab, string? authorities, params string[] arguments)
    {
        string[] tls = authorities is null ? [] : ["--cafile", authorities];
        string[] all =
        [
            "-d", "-h", BrokerFiles.Host, "-p", $"{cab.Unit.Port}", "-i", cab.Unit.Id, "-u", cab.Unit.Id,
            "-P", System.Buffers.Text.Base64Url.EncodeToString(cab.Key("mqtt")), "-q", "1", .. tls, .. arguments,
        ];
        using var process = Process.Start(new ProcessStartInfo(program, all) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(DisplayCity.Patience) + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    private static async Task<(int Code, string Said)> ConformAsync(DisplayCity city, UnitConfig unit)
    {
        var file = Path.Combine(city.Folder, "conform.json");
        await File.WriteAllTextAsync(file, unit.ToJson());
        using var program = Process.Start(
            new ProcessStartInfo("dotnet", [ConformanceTests.Program(), "--conform", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = program.StandardError.ReadToEndAsync();
        var said = await program.StandardOutput.ReadToEndAsync().WaitAsync(DisplayCity.Patience);
        await program.WaitForExitAsync().WaitAsync(DisplayCity.Patience);
        return (program.ExitCode, said + await errors);
    }
}
