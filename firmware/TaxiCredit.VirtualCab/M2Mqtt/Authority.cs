using System.Security.Cryptography.X509Certificates;

namespace TaxiCredit.Firmware.Esp32;

/// <summary>The certificate authority of the broker, made from text as .NET does it; the device has its own.</summary>
internal static class Authority
{
    public static X509Certificate Of(string pem) => X509Certificate2.CreateFromPem(pem);
}
