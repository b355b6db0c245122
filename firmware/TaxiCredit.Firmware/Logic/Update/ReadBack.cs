using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>Looks at the image that a slot's file holds, a block and then a compression of SHA-256 at a time: what counts is what was stored.</summary>
internal sealed class ReadBack
{
    private readonly SlotFile _file;
    private readonly ImageDigest _digest = new ImageDigest();
    private Offer _offer = new Offer();
    private int _slot;
    private int _block;
    private int _at;
    private int _count;

    public ReadBack(SlotFile file)
    {
        _file = file;
    }

    /// <summary>The file lacks a block, or has one that is not whole.</summary>
    public bool IsBroken { get; private set; }

    /// <param name="slot">Slot of the file.</param>
    /// <param name="offer">What it is about.</param>
    /// <param name="headSize">Bytes of the package before its image.</param>
    public void Begin(int slot, Offer offer, int headSize)
    {
        _slot = slot;
        _offer = offer;
        _block = headSize / SlotFile.BlockSize;
        _at = headSize % SlotFile.BlockSize;
        _count = 0;
        IsBroken = false;
        _digest.Begin();
    }

    /// <summary>Goes on; not after it has found the file broken.</summary>
    /// <returns>One of <see cref="Verdict"/>.</returns>
    public int Step(byte[] digest)
    {
        if (_count == 0)
        {
            if (_block == SlotFile.BlocksOf(_offer.Size)) return Judge(digest);
            IsBroken = !_file.TryReadBlock(_slot, _offer, _block);
            _count = SlotFile.BytesOf(_offer.Size, _block);
            return Verdict.Open;
        }

        int part = _count - _at < Sha256.BlockSize ? _count - _at : Sha256.BlockSize;
        _digest.Add(_file.Content, _at, part);
        _at += part;
        if (_at < _count) return Verdict.Open;

        _block++;
        _at = 0;
        _count = 0;
        return Verdict.Open;
    }

    private int Judge(byte[] digest) => Bytes.AreEqual(_digest.Finish(), 0, digest, 0, digest.Length) ? Verdict.Genuine : Verdict.Refused;
}
