namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>
/// The digest of an image piece by piece, as <see cref="Manifest.DigestOf"/> has it at once: what a unit reads back need not lie in its memory as a whole, nor
/// hold the loop up. HMAC-SHA256 (RFC 2104).
/// </summary>
internal sealed class ImageDigest
{
    private const byte Inner = 0x36;
    private const byte Outer = 0x5C;

    private readonly Sha256 _hash = new Sha256();
    private readonly byte[] _block = new byte[Sha256.BlockSize];
    private readonly byte[] _digest = new byte[Sha256.Size];

    /// <summary>One compression.</summary>
    public void Begin()
    {
        _hash.Begin();
        AddKey(Inner);
    }

    /// <summary>At most one compression for each 64 bytes, rounded up.</summary>
    public void Add(byte[] from, int at, int count) => _hash.Add(from, at, count);

    /// <summary>Four compressions or five.</summary>
    /// <returns>32 bytes, until the next call.</returns>
    public byte[] Finish()
    {
        _hash.Finish(_digest, 0);
        AddKey(Outer);
        _hash.Add(_digest, 0, _digest.Length);
        _hash.Finish(_digest, 0);
        return _digest;
    }

    private void AddKey(byte pad)
    {
        for (int i = 0; i < _block.Length; i++) _block[i] = (byte)((i < Manifest.DigestKey.Length ? Manifest.DigestKey[i] : 0) ^ pad);
        _hash.Add(_block, 0, _block.Length);
    }
}
