namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>Where things lie in a slot's file, see <see cref="SlotFile"/>. The loader never changes and reads it too: this is for ever.</summary>
internal static class SlotLayout
{
    /// <summary>Bytes of a block's content.</summary>
    public const int BlockSize = 512;

    /// <summary>Bytes before a block's content.</summary>
    public const int PrefixSize = 4;

    /// <summary>Where the offer, which is the first block, has the size of the package (4 bytes).</summary>
    public const int SizeInOffer = 12;

    /// <summary>More than any package has, bytes.</summary>
    public const int MaxPackageBytes = 100000;

    /// <summary>First byte of a block with its prefix; place 0 is the offer, place 1 the first block of the package.</summary>
    public static int AddressOf(int place) => place * (PrefixSize + BlockSize);
}
