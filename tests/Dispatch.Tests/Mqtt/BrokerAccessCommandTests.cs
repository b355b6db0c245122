using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dispatch.Tests.Databases;
using Dispatch.Tests.Displays;
using TaxiCredit.Dispatch;
using TaxiCredit.Dispatch.Features.Displays.Mosquitto;

namespace Dispatch.Tests.Mqtt;

[TestClass]
public sealed class BrokerAccessCommandTests
{
    [TestMethod]
    public async Task BrokerAccess_Displays_AreInFilesOfTheirOwner()
    {
        await using var broker = new MosquittoServer();
        await using var city = await DisplayCity.BuildAsync(start: false, settings: broker.Settings);
        await city.ProvisionAsync(1);
        await city.ProvisionAsync(2);
        var folder = Path.Combine(broker.Folder, "new");

        var (code, output) = await RunAsync(city.Options, "broker-access", "--out", folder);

        Assert.AreEqual(0, code, output);
        CollectionAssert.AreEquivalent(
            new[] { MosquittoAccess.AccessFile, MosquittoAccess.PasswordFile, MosquittoAccess.SettingsFile },
            Directory.GetFiles(folder).Select(Path.GetFileName).ToList());
        foreach (var file in Directory.GetFiles(folder))
        {
            if (!OperatingSystem.IsWindows())
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file), file);
        }
        CollectionAssert.AreEqual(
            new[] { "taxicredit_server", "disp-0001", "disp-0002" },
            File.ReadLines(Path.Combine(folder, MosquittoAccess.PasswordFile)).Select(line => line.Split(':')[0]).ToList());
    }

    [TestMethod]
    [DataRow("Mqtt:Broker:Host", "", "Host is empty")]
    [DataRow("Mqtt:Broker:Password", "", "Mqtt__Broker__Password")]
    [DataRow("Mqtt:Broker:Port", "0", "1 to 65535")]
    [DataRow("Mqtt:Broker:Port", "65536", "1 to 65535")]
    [DataRow("Mqtt:Broker:CabPort", null, "listener of their own")]
    [DataRow("Mqtt:Broker:User", "disp-0001", "no name that a display can have")]
    [DataRow("Mqtt:Broker:User", "a:b", "no name that a display can have")]
    [DataRow("Mqtt:Broker:CaFile", "nowhere.pem", "is no file")]
    [DataRow("Mqtt:Broker:PidFile", "mosquitto.pid", "belongs to AccessFolder")]
    public async Task BrokerAccess_SettingThatCannotBe_IsNamed(string key, string? value, string told)
    {
        await using var broker = new MosquittoServer();
        var settings = broker.Settings;
        settings[key] = value;
        if (value is null)
            settings.Remove(key);
        await using var city = await DisplayCity.BuildAsync(start: false);

        var (code, output) = await RunAsync(city.Options with { Settings = settings }, "broker-access", "--out", broker.Folder);

        Assert.AreEqual(2, code, output);
        Assert.Contains(told, output);
        Assert.IsEmpty(Directory.GetFiles(broker.Folder));
    }

    [TestMethod]
    public async Task Tls_AuthorityOfTheCity_IsTrustedAndTakenToCabs()
    {
        await using var broker = new MosquittoServer();
        var authority = WriteCertificates(broker.Folder);
        var settings = broker.Settings;
        (settings["Mqtt:Broker:Tls"], settings["Mqtt:Broker:CaFile"]) = ("true", Path.Combine(broker.Folder, "authority.pem"));

        // What is started has published everything over the connection.
        await using var city = await ExternalBrokerTests.BuildAsync(broker, settings);

        var unit = ExternalBrokerTests.Unit(city, 1);
        Assert.AreEqual((true, broker.CabPort, authority), (unit.Tls, unit.Port, unit.Ca));
    }

    [TestMethod]
    public async Task Tls_ForeignAuthority_IsNotTrusted()
    {
        await using var broker = new MosquittoServer();
        WriteCertificates(broker.Folder);
        var settings = broker.Settings;
        (settings["Mqtt:Broker:Tls"], settings["Mqtt:Broker:CaFile"]) = ("true", Path.Combine(broker.Folder, "foreign.pem"));
        await File.WriteAllTextAsync(settings["Mqtt:Broker:CaFile"]!, Authority().ExportCertificatePem());
        await using var city = await DisplayCity.BuildAsync(start: false, settings: settings);
        await city.ProvisionAsync(1);
        await broker.StartAsync(city);
        var broken = broker.AwaitLineAsync("OpenSSL Error");

        await city.Server.StartAsync();

        await broken;
        Assert.IsFalse(city.Windscreens.Published.IsCompleted);
    }

    private static async Task<(int Code, string Output)> RunAsync(DispatchOptions options, params string[] arguments)
    {
        using var process = ServerProcess.Begin(options, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }

    /// <returns>The authority in PEM.</returns>
    private static string WriteCertificates(string folder)
    {
        using var authority = Authority();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=broker", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, [1]);
        File.WriteAllText(Path.Combine(folder, "broker.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "broker.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(folder, "authority.pem"), authority.ExportCertificatePem());
        return authority.ExportCertificatePem();
    }

    private static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority of a test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
