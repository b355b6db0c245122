namespace TaxiCredit.Firmware.Logic.Binary;

internal static class Hex
{
    /// <summary>Value of a hex digit of either case, or -1.</summary>
    public static int ValueOf(int c)
    {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    /// <summary>Lower-case digit for 0 to 15.</summary>
    public static byte DigitOf(int value) => (byte)(value < 10 ? '0' + value : 'a' + value - 10);

    /// <summary>Lower-case text of <paramref name="count"/> bytes.</summary>
    public static string Of(byte[] bytes, int count)
    {
        char[] text = new char[2 * count];
        for (int i = 0; i < count; i++)
        {
            text[2 * i] = (char)DigitOf(bytes[i] >> 4);
            text[(2 * i) + 1] = (char)DigitOf(bytes[i] & 15);
        }

        return new string(text);
    }

    /// <summary>Bytes of a text of hex digits, an even number of them, into the start of <paramref name="into"/>.</summary>
    public static void Put(string text, byte[] into)
    {
        for (int i = 0; i < text.Length / 2; i++) into[i] = (byte)((ValueOf(text[2 * i]) << 4) | ValueOf(text[(2 * i) + 1]));
    }
}
