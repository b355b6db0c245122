namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>Why a package is not taken; the numbers are those of firmware/PACKAGE.md.</summary>
internal static class PackageRefusal
{
    public const int None = 0;

    /// <summary>Too short, not a package, or of another format.</summary>
    public const int Form = 1;

    /// <summary>An image of no bytes or of more than a slot takes.</summary>
    public const int Size = 2;

    /// <summary>For another board.</summary>
    public const int Hardware = 3;

    /// <summary>For another interpreter or other libraries than were flashed at the bench.</summary>
    public const int Runtime = 4;

    /// <summary>Its anti-rollback number is below what was confirmed here.</summary>
    public const int Rollback = 5;

    /// <summary>The maker did not sign it.</summary>
    public const int Signature = 6;

    /// <summary>The image is not the one that the manifest names.</summary>
    public const int Image = 7;

    /// <summary>Genuine, and not what was offered: another version or size.</summary>
    public const int Offer = 8;

    /// <summary>Memory or file system did not take it.</summary>
    public const int Storage = 9;

    /// <summary>Nobody sent what was asked for.</summary>
    public const int Silent = 10;

    /// <summary>The offer is too old.</summary>
    public const int Expired = 11;
}
