using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab;

namespace Firmware.Tests.Virtual;

[TestClass]
public sealed class TlsTests
{
    private const string Id = "disp-0001";

    private readonly string _folder = Directory.CreateTempSubdirectory("tls-").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, true);

    [TestMethod]
    public async Task Cab_WithTheBrokersAuthority_Connects()
    {
        using X509Certificate2 authority = Authority("ours");
        Assert.IsTrue(await ConnectsAsync(authority, authority));
    }

    [TestMethod]
    public async Task Cab_WithAnotherAuthority_DoesNot()
    {
        using X509Certificate2 ours = Authority("ours");
        using X509Certificate2 theirs = Authority("theirs");
        Assert.IsFalse(await ConnectsAsync(theirs, ours));
    }

    private async Task<bool> ConnectsAsync(X509Certificate2 broker, X509Certificate2 trusted)
    {
        using X509Certificate2 certificate = Issue(broker);
        await using TestBroker server = await TestBroker.StartAsync(certificate: certificate);
        string folder = Directory.CreateDirectory(Path.Combine(_folder, Id)).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(new
        {
            v = 1,
            id = Id,
            key = Base64Url.Encode(TestBroker.RootOf(Id)),
            epoch = 1,
            broker = "127.0.0.1",
            port = server.Port,
            tls = true,
            ca = trusted.ExportCertificatePem(),
        }));
        await using var fleet = new Fleet(_folder, 1, new LinkSettings(200), [], TextWriter.Null, TimeProvider.System);
        fleet.Look();
        for (int i = 0; i < 300 && fleet.Online == 0; i++) await Task.Delay(10);
        return fleet.Online == 1;
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 Issue(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1, 2, 3, 4]);
        using X509Certificate2 withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }
}
