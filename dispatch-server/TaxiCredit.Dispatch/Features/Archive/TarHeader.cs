using System.Text;

namespace TaxiCredit.Dispatch.Features.Archive;

/// <summary>
/// Headers of a tar file in the form of POSIX (ustar). Only what <see cref="Of"/> makes is read: there is one spelling for each entry, so that no byte of
/// an archive can be changed unnoticed, and no link, device or path that leads elsewhere can be in it.
/// </summary>
internal static class TarHeader
{
    public const int Block = 512;
    private const int NameLength = 100, SizeAt = 124, SizeLength = 11, ChecksumAt = 148;

    /// <param name="name">At most 99 characters of ASCII.</param>
    public static byte[] Of(string name, int size)
    {
        var block = new byte[Block];
        Put(0, name);
        Put(NameLength, "0000600\0" + "0000000\0" + "0000000\0");
        Put(SizeAt, Octal(size, SizeLength) + "\0");
        // Always the same instant: two archives of one city differ in nothing but their head.
        Put(136, "00000000000\0");
        Put(ChecksumAt, "        0");
        Put(257, "ustar\0" + "00");
        Put(329, "0000000\0" + "0000000\0");
        Put(ChecksumAt, Octal(block.Sum(one => one), 6) + "\0 ");
        return block;

        void Put(int at, string text) => Encoding.ASCII.GetBytes(text, block.AsSpan(at));
    }

    /// <returns>False for a block that is not as <see cref="Of"/> makes it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> block, out string name, out int size)
    {
        var text = block[..NameLength];
        var end = text.IndexOf((byte)0);
        name = end > 0 ? Encoding.ASCII.GetString(text[..end]) : "";
        size = 0;
        foreach (var digit in block.Slice(SizeAt, SizeLength))
        {
            if (digit is < (byte)'0' or > (byte)'7' || size > int.MaxValue >> 3)
                return false;
            size = (size << 3) + (digit - '0');
        }

        return name.Length > 0 && block.SequenceEqual(Of(name, size));
    }

    /// <summary>Zeros after so many bytes up to the next block.</summary>
    public static int PaddingOf(int size) => (Block - (size % Block)) % Block;

    private static string Octal(int number, int digits) => Convert.ToString(number, 8).PadLeft(digits, '0');
}
