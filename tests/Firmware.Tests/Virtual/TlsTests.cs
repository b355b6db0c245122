using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using TaxiCredit.Firmware.Logic.Ports;
using TaxiCredit.Firmware.Logic.Provisioning;
using TaxiCredit.Firmware.Logic.Wire;
using TaxiCredit.VirtualCab.M2Mqtt;
using TaxiCredit.VirtualCab.Mqtt;

namespace Firmware.Tests.Virtual;

[TestClass]
public sealed class TlsTests
{
    private const string Id = "disp-0001";

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Link_WithTheBrokersAuthority_Connects(bool isDevice)
    {
        using X509Certificate2 authority = Authority("ours");
        Assert.AreEqual(LinkReport.Opened, await OutcomeAsync(isDevice, authority, authority));
    }

    /// <summary>The old authority and the new one, in either order: whichever has signed the broker's certificate.</summary>
    [TestMethod]
    [DataRow(false, 0)]
    [DataRow(false, 1)]
    [DataRow(true, 0)]
    [DataRow(true, 1)]
    public async Task Link_WithTwoAuthorities_ConnectsUnderEither(bool isDevice, int signer)
    {
        using X509Certificate2 old = Authority("old");
        using X509Certificate2 next = Authority("next");
        Assert.AreEqual(LinkReport.Opened, await OutcomeAsync(isDevice, signer == 0 ? old : next, old, next));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Link_CertificateOfAnotherName_DoesNotConnect(bool isDevice)
    {
        using X509Certificate2 authority = Authority("ours");
        Assert.AreEqual(LinkReport.Closed, await OutcomeAsync(isDevice, authority, [authority], IPAddress.Parse("127.0.0.2")));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task Link_WithOtherAuthorities_DoesNotConnect(bool isDevice)
    {
        using X509Certificate2 ours = Authority("ours");
        using X509Certificate2 oursToo = Authority("ours too");
        using X509Certificate2 theirs = Authority("theirs");
        Assert.AreEqual(LinkReport.Closed, await OutcomeAsync(isDevice, theirs, ours, oursToo));
    }

    /// <summary>What the link reports of its first attempt.</summary>
    private static Task<int> OutcomeAsync(bool isDevice, X509Certificate2 broker, params X509Certificate2[] trusted) =>
        OutcomeAsync(isDevice, broker, trusted, IPAddress.Loopback);

    private static async Task<int> OutcomeAsync(bool isDevice, X509Certificate2 broker, X509Certificate2[] trusted, IPAddress name)
    {
        using X509Certificate2 certificate = Issue(broker, name);
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
            ca = string.Join('\n', trusted.Select(one => one.ExportCertificatePem())),
        });
        UnitConfig config = UnitConfig.Read(json, out string faults) ?? throw new InvalidOperationException(faults);
        var waiter = new ConditionWaiter();
        var report = new LinkReport();
        using IVirtualLink link = isDevice ? new DeviceLink(config, waiter.Notify, new ClientFaults(0)) : new MqttLink(config, waiter.Notify);
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

    private static X509Certificate2 Issue(X509Certificate2 authority, IPAddress name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(name);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 issued = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1, 2, 3, 4]);
        using X509Certificate2 withKey = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }
}
