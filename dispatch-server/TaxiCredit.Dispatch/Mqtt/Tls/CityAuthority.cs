using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TaxiCredit.Dispatch.Mqtt.Tls;

/// <summary>
/// Makes certificates of a city's own authority: ECDSA on P-256 with SHA-256, which the units' TLS reads and which keeps <c>config.json</c> short.
/// </summary>
internal static class CityAuthority
{
    private const int SerialBytes = 16;

    /// <summary>A server's certificate.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    private static readonly OidCollection ForServers = [new Oid("1.3.6.1.5.5.7.3.1")];

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>An authority that signs itself.</summary>
    /// <param name="name">1 to 64 characters: the common name.</param>
    public static X509Certificate2 Make(string name, ECDsa key, DateTimeOffset from, DateTimeOffset until)
    {
        var request = new CertificateRequest(Named(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(from, until);
    }

    /// <summary>
    /// A server's certificate. It is valid from the beginning of its authority on, not from now: a unit that has lost its clock has the time of its
    /// <c>config.json</c>, and would refuse one that begins later.
    /// </summary>
    /// <param name="authority">With its private key.</param>
    /// <param name="key">Of the server.</param>
    /// <param name="hosts">Names or addresses, at least one.</param>
    /// <returns>In PEM. It ends <see cref="Lifetime"/> from now, or with its authority.</returns>
    public static string Issue(X509Certificate2 authority, ECDsa key, IReadOnlyList<string> hosts, DateTimeOffset now)
    {
        // A common name has up to 64 characters, and nobody looks at it where there are others.
        var request = new CertificateRequest(Named(hosts[0].Length > 64 ? "broker" : hosts[0]), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(ForServers, critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        // Neither negative nor zero.
        serial[0] = (byte)(serial[0] & 0x7F | 0x40);
        var until = now + Lifetime is var usual && usual < authority.NotAfter ? usual : authority.NotAfter;
        using var issued = request.Create(authority, authority.NotBefore, until, serial);
        return issued.ExportCertificatePem() + "\n";
    }

    private static X500DistinguishedName Named(string name)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        return subject.Build();
    }
}
