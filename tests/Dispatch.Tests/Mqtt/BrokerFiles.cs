using System.Security.Cryptography.X509Certificates;
using TaxiCredit.Dispatch.Mqtt.Tls;

namespace Dispatch.Tests.Mqtt;

/// <summary>
/// Two authorities of a city, and the files of its broker on loopback. They are valid at the date of test cities and today, so that clients of the
/// machine's own clock take them too.
/// </summary>
internal sealed class BrokerFiles : IDisposable
{
    public const string Host = "localhost";

    private static readonly DateTimeOffset From = new(2018, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public BrokerFiles()
    {
        (Old, Next) = (Authority("old"), Authority("next"));
        Trust(Old, Next);
        Issue();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("taxicredit-broker-").FullName;

    public X509Certificate2 Old { get; }

    public X509Certificate2 Next { get; }

    public string Certificate => Path.Combine(Folder, "broker.crt");

    public string Key => Path.Combine(Folder, "broker.key");

    public string Authorities => Path.Combine(Folder, "authorities.pem");

    /// <summary>Of a server whose embedded broker listens with TLS on a free port of loopback.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["Mqtt:Tls:Host"] = Host,
        ["Mqtt:Tls:Address"] = "127.0.0.1",
        ["Mqtt:Tls:Port"] = "0",
        ["Mqtt:Tls:CertificateFile"] = Certificate,
        ["Mqtt:Tls:KeyFile"] = Key,
        ["Mqtt:Tls:CaFile"] = Authorities,
    };

    public static X509Certificate2 Authority(string name)
    {
        using var key = CityAuthority.NewKey();
        return CityAuthority.Make(name, key, From, DateTimeOffset.UtcNow.AddYears(5));
    }

    public void Trust(params X509Certificate2[] authorities) => File.WriteAllText(Authorities, CertificateSet.PemOf(authorities));

    /// <summary>A certificate with a key of its own, put in the place of the one before.</summary>
    /// <param name="now">From which its life counts; today by default.</param>
    public void Issue(X509Certificate2? by = null, string host = Host, DateTimeOffset? now = null)
    {
        using var key = CityAuthority.NewKey();
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Certificate, CityAuthority.Issue(by ?? Old, key, [host], now ?? DateTimeOffset.UtcNow));
    }

    public void Dispose()
    {
        Old.Dispose();
        Next.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
