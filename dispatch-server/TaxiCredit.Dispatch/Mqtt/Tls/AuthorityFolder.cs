using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TaxiCredit.Dispatch.Machine;

namespace TaxiCredit.Dispatch.Mqtt.Tls;

/// <summary>
/// The folder of a city's authorities: <c>ca-1</c>, <c>ca-2</c>, … (<c>.crt</c>, <c>.key</c>), the broker's <c>broker.crt</c> and <c>broker.key</c>.
/// Whichever authority signed <c>broker.crt</c> is the present one, so that one file's replacement is the whole change from one to the next. Units trust the
/// present one and the next.
/// </summary>
internal sealed class AuthorityFolder(string path)
{
    /// <summary>A server renews its certificate when less is left. More than the 30 days at which an alarm begins.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(60);

    public const int FirstYears = 10;

    /// <summary>Of each authority after the first: it begins to be needed when the one before it ends.</summary>
    public const int NextYears = 20;

    public string Certificate => Path.Combine(path, "broker.crt");

    public string Key => Path.Combine(path, "broker.key");

    /// <summary>A copy of what units trust, for other programs.</summary>
    public string Authorities => Path.Combine(path, "authorities.pem");

    /// <summary>Makes the first two authorities.</summary>
    /// <returns>Why not; null when it is done.</returns>
    public string? Make(string city, DateTimeOffset now)
    {
        Directory.CreateDirectory(path);
        if (Directory.EnumerateFiles(path).Select(Path.GetFileName).FirstOrDefault(IsOurs) is { } there)
            return $"{Path.Combine(path, there!)} is there already; nothing was made. Choose a new folder, or use broker-ca issue and switch.";
        MakeAuthority(1, city, now, FirstYears);
        MakeAuthority(2, city, now, NextYears);
        return null;
    }

    /// <summary>Issues the broker's certificate, by the present authority or by the first.</summary>
    /// <param name="hosts">Empty: for those that the present one is for.</param>
    public string? Issue(IReadOnlyList<string> hosts, DateTimeOffset now)
    {
        var (number, named) = Present() is { } present ? (NumberOf(present) ?? 1, NamesOf(present)) : (1, []);
        return IssueBy(number, hosts.Count > 0 ? hosts : named, now);
    }

    /// <summary>Goes over to the next authority, which every unit trusts already, and makes the one after it for the units of tomorrow.</summary>
    public string? Switch(string city, DateTimeOffset now)
    {
        if (Present() is not { } present || NumberOf(present) is not { } number)
            return $"{Certificate} is signed by no authority of this folder; run broker-ca issue first.";
        if (!File.Exists(FileOf(number + 1, "crt")) || !File.Exists(FileOf(number + 1, "key")))
            return $"{FileOf(number + 1, "key")} is not there; bring it back from where it is kept.";
        // A switch that was cut off has made it already.
        if (!File.Exists(FileOf(number + 2, "crt")))
        {
            File.Delete(FileOf(number + 2, "key"));
            MakeAuthority(number + 2, city, now, NextYears);
        }

        return IssueBy(number + 1, NamesOf(present), now);
    }

    /// <summary>Renews the broker's certificate if its end is near and the authority's key is here.</summary>
    /// <returns>Until when it is valid now; null where nothing was to be done or could be.</returns>
    public DateTimeOffset? Renew(DateTimeOffset now)
    {
        if (Present() is not { } present || present.NotAfter - now > RenewBefore || NumberOf(present) is not { } number)
            return null;
        using var authority = Load(FileOf(number, "crt"));
        // One that ends with its authority gains nothing by another.
        if (authority is null || !File.Exists(FileOf(number, "key")) || authority.NotAfter - present.NotAfter < TimeSpan.FromDays(1))
            return null;
        return IssueBy(number, NamesOf(present), now) is null ? Present()?.NotAfter : null;
    }

    /// <summary>What units trust: who signed the certificate, and the next. Empty where nobody here has.</summary>
    public X509Certificate2Collection AuthoritiesOf(X509Certificate2 certificate)
    {
        var trusted = new X509Certificate2Collection();
        if (NumberOf(certificate) is not { } number)
            return trusted;
        foreach (var file in new[] { FileOf(number, "crt"), FileOf(number + 1, "crt") })
        {
            if (Load(file) is { } authority)
                trusted.Add(authority);
        }

        return trusted;
    }

    private string? IssueBy(int number, IReadOnlyList<string> hosts, DateTimeOffset now)
    {
        if (hosts.Count == 0)
            return "Name at least one host that cabs find the broker by: --host.";
        if (Load(FileOf(number, "crt")) is not { } certificate)
            return $"{FileOf(number, "crt")} is no certificate; run broker-ca make, or restore the folder.";
        if (!File.Exists(FileOf(number, "key")))
            return $"{FileOf(number, "key")} is not there; bring it back from where it is kept.";
        if (certificate.NotAfter <= now)
            return $"The authority {FileOf(number, "crt")} has ended on {certificate.NotAfter:yyyy-MM-dd}; run broker-ca switch.";
        using var authorityKey = ECDsa.Create();
        authorityKey.ImportFromPem(File.ReadAllText(FileOf(number, "key")));
        using var authority = certificate.CopyWithPrivateKey(authorityKey);
        using var key = BrokerKey();
        PrivateFile.Replace(Certificate, Encoding.ASCII.GetBytes(CityAuthority.Issue(authority, key, hosts, now)));
        PrivateFile.Replace(Authorities, Encoding.ASCII.GetBytes(CertificateSet.PemOf(AuthoritiesOf(Present()!))));
        return null;
    }

    /// <summary>The broker keeps its key, so that renewing it replaces one file.</summary>
    private ECDsa BrokerKey()
    {
        if (!File.Exists(Key))
        {
            var made = CityAuthority.NewKey();
            PrivateFile.Write(Key, Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem()));
            return made;
        }

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Key));
        return key;
    }

    private void MakeAuthority(int number, string city, DateTimeOffset now, int years)
    {
        using var key = CityAuthority.NewKey();
        var name = string.Create(CultureInfo.InvariantCulture, $"{city} broker CA {number} of {now.UtcDateTime:yyyy-MM-dd}");
        using var authority = CityAuthority.Make(name, key, now.AddDays(-1), now.AddYears(years));
        PrivateFile.Write(FileOf(number, "key"), Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        PrivateFile.Write(FileOf(number, "crt"), Encoding.ASCII.GetBytes(authority.ExportCertificatePem() + "\n"));
    }

    private X509Certificate2? Present() => Load(Certificate);

    /// <summary>Number of the authority here that signed a certificate; null if none has.</summary>
    private int? NumberOf(X509Certificate2 certificate)
    {
        for (var number = 1; File.Exists(FileOf(number, "crt")); number++)
        {
            using var authority = Load(FileOf(number, "crt"));
            if (authority is not null && CertificateSet.IsSigned(certificate, [authority], []))
                return number;
        }

        return null;
    }

    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select((IPAddress address) => address.ToString())];
    }

    /// <returns>Null where there is none, or none that can be read.</returns>
    private static X509Certificate2? Load(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string FileOf(int number, string kind) => Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"ca-{number}.{kind}"));

    private static bool IsOurs(string? file) => file is "broker.crt" or "broker.key" || file?.StartsWith("ca-", StringComparison.Ordinal) == true;
}
