namespace TaxiCredit.Firmware.Logic.Json;

/// <summary>UTF-8 validation: the device's decoder accepts anything, so malformed input must be refused before it.</summary>
internal static class Utf8
{
    /// <summary>Length of the well-formed sequence at <paramref name="at"/>, or 0 (RFC 3629, section 4).</summary>
    public static int SequenceLength(byte[] bytes, int at, int end)
    {
        int lead = bytes[at];
        if (lead < 0x80) return 1;

        int length = lead >= 0xC2 && lead <= 0xDF ? 2 : lead >= 0xE0 && lead <= 0xEF ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
        if (length == 0 || at + length > end) return 0;

        for (int i = 1; i < length; i++)
        {
            if ((bytes[at + i] & 0xC0) != 0x80) return 0;
        }

        int second = bytes[at + 1];
        bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
        bool surrogate = lead == 0xED && second > 0x9F;
        bool beyond = lead == 0xF4 && second > 0x8F;
        return overlong || surrogate || beyond ? 0 : length;
    }

    /// <summary>Appends a code point to <paramref name="into"/> and returns the next free index.</summary>
    public static int Append(int codePoint, byte[] into, int at)
    {
        if (codePoint < 0x80)
        {
            into[at] = (byte)codePoint;
            return at + 1;
        }

        int more = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
        int prefix = more == 1 ? 0xC0 : more == 2 ? 0xE0 : 0xF0;
        into[at++] = (byte)(prefix | (codePoint >> (6 * more)));
        while (more-- > 0) into[at++] = (byte)(0x80 | ((codePoint >> (6 * more)) & 0x3F));
        return at;
    }
}
