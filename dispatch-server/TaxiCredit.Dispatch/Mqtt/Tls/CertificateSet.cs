using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TaxiCredit.Dispatch.Mqtt.Tls;

/// <summary>What the broker shows to cabs and what cabs trust, as the files have it and fitting together. Immutable.</summary>
/// <param name="Certificate">With its private key.</param>
/// <param name="Between">Certificates between it and its authority; mostly none.</param>
/// <param name="Authorities">One or two.</param>
internal sealed record CertificateSet(X509Certificate2 Certificate, X509Certificate2Collection Between, X509Certificate2Collection Authorities)
{
    /// <summary>Authorities that fit into a unit's <c>config.json</c>.</summary>
    public const int MaxAuthorities = 2;

    /// <summary>Bytes of all authorities in PEM: <c>config.json</c> has 4,096 for everything.</summary>
    public const int MaxAuthorityBytes = 2_800;

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The authorities as units are told them.</summary>
    public string AuthoritiesPem { get; } = PemOf(Authorities);

    public static string PemOf(IEnumerable<X509Certificate2> certificates) => string.Concat(certificates.Select(one => one.ExportCertificatePem() + "\n"));

    /// <summary>Reads the files that settings name.</summary>
    /// <param name="fault">In one line: which setting, what is wrong, what to do. Never a key.</param>
    public static CertificateSet? Read(TlsSettings settings, out string fault)
    {
        fault = "";
        var (certificateKey, keyKey, caKey) = settings.Folder is null
            ? ($"{TlsSettings.Section}:CertificateFile", $"{TlsSettings.Section}:KeyFile", $"{TlsSettings.Section}:CaFile")
            : ($"{TlsSettings.Section}:Folder", $"{TlsSettings.Section}:Folder", $"{TlsSettings.Section}:Folder");
        var folder = settings.Folder is null ? null : new AuthorityFolder(settings.Folder);
        var (certificateFile, keyFile) = (settings.CertificateFile ?? folder!.Certificate, settings.KeyFile ?? folder!.Key);
        var remedy = folder is null ? "have the file made anew" : "run broker-ca issue";

        if (!TryText(certificateKey, certificateFile, remedy, ref fault, out var certificatePem)
            || !TryText(keyKey, keyFile, remedy, ref fault, out var keyPem))
            return null;
        var all = new X509Certificate2Collection();
        if (!TryImport(all, certificatePem) || all.Count == 0)
            return Fail(ref fault, $"{certificateKey}: {certificateFile} holds no certificate in PEM; {remedy}.");
        if (TryPair(certificatePem, keyPem) is not { } certificate)
            return Fail(ref fault, $"{keyKey}: {keyFile} holds no private key in PEM, or not that of the certificate in {certificateFile}; {remedy}.");

        var authorities = folder?.AuthoritiesOf(certificate) ?? [];
        if (folder is null)
        {
            if (!TryText(caKey, settings.CaFile!, remedy, ref fault, out var caPem))
                return null;
            if (!TryImport(authorities, caPem))
                return Fail(ref fault, $"{caKey}: {settings.CaFile} is no PEM; {remedy}.");
        }

        all.RemoveAt(0);
        var set = new CertificateSet(certificate, all, authorities);
        return set.FindFault(settings.Host) is { } wrong ? Fail(ref fault, $"{(folder is null ? caKey : certificateKey)}: {wrong}") : set;
    }

    /// <summary>What makes units refuse it whatever the time is; null for nothing.</summary>
    private string? FindFault(string host) => this switch
    {
        { Authorities.Count: 0 or > MaxAuthorities } => $"{Authorities.Count} authorities; units take one or two.",
        { AuthoritiesPem.Length: > MaxAuthorityBytes } =>
            $"the authorities have {AuthoritiesPem.Length} bytes in PEM; config.json has room for {MaxAuthorityBytes}. Use keys of P-256.",
        _ when Authorities.Any(one => one.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is not { CertificateAuthority: true }) =>
            "a certificate among the authorities is none of an authority.",
        _ when Certificate.GetECDsaPublicKey() is null && Certificate.GetRSAPublicKey() is null => "the certificate's key is neither ECDSA nor RSA.",
        _ when Certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault() is { } uses
            && !uses.EnhancedKeyUsages.OfType<Oid>().Any(use => use.Value == ServerAuthentication) => "the certificate is not for a server.",
        _ when !Certificate.MatchesHostname(host, allowWildcards: true, allowCommonName: false) =>
            $"the certificate is not for '{host}', which units are told to find; have it made for this name, or set {TlsSettings.Section}:Host.",
        _ when !IsSigned(Certificate, Authorities, Between) => "no authority that units trust has signed the certificate.",
        _ => null,
    };

    /// <summary>Whether one of the authorities signed a certificate, itself or through those between. Dates are the matter of whoever serves it.</summary>
    public static bool IsSigned(X509Certificate2 certificate, X509Certificate2Collection authorities, X509Certificate2Collection between)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(between);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }

    private static bool TryText(string key, string file, string remedy, ref string fault, out string text)
    {
        text = "";
        try
        {
            text = File.ReadAllText(file);
            return true;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            fault = File.Exists(file) ? $"{key}: {file} cannot be read by this user." : $"{key}: there is no file {file}; {remedy}.";
            return false;
        }
    }

    private static bool TryImport(X509Certificate2Collection into, string pem)
    {
        try
        {
            into.ImportFromPem(pem);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static X509Certificate2? TryPair(string certificate, string key)
    {
        try
        {
            return X509Certificate2.CreateFromPem(certificate, key);
        }
        catch (Exception malformed) when (malformed is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static CertificateSet? Fail(ref string fault, string why)
    {
        fault = why;
        return null;
    }
}
