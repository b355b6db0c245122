using System.Security.Cryptography;
using System.Text;

namespace TaxiCredit.Hardware.Generate.Drawing;

/// <summary>Identifiers that stay the same as long as the thing they name does, so that a regenerated file differs only where the drawing does.</summary>
internal static class Identity
{
    public static string Of(params object[] name)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', name)));
        return new Guid(hash.AsSpan(0, 16)).ToString();
    }
}
