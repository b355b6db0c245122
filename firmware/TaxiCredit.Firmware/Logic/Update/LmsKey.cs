using TaxiCredit.Firmware.Logic.Binary;

namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>
/// A public key of LMS (RFC 8554, SHA-256, n = m = 32), and the sizes that follow from its parameters. The key alone says what they are: a
/// signature that names others is refused.
/// <code>
/// key:       type of the tree (4) | type of the one-time signature (4) | identifier I (16) | root (32)
/// signature: index q (4) | type of the one-time signature (4) | randomizer C (32) | chains (32 each) | type of the tree (4) | path (32 each)
/// </code>
/// Numbers are big-endian.
/// </summary>
internal sealed class LmsKey
{
    public const int Size = 8 + IdentifierSize + Sha256.Size;
    public const int IdentifierSize = 16;

    /// <summary>Where the chains begin in a signature.</summary>
    public const int ChainsAt = 8 + Sha256.Size;

    /// <summary>LMS_SHA256_M32_H5; H10 to H25 follow.</summary>
    private const int FirstTree = 5;

    /// <summary>LMOTS_SHA256_N32_W1; W2, W4 and W8 follow.</summary>
    private const int FirstOneTime = 1;

    /// <param name="bytes">The key; kept, not copied.</param>
    public LmsKey(byte[] bytes)
    {
        Content = bytes;
        uint tree = bytes.Length == Size ? Bytes.GetUInt32Big(bytes, 0) : 0;
        uint oneTime = bytes.Length == Size ? Bytes.GetUInt32Big(bytes, 4) : 0;
        IsKnown = tree >= FirstTree && tree < FirstTree + 5 && oneTime >= FirstOneTime && oneTime < FirstOneTime + 4;
        if (!IsKnown) return;

        Height = 5 * ((int)tree - FirstTree + 1);
        Width = 1 << ((int)oneTime - FirstOneTime);
        int digits = 8 * Sha256.Size / Width;
        int bits = 0;
        for (int most = digits * MaxDigit; most > 0; most >>= 1) bits++;
        int checks = (bits + Width - 1) / Width;
        Chains = digits + checks;
        ChecksumShift = 16 - (checks * Width);
    }

    /// <summary>False for a key of another length or scheme: it verifies nothing.</summary>
    public bool IsKnown { get; }

    public byte[] Content { get; }

    /// <summary>Levels of the tree; the key signs 2^Height times.</summary>
    public int Height { get; }

    /// <summary>Bits of the digest that a chain stands for: 1, 2, 4 or 8.</summary>
    public int Width { get; }

    /// <summary>Hash chains of a one-time signature.</summary>
    public int Chains { get; }

    /// <summary>Bits by which the checksum is moved to the left.</summary>
    public int ChecksumShift { get; }

    /// <summary>Largest digit, and steps of a whole chain.</summary>
    public int MaxDigit => (1 << Width) - 1;

    /// <summary>Where the path begins in a signature.</summary>
    public int PathAt => ChainsAt + (Sha256.Size * Chains) + 4;

    public int SignatureSize => PathAt + (Sha256.Size * Height);
}
