namespace TaxiCredit.Firmware.Logic.Wire;

/// <summary>Base64url without padding (RFC 4648, section 5).</summary>
internal static class Base64Url
{
    private const string Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static string Encode(byte[] bytes)
    {
        char[] text = new char[((bytes.Length * 8) + 5) / 6];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            buffer = ((buffer << 8) | bytes[i]) & 0xFFFF;
            bits += 8;
            while (bits >= 6)
            {
                bits -= 6;
                text[at++] = Digits[(buffer >> bits) & 63];
            }
        }

        if (bits > 0) text[at] = Digits[(buffer << (6 - bits)) & 63];
        return new string(text);
    }

    /// <summary>Decodes a key: 43 characters.</summary>
    /// <returns>32 bytes, or null when <paramref name="text"/> is not the one spelling of any 32 bytes.</returns>
    public static byte[]? DecodeKey(string text) => text.Length == 43 ? Decode(text) : null;

    /// <summary>Decodes bytes.</summary>
    /// <returns>Null when <paramref name="text"/> is not the one spelling of any.</returns>
    public static byte[]? Decode(string text)
    {
        if (text.Length % 4 == 1) return null;

        byte[] bytes = new byte[text.Length * 6 / 8];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int digit = Digits.IndexOf(text[i]);
            if (digit < 0) return null;
            buffer = ((buffer << 6) | digit) & 0xFFFF;
            bits += 6;
            if (bits < 8) continue;
            bits -= 8;
            bytes[at++] = (byte)(buffer >> bits);
        }

        // The last two or four bits belong to no byte.
        return (buffer & ((1 << bits) - 1)) == 0 ? bytes : null;
    }
}
