using System.Security.Cryptography.X509Certificates;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>
/// The certificate authorities of the broker, made from text as .NET does it; the device has its own. There a certificate keeps the whole text, and the TLS
/// library reads every certificate in it; on .NET a certificate is one, so that this keeps them all.
/// </summary>
internal sealed class Authority : X509Certificate
{
    private Authority(X509Certificate2Collection all)
        : base(all[0])
    {
        All = all;
    }

    public X509Certificate2Collection All { get; }

    /// <param name="pem">PEM of one certificate or several; another text throws.</param>
    public static X509Certificate Of(string pem)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        return new Authority(all);
    }
}
