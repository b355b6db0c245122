using Microsoft.AspNetCore.DataProtection;

namespace TaxiCredit.Dispatch.Features.Passengers.Reports;

/// <summary>Seals contacts with the key ring, which lies outside the database: a copy of the database alone names no passenger.</summary>
internal sealed class ContactSeal(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("TaxiCredit.Passengers.Contact.v1");

    public byte[] Seal(string contact) => _protector.Protect(System.Text.Encoding.UTF8.GetBytes(contact));

    /// <exception cref="System.Security.Cryptography.CryptographicException">The key ring does not belong to this database.</exception>
    public string Open(byte[] contact) => System.Text.Encoding.UTF8.GetString(_protector.Unprotect(contact));
}
