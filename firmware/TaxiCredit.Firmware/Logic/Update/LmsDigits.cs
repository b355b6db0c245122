namespace TaxiCredit.Firmware.Logic.Update;

/// <summary>A digest and its checksum as digits: where in its chain each value of a one-time signature stands.</summary>
internal static class LmsDigits
{
    /// <summary>Bytes of a digest with its checksum.</summary>
    public const int Size = Sha256.Size + 2;

    /// <summary>Puts the checksum behind the digest: whoever makes one digit larger has to make another smaller.</summary>
    public static void PutChecksum(LmsKey key, byte[] digest)
    {
        int sum = 0;
        for (int i = 0; i < 8 * Sha256.Size / key.Width; i++) sum += key.MaxDigit - At(key, digest, i);
        sum <<= key.ChecksumShift;
        digest[Sha256.Size] = (byte)(sum >> 8);
        digest[Sha256.Size + 1] = (byte)sum;
    }

    /// <summary>The digit of a chain, 0 to <see cref="LmsKey.MaxDigit"/>.</summary>
    public static int At(LmsKey key, byte[] digest, int chain)
    {
        int bit = chain * key.Width;
        return (digest[bit >> 3] >> (8 - key.Width - (bit & 7))) & key.MaxDigit;
    }
}
