using System.Security.Cryptography.X509Certificates;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>The certificate authority of the broker. On .NET a certificate is made from text in another way: the virtual cab has its own.</summary>
internal static class Authority
{
    /// <param name="pem">PEM; another text throws.</param>
    public static X509Certificate Of(string pem) => new X509Certificate(pem);
}
