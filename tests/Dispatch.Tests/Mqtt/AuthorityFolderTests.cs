using System.Security.Cryptography.X509Certificates;
using TaxiCredit.Dispatch.Mqtt.Tls;

namespace Dispatch.Tests.Mqtt;

/// <summary>A city's authorities over their lives.</summary>
[TestClass]
public sealed class AuthorityFolderTests : IDisposable
{
    private static readonly DateTimeOffset Begun = new(2026, 11, 30, 4, 0, 0, TimeSpan.Zero);

    private readonly string _path = Directory.CreateTempSubdirectory("taxicredit-ca-").FullName;

    private AuthorityFolder Folder => new(_path);

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [TestMethod]
    public void Make_NewFolder_HasTwoAuthoritiesOfP256ForTheirOwnerAlone()
    {
        Assert.IsNull(Folder.Make("荣成", Begun));

        foreach (var (number, years) in new[] { (1, 10), (2, 20) })
        {
            using var authority = X509CertificateLoader.LoadCertificateFromFile(At($"ca-{number}.crt"));
            Assert.AreEqual($"CN=荣成 broker CA {number} of 2026-11-30", authority.Subject);
            Assert.AreEqual(Begun.AddYears(years), (DateTimeOffset)authority.NotAfter);
            Assert.AreEqual("1.2.840.10045.3.1.7", authority.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
            Assert.AreEqual("1.2.840.10045.4.3.2", authority.SignatureAlgorithm.Value, "ECDSA with SHA-256");
            if (!OperatingSystem.IsWindows())
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At($"ca-{number}.key")));
        }
    }

    [TestMethod]
    [DataRow("ca-1.key")]
    [DataRow("ca-7.crt")]
    [DataRow("broker.key")]
    public void Make_WhereThereIsOne_IsRefusedAndOverwritesNothing(string there)
    {
        File.WriteAllText(At(there), "kept");

        Assert.Contains("is there already", Folder.Make("Rongcheng", Begun)!);

        Assert.AreEqual("kept", File.ReadAllText(At(there)));
        Assert.HasCount(1, Directory.GetFiles(_path));
    }

    [TestMethod]
    public void Issue_ForNames_IsByTheFirstAuthorityFromItsBeginningOn()
    {
        Folder.Make("Rongcheng", Begun);

        Assert.IsNull(Folder.Issue(["broker.example", "10.0.0.5"], Begun.AddDays(100)));

        using var certificate = Certificate();
        Assert.IsTrue(certificate.MatchesHostname("broker.example") && certificate.MatchesHostname("10.0.0.5"));
        Assert.IsFalse(certificate.MatchesHostname("other.example"));
        Assert.AreEqual(Begun.AddDays(-1), (DateTimeOffset)certificate.NotBefore, "a unit whose clock stands at its config.json takes it");
        Assert.AreEqual(Begun.AddDays(280), (DateTimeOffset)certificate.NotAfter);
        if (!OperatingSystem.IsWindows())
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.Key));
        CollectionAssert.AreEqual(Subjects("ca-1", "ca-2"), Trusted());
        Assert.AreEqual(CertificateSet.PemOf(Folder.AuthoritiesOf(certificate)), File.ReadAllText(Folder.Authorities));
    }

    [TestMethod]
    public void Issue_Again_KeepsNamesAndKey()
    {
        Folder.Make("Rongcheng", Begun);
        Folder.Issue(["broker.example"], Begun);
        var key = File.ReadAllText(Folder.Key);

        Assert.IsNull(Folder.Issue([], Begun.AddDays(10)));

        using var certificate = Certificate();
        Assert.IsTrue(certificate.MatchesHostname("broker.example"));
        Assert.AreEqual(Begun.AddDays(190), (DateTimeOffset)certificate.NotAfter);
        Assert.AreEqual(key, File.ReadAllText(Folder.Key));
    }

    [TestMethod]
    public void Issue_ThatCannotBe_SaysWhatIsMissingAndChangesNothing()
    {
        Assert.Contains("broker-ca make", Folder.Issue(["broker.example"], Begun)!);
        Folder.Make("Rongcheng", Begun);
        Assert.Contains("--host", Folder.Issue([], Begun)!);
        Assert.Contains("broker-ca switch", Folder.Issue(["broker.example"], Begun.AddYears(10))!);
        File.Move(At("ca-1.key"), At("away"));
        Assert.Contains("bring it back", Folder.Issue(["broker.example"], Begun)!);
        Assert.IsFalse(File.Exists(Folder.Certificate));
    }

    [TestMethod]
    [DataRow(-1, false)]
    [DataRow(0, true)]
    [DataRow(1, true)]
    public void Renew_BySecondsPastTheDay_IsDoneOnce(int seconds, bool isDone)
    {
        Folder.Make("Rongcheng", Begun);
        Folder.Issue(["broker.example"], Begun);
        var now = Begun + CityAuthority.Lifetime - AuthorityFolder.RenewBefore + TimeSpan.FromSeconds(seconds);

        Assert.AreEqual(isDone ? now + CityAuthority.Lifetime : null, Folder.Renew(now));

        Assert.IsNull(Folder.Renew(now), "done already, or not due");
    }

    [TestMethod]
    public void Renew_WithoutTheAuthoritysKeyOrAtItsEnd_IsLeftToPeople()
    {
        Folder.Make("Rongcheng", Begun);
        var late = Begun.AddYears(10).AddDays(-100);
        Folder.Issue(["broker.example"], late);
        using (var certificate = Certificate())
            Assert.AreEqual(Begun.AddYears(10), (DateTimeOffset)certificate.NotAfter, "no longer than its authority");
        Assert.IsNull(Folder.Renew(late.AddDays(90)), "the same end again");

        Folder.Issue(["broker.example"], Begun);
        File.Delete(At("ca-1.key"));
        Assert.IsNull(Folder.Renew(Begun + CityAuthority.Lifetime));
    }

    /// <summary>Units of yesterday trust 1 and 2, those of today 2 and 3: both take what is signed by 2.</summary>
    [TestMethod]
    public void Switch_ToTheNext_IsTrustedByUnitsOfBeforeAndAfter()
    {
        Folder.Make("Rongcheng", Begun);
        Folder.Issue(["broker.example"], Begun);
        var before = Trusted();

        Assert.IsNull(Folder.Switch("Rongcheng", Begun.AddYears(9)));

        using var certificate = Certificate();
        Assert.AreEqual(Subjects("ca-2")[0], certificate.Issuer);
        CollectionAssert.AreEqual(Subjects("ca-2", "ca-3"), Trusted());
        CollectionAssert.Contains(before, certificate.Issuer);
        Assert.IsNull(Folder.Renew(Begun.AddYears(9)), "nothing is due");
        Assert.IsNotNull(Folder.Renew(Begun.AddYears(9) + CityAuthority.Lifetime), "and the next renews itself");
        CollectionAssert.AreEqual(Subjects("ca-2", "ca-3"), Trusted());
    }

    [TestMethod]
    public void Switch_CutOffOrWithoutTheNextKey_IsRunAgain()
    {
        Folder.Make("Rongcheng", Begun);
        Assert.Contains("broker-ca issue", Folder.Switch("Rongcheng", Begun)!);
        Folder.Issue(["broker.example"], Begun);
        File.Move(At("ca-2.key"), At("away"));
        Assert.Contains("ca-2.key is not there", Folder.Switch("Rongcheng", Begun)!);
        File.Move(At("away"), At("ca-2.key"));
        // Cut off between the key and the certificate of the one after.
        File.WriteAllText(At("ca-3.key"), "half");

        Assert.IsNull(Folder.Switch("Rongcheng", Begun));

        CollectionAssert.AreEqual(Subjects("ca-2", "ca-3"), Trusted());
    }

    private string At(string file) => Path.Combine(_path, file);

    private X509Certificate2 Certificate() => X509CertificateLoader.LoadCertificateFromFile(Folder.Certificate);

    private List<string> Subjects(params string[] names) => [.. names.Select(name => X509CertificateLoader.LoadCertificateFromFile(At(name + ".crt")).Subject)];

    private List<string> Trusted()
    {
        using var certificate = Certificate();
        return [.. Folder.AuthoritiesOf(certificate).Select(one => one.Subject)];
    }
}
