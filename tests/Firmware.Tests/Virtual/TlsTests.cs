using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab.Mqtt;

namespace Firmware.Tests.Virtual;

[TestClass]
public sealed class TlsTests
{
    private const string Id = "disp-0001";

    [TestMethod]
    public async Task Link_WithTheBrokersAuthority_Connects()
    {
        using X509Certificate2 authority = Authority("ours");
        Assert.AreEqual(LinkReport.Opened, await OutcomeAsync(authority, authority));
    }

    [TestMethod]
    public async Task Link_WithAnotherAuthority_DoesNotConnect()
    {
        using X509Certificate2 ours = Authority("ours");
        using X509Certificate2 theirs = Authority("theirs");
        Assert.AreEqual(LinkReport.Closed, await OutcomeAsync(theirs, ours));
    }

    /// <summary>What the link reports of its first attempt.</summary>
    private static async Task<int> OutcomeAsync(X509Certificate2 broker, X509Certificate2 trusted)
    {
        using X509Certificate2 certificate = Issue(broker);
        await using TestBroker server = await TestBroker.StartAsync(certificate: certificate);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new
        {
            v = 1,
            id = Id,
            key = Base64Url.Encode(TestBroker.RootOf(Id)),
            epoch = 1,
            broker = "127.0.0.1",
            port = server.Port,
            tls = true,
            ca = trusted.ExportCertificatePem(),
        });
        UnitConfig config = UnitConfig.Read(json, out string faults) ?? throw new InvalidOperationException(faults);
        var waiter = new ConditionWaiter();
        var report = new LinkReport();
        using var link = new MqttLink(config, waiter.Notify);
        link.Open(1, TestBroker.PasswordOf(Id));
        await waiter.UntilAsync(() => link.Inbox.TryTake(report), "the attempt has ended");
        return report.Kind;
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
