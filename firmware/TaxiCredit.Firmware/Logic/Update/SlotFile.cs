using TaxiCredit.Firmware.Logic.Binary;
using TaxiCredit.Firmware.Logic.Ports;

namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>
/// A slot's file in blocks: the offer, and then the package, 512 bytes each. Each lies behind a CRC-32 of its number, of the package that it belongs to and of
/// itself, so that whatever a cut left of the file, or of the one before it, is not taken for a block.
/// <code>
/// block: CRC-32 (4) | content
/// </code>
/// </summary>
internal sealed class SlotFile
{
    public const int BlockSize = SlotLayout.BlockSize;

    private const int PrefixSize = SlotLayout.PrefixSize;

    private readonly IProgramFiles _files;
    private readonly byte[] _frame = new byte[PrefixSize + BlockSize];
    private readonly byte[] _seen = new byte[PrefixSize + BlockSize];
    private readonly byte[] _number = new byte[4];
    private readonly byte[] _offer = new byte[Offer.Length];

    public SlotFile(IProgramFiles files)
    {
        _files = files;
    }

    /// <summary>The block that was read last.</summary>
    public byte[] Content { get; } = new byte[BlockSize];

    /// <summary>Blocks of a package of this size.</summary>
    public static int BlocksOf(int size) => (size + BlockSize - 1) / BlockSize;

    /// <summary>Bytes of a block of the package, from 0.</summary>
    public static int BytesOf(int size, int block)
    {
        int left = size - (block * BlockSize);
        return left < BlockSize ? left : BlockSize;
    }

    /// <summary>Reads what the file is about; two calls at most.</summary>
    /// <returns>False when there is no file, or it does not begin with an offer.</returns>
    public bool TryReadOffer(int slot, Offer into) => TryRead(slot, 0, 0, Offer.Length) && into.TryRead(Content);

    /// <summary>Stores what the file is about: one write, read back.</summary>
    public bool TryWriteOffer(int slot, Offer offer)
    {
        offer.Write(_offer);
        return TryWrite(slot, 0, 0, _offer, 0, Offer.Length);
    }

    /// <summary>Reads a block of the package into <see cref="Content"/>.</summary>
    /// <returns>False when the file does not hold it whole.</returns>
    public bool TryReadBlock(int slot, Offer offer, int block) => TryRead(slot, block + 1, SeedOf(offer), BytesOf(offer.Size, block));

    /// <summary>Writes a block of the package: one write, read back and compared.</summary>
    public bool TryWriteBlock(int slot, Offer offer, int block, byte[] from, int at) =>
        TryWrite(slot, block + 1, SeedOf(offer), from, at, BytesOf(offer.Size, block));

    public bool TryDelete(int slot) => _files.TryDelete(slot);

    private static uint SeedOf(Offer offer) => Crc32.Of(offer.Package, 0, offer.Package.Length);

    private bool TryRead(int slot, int place, uint seed, int count)
    {
        if (!_files.TryRead(slot, SlotLayout.AddressOf(place), _frame, PrefixSize + count)) return false;
        if (Bytes.GetUInt32(_frame, 0) != Check(place, seed, count)) return false;

        System.Array.Copy(_frame, PrefixSize, Content, 0, count);
        return true;
    }

    private bool TryWrite(int slot, int place, uint seed, byte[] from, int at, int count)
    {
        System.Array.Copy(from, at, _frame, PrefixSize, count);
        Bytes.PutUInt32(_frame, 0, Check(place, seed, count));
        return _files.TryWrite(slot, SlotLayout.AddressOf(place), _frame, PrefixSize + count)
            && _files.TryRead(slot, SlotLayout.AddressOf(place), _seen, PrefixSize + count)
            && Bytes.AreEqual(_frame, 0, _seen, 0, PrefixSize + count);
    }

    private uint Check(int place, uint seed, int count)
    {
        Bytes.PutUInt32(_number, 0, (uint)place);
        return Crc32.Continue(Crc32.Continue(seed, _number, 0, _number.Length), _frame, PrefixSize, count);
    }
}
